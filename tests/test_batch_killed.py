"""Killed at any moment and continued: the bytes of an undisturbed run, and nothing done twice."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterable
from pathlib import Path
from typing import Any

import pytest

from onar.batches import batch
from onar.batches.batch_work import Task
from onar.batches.parallel import Outcome, outcomes

pytestmark = pytest.mark.skipif(os.name == "nt", reason="POSIX signals")

DOCUMENTS = 120

RUNNER = """
import os, random, signal, sys, threading
from onar.batches import batch

source, out, jobs, when, how = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5])

def stop():
    os.kill(os.getpid(), how)

def note(progress):
    if progress.finished - progress.unchanged == when:
        threading.Timer(random.random() * 0.01, stop).start()

if __name__ == "__main__":
    try:
        sys.exit(batch.run([source], out, jobs=jobs, progress=note).exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
"""

DYING = """
import os, signal, sys
from pathlib import Path
from onar.batches import batch, batch_work

source, out, marks, moment, deaths = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), sys.argv[4], int(sys.argv[5])
settle, replace = batch_work._settle, Path.replace

def die(name):
    for at in range(deaths):
        mark = marks / f"{name}-{at}"
        if "7" in name and not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)

def renamed(output, log):  # text and log are in place, the answer isn't out
    assert output.is_file() and log.is_file()
    die(output.name)
    settle(output, log)

def renaming(self, target):  # the text is in place, the log isn't
    done = replace(self, target)
    if str(target).endswith(".txt"):
        die(Path(target).name)
    return done

if moment == "renamed":
    batch_work._settle = renamed
else:
    Path.replace = renaming

if __name__ == "__main__":
    sys.exit(batch.run([source], out, jobs=2).exit_code)
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many") / "in"
    for number in range(DOCUMENTS):
        path = folder / f"cilt{number // 50}" / f"sayi{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Sayi {number}\n" + "Yeni diizende giivenlik\n", "utf-8")
        if number % 20 == 7:
            path.write_bytes(b"\xfe\xfd\xfc\xfb")
    return folder


@pytest.fixture(scope="module")
def undisturbed(source: Path) -> dict[str, bytes]:
    summary = batch.run([source], source.parent / "calm")
    assert (summary.exit_code, len(summary.failures)) == (5, DOCUMENTS // 20)
    return tree(source.parent / "calm")


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def recorded(out: Path) -> list[str]:
    """Return the inputs that the manifest calls done, once for each time."""
    path = out / batch.MANIFEST
    lines = path.read_bytes().split(b"\n")[:-1] if path.exists() else []
    rows = [json.loads(line) for line in lines]
    return [row["input"] for row in rows if row["type"] == "document" and row["status"] == "done"]


@pytest.mark.parametrize(
    ("jobs", "how"), [(1, signal.SIGKILL), (2, signal.SIGKILL), (2, signal.SIGINT), (2, signal.SIGTERM)]
)
def test_killed_three_times(
    source: Path, undisturbed: dict[str, bytes], tmp_path: Path, jobs: int, how: signal.Signals
) -> None:
    out = tmp_path / "out"
    script = tmp_path / "runner.py"
    script.write_text(RUNNER)
    chance = random.Random(f"{jobs}{how}")
    times: dict[str, int] = {}
    for _ in range(3):
        when = chance.randrange(1, DOCUMENTS // 4)
        command = [sys.executable, str(script), str(source), str(out), str(jobs), str(when), str(int(how))]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert ended.returncode == (130 if how == signal.SIGINT else -how), ended.stderr
        assert ended.stderr == ""
        time.sleep(0.2)  # workers that outlived a killed parent finish their document
        done = recorded(out)
        assert 0 < len(done) < DOCUMENTS
        assert len(done) == len(set(done)), "a document was done twice"
        for name in done:
            when_written = (out / name).stat().st_mtime_ns
            assert times.setdefault(name, when_written) == when_written, f"{name} was done twice"
    summary = batch.run([source], out, jobs=jobs)
    assert summary.run.unchanged == len(times)
    assert summary.run.restored == DOCUMENTS - DOCUMENTS // 20 - len(times)
    assert all((out / name).stat().st_mtime_ns == when_written for name, when_written in times.items())
    assert tree(out) == undisturbed


@pytest.mark.parametrize("deaths", [1, 2], ids=["once", "twice"])
@pytest.mark.parametrize("moment", ["renamed", "between"])
def test_worker_killed_between_rename_and_answer(
    source: Path, undisturbed: dict[str, bytes], tmp_path: Path, moment: str, deaths: int
) -> None:
    out, marks, script = tmp_path / "out", tmp_path / "marks", tmp_path / "runner.py"
    marks.mkdir()
    script.write_text(DYING)
    command = [sys.executable, str(script), str(source), str(out), str(marks), moment, str(deaths)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (ended.returncode, ended.stderr) == (5, "")
    hit = {mark.name.rpartition("-")[0] for mark in marks.iterdir()}
    assert len(hit) > 5
    assert len(list(marks.iterdir())) == deaths * len(hit), "each was tried twice at most, and no more"
    done = recorded(out)
    assert len(done) == len(set(done))
    lost = {Path(name).name for name in undisturbed if name.endswith(".txt")} - {Path(name).name for name in done}
    assert lost == (hit if deaths == 2 else set()), "what no answer came for isn't called done, and all the rest is"
    assert not list(out.rglob("*.onar-part"))
    summary = batch.run([source], out, jobs=2)
    assert (summary.run.unchanged, summary.run.restored) == (len(done), len(lost))
    assert tree(out) == undisturbed


def test_what_a_silent_death_on_a_cluster_left_is_swept_away(tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    (source / "sayi0.txt").write_text("Yeni diizende giivenlik.\n", "utf-8")

    def cluster(function: Callable[[Task], Any], tasks: Iterable[Task]) -> Generator[Outcome[Task, Any], None, None]:
        for outcome in outcomes(function, tasks):
            (out / Path(outcome.item.name).parent / ".sayi9.txt.abc.onar-part").write_text("half")
            yield outcome

    assert batch.run([source], out, pool=cluster).run.deaths == 0
    assert not list(out.rglob("*.onar-part"))
