"""Whatever comes in and whatever goes wrong: a result or one clear line, and never a half-written file."""

from __future__ import annotations

import gc
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import strategies
from fuzz.targets import TARGETS
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import onar
from onar.ailments import ward
from onar.language.lexicon import Lexicon

ONAR = [sys.executable, "-c", "import sys; from onar.cli import main; sys.exit(main())"]
DAMAGED = "Tiirkiye'nin giivenligi igin yeni diizende biiyiik degisiklikler yapilmistir.\n"
posix = pytest.mark.skipif(os.name == "nt", reason="POSIX signals and limits")


@pytest.fixture(scope="module")
def restorer() -> onar.Restorer:
    return onar.Restorer()


# --- any input --------------------------------------------------------------------------------------------------------

patient = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
anything = st.one_of(strategies.texts, strategies.turkish, strategies.damaged)


@patient
@given(anything)
@example("\f\f-\n\f-")
@example("i\u0307I\u0307 ﬁ\u00ad\n")
@example("a" * 5000)
@example("ii" * 2000)
@example("'" * 999)
@example("biiyiik-" + "\n" * 999 + "liik")
def test_lines_stay_and_reverting_gives_the_source_back(text: str) -> None:
    result = onar.restore(text)
    assert onar.apply(text, result.changes) == result.text
    assert onar.revert(result.text, result.changes) == text
    for end in ("\n", "\r", "\f", "\x0b", "\x1c", "\x85", "\u2028"):
        assert result.text.count(end) == text.count(end)
    assert [bool(row.strip()) for row in result.text.split("\n")] == [bool(row.strip()) for row in text.split("\n")]


@patient
@given(anything)
def test_changes_are_in_order_and_tell_the_truth(text: str) -> None:
    end = 0
    for change in onar.restore(text).changes:
        assert end <= change.start < change.end <= len(text)
        assert text[change.start : change.end] == change.before
        assert change.before != change.after or change.status == "flagged"  # a suspicious word that is left
        assert 0 <= change.confidence <= 1
        assert all(0 <= share <= 1 for _, share in change.alternatives)
        end = change.end


@patient
@given(strategies.damaged)
def test_restoring_twice_changes_nothing_more(text: str) -> None:
    once = onar.restore(text).text
    assert onar.restore(once).text == once


@patient
@given(strategies.surrogates)
def test_text_that_no_file_can_hold_is_left_in_peace(text: str) -> None:
    result = onar.restore(text)
    assert onar.revert(result.text, result.changes) == text


confidences = st.lists(
    st.tuples(st.integers(-5, 200), st.integers(-5, 200), st.floats(allow_nan=True, allow_infinity=True)), max_size=8
)


@patient
@given(strategies.damaged, confidences)
def test_any_confidences_of_the_engine_do_no_harm(text: str, given_: list[tuple[int, int, float]]) -> None:
    try:
        result = onar.Restorer().restore(text, confidences=given_)
    except onar.OnarError:
        return
    assert onar.revert(result.text, result.changes) == text


@patient
@given(st.lists(strategies.texts, max_size=6), st.floats(0, 1))
def test_any_words_can_be_added(words: list[str], sure: float) -> None:
    try:
        result = onar.Restorer(words=words, min_confidence=sure).restore(DAMAGED)
    except onar.OnarError:
        return
    assert all(change.confidence >= sure for change in result.changes if change.status == "applied")


@pytest.mark.parametrize("name", TARGETS)
def test_any_bytes_are_read_or_refused_in_one_line(name: str) -> None:
    @patient
    @given(st.one_of(st.binary(max_size=300), anything.map(lambda text: text.encode("utf-8", "ignore"))))
    def bytes_in(data: bytes) -> None:
        TARGETS[name](data)

    bytes_in()


HOSTILE_RULES = {
    "many rows": "printed\tread\n" + "".join(f"{chr(0x4E00 + n)}\t{chr(0x5E00 + n)}\n" for n in range(4000)),
    "a loop": "printed\tread\tcost\nii\tü\t0.001\nü\tii\t0.001\n",
    "free for all": "printed\tread\tcost\n"
    + "".join(f"{a}\t{b}\t0.001\n" for a in "aeıioöuü" for b in "aeıioöuü" if a != b),
    "out of nothing": "printed\tread\tcost\n∅\ta\t0.001\nb\t∅\t0.001\n",
    "a pattern": "printed\tread\n(a+)\t(a\n.*\t.\n",
}


@pytest.mark.parametrize("rules", HOSTILE_RULES.values(), ids=HOSTILE_RULES)
def test_hostile_rules_cost_neither_time_nor_lines(rules: str) -> None:
    start = time.perf_counter()
    try:
        result = onar.Restorer(rules=rules).restore(DAMAGED * 5 + "a" * 60)
    except onar.OnarError:
        return
    assert time.perf_counter() - start < 20
    assert onar.revert(result.text, result.changes) == DAMAGED * 5 + "a" * 60


@pytest.mark.parametrize(
    "text",
    [
        "ı" * 200_000,
        "ii" * 100_000,
        "a-\n" * 60_000,
        ". " * 100_000,
        "{|~:;" * 40_000,
        "1990’h" * 20_000,
        "\f" * 100_000,
    ],
    ids=["one letter", "one long word", "broken for ever", "full stops", "marks", "no spaces", "pages"],
)
def test_no_text_of_200_kilobytes_takes_for_ever(text: str, restorer: onar.Restorer) -> None:
    start = time.perf_counter()
    result = restorer.restore(text)
    assert time.perf_counter() - start < 30
    assert onar.revert(result.text, result.changes) == text


# --- faults -----------------------------------------------------------------------------------------------------------


def command(*arguments: str | Path, **how: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*ONAR, *map(str, arguments)], capture_output=True, timeout=120, check=False, **how)  # type: ignore[call-overload,no-any-return]


def told(found: subprocess.CompletedProcess[bytes]) -> str:
    message = found.stderr.decode("utf-8")
    assert "Traceback" not in message
    return message


@pytest.fixture(scope="module")
def restored_bytes() -> bytes:
    return (onar.restore(DAMAGED * 400).text).encode()


@posix
def test_killed_while_writing_in_place_nothing_is_lost(tmp_path: Path, restored_bytes: bytes) -> None:
    before = (DAMAGED * 400).encode()
    path, rng, seen = tmp_path / "makale.txt", random.Random(8), set()
    for _ in range(12):
        for old in tmp_path.iterdir():
            old.unlink()
        path.write_bytes(before)
        process = subprocess.Popen([*ONAR, "restore", "--in-place", str(path)], stderr=subprocess.DEVNULL)
        time.sleep(rng.uniform(0.05, 2.0))
        process.send_signal(signal.SIGKILL)
        process.wait(30)
        now, backup = path.read_bytes(), tmp_path / "makale.txt.bak"
        assert now in (before, restored_bytes)
        if now == restored_bytes:
            assert backup.read_bytes() == before
        seen.add(now)
    assert before in seen


@posix
def test_killed_among_several_files_in_place_each_is_whole_and_the_next_run_goes_on(tmp_path: Path) -> None:
    before = {f"{at}.txt": (f"Sayi {at}\n" + DAMAGED * 40).encode() for at in range(8)}
    after = {name: onar.restore(text.decode()).text.encode() for name, text in before.items()}
    rng, seen, arguments = (
        random.Random(9),
        set(),
        ["restore", "--in-place", *(str(tmp_path / name) for name in before)],
    )
    for _ in range(6):
        for old in tmp_path.iterdir():
            old.unlink()
        for name, text in before.items():
            (tmp_path / name).write_bytes(text)
        process = subprocess.Popen([*ONAR, *arguments], stderr=subprocess.DEVNULL)
        patience = time.monotonic() + rng.uniform(20, 40)
        wanted = rng.randrange(1, 8)  # backups there are when the command is killed
        while len(list(tmp_path.glob("*.bak"))) < wanted and process.poll() is None and time.monotonic() < patience:
            time.sleep(rng.uniform(0, 0.004))
        process.send_signal(signal.SIGKILL)
        process.wait(30)
        for name, text in before.items():
            now, backup = (tmp_path / name).read_bytes(), tmp_path / f"{name}.bak"
            assert now in (text, after[name])
            assert now == text or backup.read_bytes() == text
        seen.add(sum((tmp_path / name).read_bytes() == after[name] for name in before))
        assert command(*arguments).returncode == 0
        assert {name: (tmp_path / name).read_bytes() for name in before} == after
        assert {name: (tmp_path / f"{name}.bak").read_bytes() for name in before} == before
    assert seen & set(range(1, 8)), "never killed in the midst of it"


@posix
def test_a_full_disk_is_one_clear_line_and_leaves_the_file(tmp_path: Path) -> None:
    path = tmp_path / "makale.txt"
    path.write_text(DAMAGED * 400, encoding="utf-8")

    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    ways: tuple[tuple[str | Path, ...], ...] = (("--in-place", path), (path, "-o", tmp_path / "out.txt"))
    for arguments in ways:
        found = command("restore", *arguments, preexec_fn=small)
        assert found.returncode not in (0, 1)
        assert len(told(found).strip().splitlines()) == 1
        assert path.read_text(encoding="utf-8") == DAMAGED * 400
        assert [p.name for p in tmp_path.iterdir() if p.suffix != ".bak"] == ["makale.txt"]


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_full_standard_output_is_one_clear_line(tmp_path: Path) -> None:
    path = tmp_path / "makale.txt"
    path.write_text(DAMAGED * 400, encoding="utf-8")
    with Path("/dev/full").open("wb") as full:
        found = subprocess.run(
            [*ONAR, "restore", str(path)], stdout=full, stderr=subprocess.PIPE, timeout=60, check=False
        )
    assert found.returncode not in (0, 1)
    assert "Traceback" not in found.stderr.decode()


def test_two_processes_on_one_folder_give_what_one_gives(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for at in range(12):
        (source / f"{at}.txt").write_text(DAMAGED * (at + 1), encoding="utf-8")
    assert command("restore", source, "-o", tmp_path / "alone").returncode == 0
    running = [
        subprocess.Popen([*ONAR, "restore", str(source), "-o", str(tmp_path / "both")], stderr=subprocess.PIPE)
        for _ in "12"
    ]
    errors = [process.communicate(timeout=120)[1].decode() for process in running]
    assert not any("Traceback" in error for error in errors)
    assert 0 in [process.returncode for process in running]
    assert texts_of(tmp_path / "both") == texts_of(tmp_path / "alone")


def texts_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.txt"))}


def resident() -> Iterator[float]:
    while True:
        status = Path("/proc/self/status").read_text()
        yield int(status.partition("VmRSS:")[2].split()[0]) / 1024


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc on this system")
def test_memory_stays_flat_over_many_documents(restorer: onar.Restorer) -> None:
    # the long run (10,000 documents) is `python bench/longrun.py`; this is its short form
    memory = resident()
    for at in range(20):
        restorer.restore(f"{DAMAGED}yeni{at} diizen{at}de {DAMAGED}")
    settled = next(memory)
    for at in range(80):
        restorer.restore(f"{DAMAGED}baska{at} giiven{at}lik {DAMAGED}")
    assert next(memory) - settled < 12


def test_lexicons_of_restorers_that_are_gone_do_not_pile_up() -> None:
    for at in range(30):
        lexicon = Lexicon.load().with_words([f"zurbak{at}"])
        assert ward._finder(ward.TURKISH, lexicon) is ward._finder(ward.TURKISH, lexicon)
    assert sum(isinstance(one, Lexicon) and "zurbak" in "".join(one.words) for one in gc.get_objects()) <= 9
