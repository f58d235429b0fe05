"""Bad input ends in one line, the right exit code and untouched originals, whatever it is."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from cli_runs import Fake, run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onar.changelog.changes import revert
from onar.changelog.log import read
from onar.cli import main
from onar.restore import Restorer

ONAR = [sys.executable, "-c", "import sys; from onar.cli import main; sys.exit(main())"]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_bytes(b"yeni diizende\n")


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("onar.restore", "onar.batches.batch", "onar.batches.batch_work"):
        monkeypatch.setattr(import_module(module), "Restorer", Fake)


def _files() -> list[str]:
    return sorted(path.as_posix() for path in Path().rglob("*") if path.is_file())


def _refused(code: int, *args: str, stdin: bytes = b"") -> str:
    """Run with *args*, expect *code*, one line, no output and no new file; return the line."""
    before = {name: Path(name).read_bytes() for name in _files()}
    ran = run(*args, stdin=stdin)
    assert ran.code == code, ran
    assert ran.out == b""
    assert {name: Path(name).read_bytes() for name in _files()} == before
    assert ran.message.isprintable()
    return ran.message


# input that can't be read: exit 3


def test_text_that_is_not_utf8(fake: None) -> None:
    Path("eski.txt").write_bytes("Tiirkiye'nin güvenliği".encode("cp1254"))
    assert _refused(3, "restore", "eski.txt", "-o", "o.txt", "--log", "l.jsonl") == (
        "eski.txt: not UTF-8 (byte 0xfc at offset 14): for a file of an older Turkish program add --encoding cp1254"
    )
    assert run("restore", "eski.txt", "--encoding", "cp1254").text == "Türkiye'nin güvenliği"
    assert "standard input: not UTF-8" in _refused(3, "restore", stdin=b"\xff")
    assert "unknown encoding" in _refused(3, "restore", "a.txt", "--encoding", "yok")


def test_an_empty_file_gives_an_empty_output(fake: None) -> None:
    Path("bos.txt").write_bytes(b"")
    ran = run("restore", "bos.txt", "-o", "o.txt", "--log", "l.jsonl")
    assert (ran.code, ran.out, ran.err) == (0, b"", "")
    assert Path("o.txt").read_bytes() == b""
    assert read("l.jsonl").changes == ()
    assert run("restore", stdin=b"").out == b""
    assert run("restore", "bos.txt", "--in-place").code == 0
    assert run("restore", "bos.txt", "--diff").out == b""


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0", bytes(range(256)) * 50, b"PK\x03\x04abc"])
def test_a_binary_file(data: bytes) -> None:
    Path("x.txt").write_bytes(data)
    assert _refused(3, "restore", "x.txt", "-o", "o.txt").startswith("x.txt: a binary file, not text")


def test_a_folder_without_text() -> None:
    Path("resimler").mkdir()
    Path("resimler/a.png").write_bytes(b"\x89PNG")
    assert "no text in this folder" in _refused(3, "restore", "resimler")
    assert "no text in this folder" in _refused(3, "restore", "resimler", "--check")
    assert run("restore", "resimler", "-o", "out").code == 3


@pytest.mark.parametrize("name", ["yok.txt", "yok\n\x1b[31m.txt", "yok" * 200, "a.txt/b.txt"])
def test_a_missing_file(name: str) -> None:
    assert "check the name" in _refused(3, "restore", name)


def test_a_folder_as_a_log() -> None:
    Path("k").mkdir()
    assert "k: Is a directory" in _refused(3, "apply", "a.txt", "k")


@pytest.mark.parametrize(
    "text", ["", "metin", "{}", '{"type":"header","schema":"onar-changes/2"}', "\0" * 100, "[" * 9999]
)
def test_a_log_that_is_none(text: str) -> None:
    Path("l.jsonl").write_text(text)
    Path("l.csv").write_text(text)
    assert _refused(3, "apply", "a.txt", "l.jsonl").startswith("l.jsonl")
    assert _refused(3, "apply", "a.txt", "l.csv").startswith("l.csv")
    Path("d.json").write_text(text)
    assert _refused(3, "restore", "a.txt", "--decisions", "d.json").startswith("d.json")
    assert _refused(3, "words", "add", "d.json", "--to", "w.txt").startswith("d.json")


# usage: exit 2


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["yok"], "No such command"),
        (["restore", "--yok"], "No such option"),
        (["restore", "a.txt", "-o", "a.txt"], "is an input: give another place, or --in-place"),
        (["restore", "a.txt", "-o", "./k/../a.txt"], "is an input"),
        (["restore", "a.txt", "--log", "a.txt"], "is an input"),
        (["restore", "a.txt", "--report", "a.txt"], "is an input"),
        (["restore", "a.txt", "-o", "x", "--log", "x"], "would be written twice"),
        (["restore", "a.txt", "-o", "x", "--in-place"], "exclude each other"),
        (["restore", "a.txt", "--check", "--in-place"], "--check writes nothing"),
        (["restore", "-", "--in-place"], "can't be written over"),
        (["restore", "-", "-"], "once"),
        (["restore", "a.txt", "--min-confidence", "2"], "--min-confidence"),
        (["restore", "a.txt", "--min-confidence", "nan"], "--min-confidence"),
        (["restore", "a.txt", "--words", "yok.txt"], "yok.txt"),
        (["restore", "a.txt", "--format", "doc"], "--format"),
        (["restore", "a.txt", "--jobs", "-1"], "--jobs"),
        (["restore", "a.txt", "a.txt", "--log", "l.jsonl"], "name a folder"),
        (["restore", "a.txt", "k", "-o", "out", "--log", "l.jsonl"], "name a folder"),
        (["restore", "a.txt", "--force"], "--force is for batches"),
        (["restore", "a.txt", "--collection", "c"], "--collection is for batches"),
        (["apply", "a.txt"], "Missing argument"),
        (["apply", "a.txt", "l.jsonl", "-o", "a.txt"], "is an input"),
        (["explain"], "Missing argument"),
        (["words", "add", "--to", "w"], "Missing argument"),
    ],
)
def test_usage(args: list[str], message: str) -> None:
    Path("k").mkdir()
    Path("k/b.txt").write_bytes(b"")
    assert message in _refused(2, *args)


def test_two_inputs_with_one_output(fake: None) -> None:
    for folder in ("k", "m"):
        Path(folder).mkdir()
        Path(folder, "a.txt").write_bytes(b"diiz")
    assert "both become a.txt" in _refused(3, "restore", "k/a.txt", "m/a.txt", "-o", "out")
    assert "written twice" in _refused(2, "restore", "k/a.txt", "m/a.txt", "-o", "out", "--report", "r.html")


# output that can't be written: exit 3, originals intact


@pytest.mark.parametrize(
    ("option", "place"),
    [
        ("-o", "k"),
        ("--log", "a.txt/l.jsonl"),
        ("--report", "a.txt/r.html"),
        ("-o", "/dev/full"),
        ("-o", "/proc/yok/o.txt"),
    ],
)
def test_an_unwritable_place(fake: None, option: str, place: str) -> None:
    Path("k").mkdir()
    Path("k/a.txt").mkdir()
    args = ["restore", "a.txt", option, place] + ([] if option == "-o" else ["-o", "o.txt"])
    assert "not written" in _refused(3, *args)


@pytest.mark.parametrize(
    "args", [["-o", "o.txt", "--log", "l.jsonl"], ["--in-place"], ["--log", "l.csv"], ["--report", "r.html"]]
)
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EDQUOT])
def test_a_full_or_locked_disk(fake: None, monkeypatch: pytest.MonkeyPatch, args: list[str], code: int) -> None:
    def fail(*_: Any) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("onar.files.os.fdopen", fail)
    assert os.strerror(code) in _refused(3, "restore", "a.txt", *args)


def test_a_disk_that_fills_up_at_the_second_file(fake: None, monkeypatch: pytest.MonkeyPatch) -> None:
    opened, times = os.fdopen, []

    def fail(*args: Any) -> Any:
        times.append(args)
        if len(times) == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return opened(*args)

    monkeypatch.setattr("onar.files.os.fdopen", fail)
    _refused(3, "restore", "a.txt", "-o", "o.txt", "--log", "l.jsonl")
    assert len(times) == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_standard_output_on_a_full_disk() -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run([*ONAR, "restore", "a.txt"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert ran.returncode == 3
    assert ran.stderr.decode() == (
        "onar: standard output: not written: No space left on device: give another place with -o\n"
    )


# signals and pipes


@pytest.mark.parametrize("args", [["restore", "a.txt"], ["restore", "a.txt", "--diff"], ["--help"]])
def test_a_reader_that_goes_away(args: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run([*ONAR, *args], stdout=writing, stderr=subprocess.PIPE, timeout=60, check=False)
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (141, b"")


def test_interrupted(fake: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Fake, "restore", interrupt)
    assert _refused(130, "restore", "a.txt", "-o", "o.txt", "--log", "l.jsonl") == "interrupted"


def test_interrupted_while_writing(fake: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "chmod", interrupt)
    assert _refused(130, "restore", "a.txt", "--in-place") == "interrupted"


@pytest.mark.skipif(os.name == "nt", reason="signals are sent another way there")
def test_ctrl_c_in_a_long_run() -> None:
    Path("uzun.txt").write_text("kurulan yeni diizende bolgesel giivenlik\n" * 40_000, "utf-8")
    ran = subprocess.Popen([*ONAR, "restore", "uzun.txt", "-o", "o.txt", "--log", "l.jsonl"], stderr=subprocess.PIPE)
    time.sleep(1.5)
    ran.send_signal(signal.SIGINT)
    _, err = ran.communicate(timeout=60)
    assert (ran.returncode, err) == (130, b"onar: interrupted\n")
    assert _files() == ["a.txt", "uzun.txt"]


# faults


def test_a_fault_is_one_line_too(fake: None, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("b.txt").write_text("PATLA")
    assert "a fault of Onar: RuntimeError: patladı: please report it" in _refused(70, "restore", "b.txt")
    monkeypatch.setenv("ONAR_TRACEBACK", "1")
    with pytest.raises(RuntimeError):
        main(["restore", "b.txt"])


# odd but readable text, by the real engine: time in proportion, nothing lost


def _seconds(text: str) -> float:
    began = time.process_time()
    made = Restorer().restore(text)
    assert revert(made.text, made.changes) == text
    assert made.text.count("\n") == text.count("\n")
    return time.process_time() - began


@pytest.mark.parametrize(
    ("piece", "times"),
    [
        ("giivenlik", 2800),  # four times this is a token of 100,000 letters
        ("iiiiii ", 12_500),  # 50,000 repetitions
        ("iiiiii", 5000),
        ("kurulan yeni düzen ", 5000),
        ("diizen\udcff \ud800 giivenlik ", 500),
        ("diizen\0 \0giivenlik\0 ", 2000),
        ("\u200fdiizen\u202e \u2067giivenlik\u2069 ", 2000),
        ("d\u0308\u0327", 10_000),
        ("'-’.,;:!()[]", 5000),
        ("1234567890", 5000),
        ("- \n", 5000),
        ("\r\n\f\r", 20_000),
        (" ", 100_000),
    ],
)
def test_four_times_the_text_takes_four_times_the_time(piece: str, times: int) -> None:
    _seconds("kurulan yeni diizende")
    small = min(_seconds(piece * times) for _ in range(2))
    assert _seconds(piece * (4 * times)) < 2.5 * 4 * small + 0.5


def test_a_line_of_ten_megabytes(fake: None) -> None:
    Path("uzun.txt").write_text(("kurulan yeni diizende " + "ve sonrası " * 10) * 80_000, "utf-8")
    began = time.process_time()
    assert run("restore", "uzun.txt", "-o", "o.txt", "--log", "l.jsonl", "--format", "text").code == 0
    assert time.process_time() - began < 60  # 5 s on the machine it was written on
    assert Path("o.txt").stat().st_size > 10_000_000


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200), st.sampled_from(["text", "auto"]))
def test_any_bytes_end_well(fake: None, data: bytes, format: str) -> None:
    ran = run("restore", "-", "--format", format, stdin=data)
    assert ran.code in (0, 3, 4)
    assert (ran.err == "") == (ran.code == 0)
    if ran.code:
        assert ran.out == b""
        assert ran.message.isprintable()
