"""Dask on a real local cluster of several worker processes: equal to the serial run, also when a worker is killed."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import onar
from onar.batches import batch
from onar.batches.batch import Options, Progress
from onar.changelog.log import loads
from onar.errors import InputError

pytest.importorskip("distributed", reason="the extra onar[dask] is not installed")
pandas = pytest.importorskip("pandas", reason="the extra onar[dask] is not installed")

pytestmark = pytest.mark.filterwarnings("default")  # Dask's own warnings are not ours to mend

TEXTS = [f"Sayi {number}: yeni diizende Tiirkiye'nin giivenligi\n" * (number % 3 + 1) for number in range(24)]


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as cluster,
        Client(cluster) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def serial() -> list[onar.Restoration]:
    return [onar.restore(text) for text in TEXTS]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    source = tmp_path_factory.mktemp("cluster") / "in"
    for number, text in enumerate(TEXTS):
        path = source / f"cilt{number % 3}" / f"sayi{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (source / "bozuk.txt").write_bytes(b"\xfe\xfd\xfc giivenlik")
    return source


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def process(_: Any) -> int:
    return os.getpid()


def check(text: str, log: str, serial: onar.Restoration) -> None:
    assert text == serial.text
    assert loads(log).changes == serial.changes
    assert loads(log).apply(serial.source) == text


def test_a_bag_is_the_serial_run(client: Any, serial: list[onar.Restoration]) -> None:
    from dask import bag

    from onar.dask import restore_bag

    for row, expected in zip(restore_bag(bag.from_sequence(TEXTS, npartitions=6)).compute(), serial, strict=True):
        check(row["text"], row["log"], expected)
    pids = set(bag.from_sequence(range(20), npartitions=20).map(process).compute())
    assert len(pids) == 2
    assert os.getpid() not in pids


@pytest.mark.parametrize("kind", [object, "string"])
def test_a_frame_gets_two_columns_and_keeps_missing_texts(
    client: Any, serial: list[onar.Restoration], kind: Any
) -> None:
    from dask import dataframe

    from onar.dask import restore_frame

    table = pandas.DataFrame({"ocr": pandas.Series([*TEXTS, None], dtype=kind), "n": range(len(TEXTS) + 1)})
    lazy = restore_frame(dataframe.from_pandas(table, npartitions=5), "ocr", restored="mended")
    assert list(lazy.columns) == ["ocr", "n", "mended", "log"]
    done = lazy.compute().sort_values("n")
    assert list(done["n"]) == list(table["n"])
    assert pandas.isna(done["mended"].iloc[-1]) and pandas.isna(done["log"].iloc[-1])
    for text, log, expected in zip(done["mended"], done["log"], serial, strict=False):
        check(text, log, expected)
    assert lazy.dtypes.to_dict() == done.dtypes.to_dict()


def test_options_reach_the_restorer(client: Any) -> None:
    from dask import bag

    from onar.dask import restore_bag

    (row,) = restore_bag(bag.from_sequence(TEXTS[:1]), min_confidence=0.77, words={"Şanghay"}).compute()
    assert loads(row["log"]).signature["options"]["min_confidence"] == 0.77  # type: ignore[index]


def test_wrong_columns_are_named() -> None:
    from onar.dask import restore_pandas

    table = pandas.DataFrame({"text": [], "log": []})
    with pytest.raises(InputError, match="no column 'ocr' among text, log"):
        restore_pandas(table, "ocr")
    with pytest.raises(InputError, match="there is a column 'log' already"):
        restore_pandas(table)


def test_knowledge_is_loaded_once_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    from onar import dask

    made: list[str] = []
    real = onar.Restorer

    def count(**options: Any) -> onar.Restorer:
        made.append("one")
        return real(**options)

    monkeypatch.setattr(dask, "Restorer", count)
    dask._restorer.cache_clear()
    for _ in range(3):
        dask.restore_pandas(pandas.DataFrame({"text": TEXTS[:2]}), min_confidence=0.71)
    dask._restorer.cache_clear()
    assert made == ["one"]


def test_a_folder_on_the_cluster_is_the_same_folder(client: Any, folder: Path, tmp_path: Path) -> None:
    from onar.dask import run

    alone = batch.run([folder], tmp_path / "alone", Options({"min_confidence": 0.4}))
    seen: list[int] = []
    summary = run(
        *(client, [folder], tmp_path / "cluster", Options({"min_confidence": 0.4})),
        progress=lambda progress: seen.append(progress.finished),
    )
    assert tree(tmp_path / "cluster") == tree(tmp_path / "alone")
    assert (summary.exit_code, summary.failures, summary.words) == (5, alone.failures, alone.words)
    assert seen == list(range(1, len(TEXTS) + 2))
    again = run(client, [folder], tmp_path / "alone", Options({"min_confidence": 0.4}))
    assert again.run.unchanged == len(TEXTS)


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_a_worker_killed_in_the_middle_changes_nothing(client: Any, folder: Path, tmp_path: Path) -> None:
    from onar.dask import run

    batch.run([folder], tmp_path / "alone")
    killed: list[int] = []

    def kill_one(progress: Progress) -> None:
        if not killed:
            killed.append(min(client.run(os.getpid).values()))
            os.kill(killed[0], signal.SIGKILL)

    summary = run(client, [folder], tmp_path / "cluster", progress=kill_one)
    assert killed
    assert summary.done == len(TEXTS)
    assert tree(tmp_path / "cluster") == tree(tmp_path / "alone")


def slow_copy(text: str) -> str:
    time.sleep(0.2)
    return text


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_a_bag_outlives_a_worker(client: Any, serial: list[onar.Restoration]) -> None:
    from dask import bag

    from onar.dask import restore_bag

    client.wait_for_workers(2, timeout=30)
    work = restore_bag(bag.from_sequence(TEXTS, npartitions=12).map(slow_copy))
    victim = min(client.run(os.getpid).values())
    timer = threading.Timer(0.5, os.kill, (victim, signal.SIGKILL))
    timer.start()
    rows = work.compute()
    timer.join()
    assert [row["text"] for row in rows] == [expected.text for expected in serial]


def deadly(task: Any) -> str:
    if "olum" in task.name:
        os.kill(os.getpid(), signal.SIGKILL)
    return str(task.name)


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_what_kills_every_worker_fails_alone(client: Any) -> None:
    import dask

    from onar.batches.batch_work import Study, Task
    from onar.dask import _pool

    class Deadly(Study):
        def __call__(self, task: Task) -> Any:
            return deadly(task)

    client.wait_for_workers(2, timeout=30)
    with dask.config.set({"distributed.scheduler.allowed-failures": 1}):
        tasks = [Task("", name) for name in ("a", "olum", "b", "c", "d", "e")]
        found = {one.item.name: one for one in _pool(client, Deadly(Options(), frozenset()), tasks)}
    assert {name for name, one in found.items() if one.error is None} == set("abcde")
    assert "workers died of it" in str(found["olum"].error)
