"""The command line does what it says: where text, logs and messages go, and what every option reaches."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import threading
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from cli_runs import Fake, Ran, run

from onar import __version__
from onar.changelog.decisions import Decisions, Judgement, dumps
from onar.changelog.log import fingerprint, read
from onar.cli import COMMANDS
from onar.options import KINDS

TEXT = "yeni diizende\r\nwii bölgesel\fgiivenlik"
MENDED = "yeni düzende\r\nwii bölgesel\fgüvenlik"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for module in ("onar.restore", "onar.batches.batch", "onar.batches.batch_work"):
        monkeypatch.setattr(import_module(module), "Restorer", Fake)
    Fake.made.clear()
    Fake.heard.clear()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode())
    return path


def _files(folder: Path = Path()) -> list[str]:
    return sorted(path.as_posix() for path in folder.rglob("*") if path.is_file())


# where things go


def test_text_goes_to_standard_output_to_the_byte(source: Path) -> None:
    ran = run("restore", "a.txt")
    assert ran == Ran(0, MENDED.encode(), "")
    assert run("restore", stdin=TEXT.encode()) == ran
    assert run("restore", "-", stdin=TEXT.encode()) == ran
    assert _files() == ["a.txt"]


def test_several_texts_follow_each_other(source: Path) -> None:
    Path("b.txt").write_text("diiz")
    assert run("restore", "a.txt", "b.txt").text == MENDED + "düz"
    assert run("restore", ".").text == MENDED + "düz"
    assert run("restore", "b.txt", "-", stdin=b"gii").text == "düzgü"


def test_output_log_and_report_are_written(source: Path) -> None:
    ran = run("restore", "a.txt", "-o", "out/b.txt", "--log", "log.jsonl", "--report", "r.html")
    assert ran == Ran(0, b"", "")
    assert Path("out/b.txt").read_bytes() == MENDED.encode()
    log = read("log.jsonl")
    assert (log.source, log.sha256) == ("a.txt", fingerprint(TEXT))
    assert [change.before for change in log.changes] == ["diizende", "wii", "giivenlik"]
    assert "<html" in Path("r.html").read_text("utf-8")
    assert _files() == ["a.txt", "log.jsonl", "out/b.txt", "r.html"]


def test_a_csv_log_and_a_log_beside_standard_output(source: Path) -> None:
    assert run("restore", "a.txt", "--log", "log.csv").text == MENDED
    rows = list(csv.DictReader(Path("log.csv").read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert [row["before"] for row in rows] == ["", "diizende", "wii", "giivenlik"]


def test_a_folder_for_one_output(source: Path) -> None:
    assert run("restore", "a.txt", "-o", "yeni/").code == 0
    assert Path("yeni/a.txt").read_bytes() == MENDED.encode()


def test_in_place_keeps_the_original(source: Path) -> None:
    Path("right.txt").write_text("düzen")
    assert run("restore", "--in-place", "a.txt", "right.txt") == Ran(0, b"", "")
    assert source.read_bytes() == MENDED.encode()
    assert Path("a.txt.bak").read_bytes() == TEXT.encode()
    assert _files() == ["a.txt", "a.txt.bak", "right.txt"], "what needs no change is not written"


def test_in_place_keeps_encoding_and_mark(source: Path) -> None:
    source.write_bytes("sağ diizen\r\n".encode("cp1254"))
    Path("b.txt").write_bytes(b"\xef\xbb\xbfdiizen")
    assert run("restore", "--in-place", "a.txt", "--encoding", "cp1254").code == 0
    assert source.read_bytes() == "sağ düzen\r\n".encode("cp1254")
    assert run("restore", "--in-place", "b.txt").code == 0
    assert Path("b.txt").read_bytes() == b"\xef\xbb\xbf" + "düzen".encode()


def test_the_log_knows_the_encoding(source: Path) -> None:
    source.write_bytes("sağ diizen".encode("cp1254"))
    run("restore", "a.txt", "--encoding", "windows-1254", "--log", "l.jsonl", "-o", "o.txt")
    assert read("l.jsonl").encoding == "cp1254"
    assert run("apply", "a.txt", "l.jsonl").text == "sağ düzen"


def test_diff_and_check(source: Path) -> None:
    ran = run("restore", "a.txt", "--diff")
    assert ran.code == 0
    assert ran.text.startswith("diff --git a/a.txt b/a.txt\n")
    assert "+yeni düzende\r\n" in ran.text
    ran = run("restore", "a.txt", "--check")
    assert (ran.code, ran.out) == (1, b"")
    assert ran.message == "a.txt would change: 2 changes, 1 flagged"
    assert run("restore", "a.txt", "--check", "-q") == Ran(1, b"", "")
    assert run("restore", "a.txt", "--check", "--diff", "-o", "b.txt").code == 1
    assert run("restore", "-", "--check", stdin="düzen wii".encode()) == Ran(0, b"", "")
    assert run("restore", "-", "--diff", stdin="düzen".encode()) == Ran(0, b"", "")
    assert _files() == ["a.txt"]


def test_how_much_is_said(source: Path) -> None:
    assert run("restore", "a.txt", "-v").message == "a.txt: 2 changes, 1 flagged"
    assert run("restore", "a.txt", "-q").err == ""


def test_logs_of_several_inputs_stand_in_a_folder(source: Path) -> None:
    Path("k").mkdir()
    Path("k/b.txt").write_text("diiz")
    assert run("restore", "a.txt", "k", "--log", "loglar", "--check", "-q").code == 1
    assert _files(Path("loglar")) == ["loglar/a.txt.jsonl", "loglar/b.txt.jsonl"]


def test_a_folder_becomes_a_folder(source: Path) -> None:
    Path("in/alt").mkdir(parents=True)
    Path("in/alt/b.txt").write_text("diizen")
    source.rename("in/a.txt")
    ran = run("restore", "in", "-o", "out", "--summary", "s.json", "--log", "loglar")
    assert ran.code == 0
    assert Path("out/alt/b.txt").read_text("utf-8") == "düzen"
    assert Path("out/a.txt").read_bytes() == MENDED.encode()
    assert read("loglar/alt/b.txt.jsonl").changes[0].after == "düzen"
    assert json.loads(Path("s.json").read_text("utf-8"))["documents"] == 2
    assert "2 restored" in ran.err
    assert run("restore", "in", "-o", "out", "-q", "--log", "loglar") == Ran(0, b"", "")


def test_several_inputs_with_decisions_or_a_report_need_no_batch(source: Path) -> None:
    Path("b.txt").write_text("diizen")
    assert run("restore", "a.txt", "b.txt", "-o", "out", "--report", "r.html") == Ran(0, b"", "")
    assert _files() == ["a.txt", "b.txt", "out/a.txt", "out/b.txt", "r.html"]


def test_one_bad_input_does_not_stop_the_others(source: Path) -> None:
    Path("c.txt").write_bytes(b"\xff")
    ran = run("restore", "c.txt", "a.txt")
    assert (ran.code, ran.text) == (5, MENDED)
    assert ran.message.startswith("c.txt: not UTF-8")
    ran = run("restore", "c.txt", "a.txt", "-o", "out")
    assert ran.code == 5
    assert Path("out/a.txt").read_bytes() == MENDED.encode()
    assert not Path("out/c.txt").exists()


# every option arrives


def test_every_option_of_the_restorer_arrives(source: Path) -> None:
    Path("w.txt").write_text("Şanghay\n# yorum\nİşbirliği\n", "utf-8")
    Path("w2.txt").write_text("Örgütü", "utf-8")
    Path("r.tsv").write_text("")
    Path("tr.dic").write_text("0")
    run(
        *("restore", "a.txt", "--min-confidence", "0.75", "--words", "w.txt", "--words", "w2.txt", "--rules", "r.tsv"),
        *("--dictionary", "tr.dic", "--no-keep-foreign"),
    )
    assert Fake.made == [
        {
            **{"min_confidence": 0.75, "words": ["Şanghay", "İşbirliği", "Örgütü"], "rules": "r.tsv"},
            **{"dictionary": "tr.dic", "keep_foreign": False},
        }
    ]
    run("restore", "a.txt", "--keep-foreign")
    run("restore", "a.txt")
    assert Fake.made[1:] == [{"keep_foreign": True}, {}], "what is not said is left to the restorer"


def test_the_restorer_takes_all_of_them() -> None:
    import inspect

    from onar import Restorer

    known = set(inspect.signature(Restorer).parameters)
    assert {"min_confidence", "words", "rules", "dictionary", "keep_foreign"} <= known


def test_every_option_of_a_batch_arrives(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}

    def record(inputs: Any, out: Any, options: Any, **rest: Any) -> Any:
        from onar.batches.summary import Summary

        seen.update(rest, inputs=inputs, out=out, options=options)
        return Summary()

    monkeypatch.setattr("onar.batches.batch.run", record)
    Path("w.txt").write_text("Şanghay", "utf-8")
    ran = run(
        *("restore", "a.txt", "b", "-o", "out", "-j", "3", "--force", "--log", "loglar", "--collection", "c.tsv", "-q"),
        *("--words", "w.txt", "--min-confidence", "0.9", "--format", "text", "--encoding", "cp1254", "--skip-visible"),
    )
    assert ran == Ran(0, b"", "")
    options = seen.pop("options")
    seen.pop("progress")
    assert seen == {
        **{"inputs": ("a.txt", "b"), "out": "out", "jobs": 3, "force": True, "log_dir": "loglar"},
        **{"collection": "c.tsv"},
    }
    assert dict(options.restorer) == {"words": ["Şanghay"], "min_confidence": 0.9}
    assert (options.format, options.encoding, options.skip_visible) == ("text", "cp1254", True)


def test_format_and_confidences_arrive() -> None:
    page = (
        "<html><body><div class='ocr_page' title='bbox 0 0 9 9'><span class='ocr_line' title='bbox 0 0 9 9'>"
        "<span class='ocrx_word' title='bbox 1 1 9 9; x_wconf 61'>diizen</span></span></div></body></html>"
    )
    Path("a.hocr").write_text(page)
    assert run("restore", "a.hocr").text.strip() == "düzen"
    assert Fake.heard[0] == ((0, 6, 0.61),)
    assert run("restore", "a.hocr", "--format", "text").text == page.replace("diizen", "düzen")
    assert run("restore", "a.hocr", "-o", "b.hocr").code == 0
    assert Path("b.hocr").read_text("utf-8") == page.replace("diizen", "düzen")
    assert run("restore", "a.hocr", "-o", "b.txt").code == 0
    assert Path("b.txt").read_text("utf-8").strip() == "düzen"
    log = run("restore", "a.hocr", "-o", "c.hocr", "--log", "l.jsonl")
    assert log.code == 0
    assert run("apply", "a.hocr", "l.jsonl").text.strip() == "düzen"
    assert run("apply", "a.hocr", "l.jsonl", "-o", "d.hocr").code == 0
    assert Path("d.hocr").read_bytes() == Path("c.hocr").read_bytes()


def test_jobs_give_the_same_bytes(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # other processes know nothing of the fake
    monkeypatch.chdir(source.parent)
    Path("b.txt").write_text("kurulan yeni diizende\n", "utf-8")
    one, two = run("restore", "a.txt", "b.txt"), run("restore", "a.txt", "b.txt", "-j", "2")
    assert one == two
    assert one.code == 0
    assert "düzende" in one.text


def test_the_formats_are_those_of_the_documents() -> None:
    from onar.commands.job import FORMATS
    from onar.documents import FORMATS as KNOWN

    assert (*KNOWN,) == FORMATS[1:]


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals are of another kind there")
@pytest.mark.parametrize(("quiet", "drawn"), [([], True), (["-q"], False)])
def test_a_bar_is_drawn_on_a_terminal_only(source: Path, quiet: list[str], drawn: bool) -> None:
    import pty

    ours, theirs = pty.openpty()
    code = "import sys; from onar.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", code, "restore", "a.txt", "a.txt", *quiet]
    ran = subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, check=True)
    os.close(theirs)
    try:
        shown = os.read(ours, 10_000)
    except OSError:
        shown = b""
    os.close(ours)
    assert (b"restoring" in shown) is drawn
    assert ran.stdout.count(b"\f") == 2, "the bar is not in the text"


# options in a file


def test_options_stand_in_a_file_and_the_command_line_goes_before(source: Path) -> None:
    Path("w.txt").write_text("Şanghay", "utf-8")
    Path("onar.toml").write_text('min-confidence = 0.7\nkeep-foreign = false\nwords = "w.txt"')
    run("restore", "a.txt")
    run("restore", "a.txt", "--min-confidence", "0.2", "--keep-foreign")
    run("--no-config", "restore", "a.txt")
    assert Fake.made == [
        {"min_confidence": 0.7, "keep_foreign": False, "words": ["Şanghay"]},
        {"min_confidence": 0.2, "keep_foreign": True, "words": ["Şanghay"]},
        {},
    ]


def test_every_option_that_may_stand_in_a_file_is_one_of_restore() -> None:
    from onar.commands.restore import command

    names = {name for parameter in command.params for name in parameter.opts}
    assert {f"--{name}" for name in KINDS} <= names


def test_a_bad_file_of_options_is_a_usage_error(source: Path) -> None:
    Path("onar.toml").write_text("tipo = 1")
    ran = run("restore", "a.txt")
    assert ran.code == 2
    assert "unknown option tipo" in ran.message
    Path("onar.toml").write_text("min-confidence = 7")
    assert run("restore", "a.txt").code == 2
    assert run("--help").code == 0


# apply, and what people decided


def _decide(*rows: tuple[int, Any, str | None], sha: str | None = None) -> None:
    log = read("l.jsonl")
    made = tuple(Judgement.of(log.changes[at], kind, after) for at, kind, after in rows)
    Path("d.json").write_text(dumps([Decisions(log.source, sha or log.sha256, made)]), "utf-8")


@pytest.fixture
def log(source: Path) -> Path:
    assert run("restore", "a.txt", "--log", "l.jsonl", "-o", "o.txt").code == 0
    return Path("l.jsonl")


def test_apply_gives_the_restored_text_again(log: Path) -> None:
    assert run("apply", "a.txt", log) == Ran(0, MENDED.encode(), "")
    assert run("apply", "-", log, stdin=TEXT.encode()).text == MENDED
    assert run("apply", "a.txt", log, "-o", "x.txt") == Ran(0, b"", "")
    assert Path("x.txt").read_bytes() == MENDED.encode()


def test_apply_honours_decisions(log: Path) -> None:
    _decide((0, "reject", None), (1, "edit", "wü!"), (2, "accept", None))
    text = "yeni diizende\r\nwü! bölgesel\fgüvenlik"
    assert run("apply", "a.txt", log, "--decisions", "d.json", "--log", "l2.csv").text == text
    assert run("apply", "a.txt", "l2.csv").text == text, "the new log holds the decisions"
    assert run("restore", "a.txt", "--decisions", "d.json").text == text
    assert run("restore", "a.txt", "--decisions", "l2.csv").text == text


def test_apply_takes_decisions_from_the_command_line(log: Path) -> None:
    first, flagged, _ = (change.id for change in read(log).changes)
    assert run("apply", "a.txt", log, "--reject", first, "--accept", flagged).text == MENDED.replace(
        "düzende", "diizende"
    ).replace("wii", "wü")
    assert run("apply", "a.txt", log, "--reject-all").text == TEXT
    assert run("apply", "a.txt", log, "--accept-all").text == MENDED.replace("wii", "wü")
    assert run("apply", "a.txt", log, "--only-accepted", "--accept", flagged).text == TEXT.replace("wii", "wü")
    assert run("apply", "a.txt", log, "--accept", "yok").code == 2
    assert run("apply", "a.txt", log, "--accept-all", "--reject-all").code == 2


def test_apply_shows_views(log: Path) -> None:
    assert run("apply", "a.txt", log, "--as", "diff").out == run("restore", "a.txt", "--diff").out
    assert run("apply", "a.txt", log, "--as", "words").text.startswith("1: yeni [-diizende-]{+düzende+}\n2: [?wii|wü?]")
    assert run("apply", "a.txt", log, "--as", "critic", "-o", "c.md").code == 0
    assert Path("c.md").read_bytes().decode().startswith("yeni {~~diizende~>düzende~~}\r\n{==wii==}{>>wü? 30%<<}")


@pytest.mark.parametrize("change", ["source", "log", "decisions", "place"])
def test_what_does_not_belong_together_is_refused(log: Path, change: str) -> None:
    _decide((0, "reject", None))
    if change == "source":
        Path("a.txt").write_text(TEXT + "\n")
    elif change == "log":
        log.write_text(log.read_text("utf-8").replace(read(log).sha256, "0" * 64), "utf-8")
    elif change == "decisions":
        _decide((0, "reject", None), sha="0" * 64)
    else:
        Path("d.json").write_text(Path("d.json").read_text("utf-8").replace('"diizende"', '"dilzende"'), "utf-8")
    ran = run("apply", "a.txt", log, "--decisions", "d.json", "-o", "x.txt")
    assert ran.code == 3
    assert ran.message.count("give") == 1
    assert not Path("x.txt").exists()


def test_restore_tells_which_decisions_found_no_place(log: Path) -> None:
    _decide((0, "reject", None), (2, "reject", None))
    ran = run("restore", "-", "--decisions", "d.json", stdin="başka".encode())
    assert (ran.code, ran.text) == (0, "başka")
    assert "none of the decisions are about this text" in ran.message
    Path("a.txt").write_text("yeni diizende\nwii son", "utf-8")
    ran = run("restore", "a.txt", "--decisions", "d.json")
    assert ran.text == "yeni diizende\nwii son"
    assert "1 of 2 decisions found no place" in ran.message


# the others


def test_edits_become_words(log: Path) -> None:
    _decide((0, "edit", "Şanghay’ın İş-\nbirliği"), (1, "reject", None), (2, "accept", None))
    assert run("words", "add", "d.json", "--to", "w.txt").message == "2 words added to w.txt"
    assert Path("w.txt").read_text("utf-8").splitlines()[1:] == ["Şanghay", "İşbirliği"]
    before = Path("w.txt").read_bytes()
    assert run("words", "add", "d.json", "--to", "w.txt").message == "0 words added to w.txt"
    assert Path("w.txt").read_bytes() == before
    Path("w.txt").write_text("eski", "utf-8")
    run("words", "add", "d.json", "--to", "w.txt", "--accepted")
    assert Path("w.txt").read_text("utf-8").split() == ["eski", "Şanghay", "İşbirliği", "güvenlik"]
    assert run("restore", "a.txt", "--words", "w.txt").code == 0
    assert Fake.made[-1]["words"] == ["eski", "Şanghay", "İşbirliği", "güvenlik"]


def test_help_and_version_load_no_command() -> None:
    code = (
        "import sys; from onar.cli import main; main(['--help']); main(['--version']);"
        "print([m for m in sys.modules if m.startswith('onar.commands.') and not m.endswith('console')])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert f"onar {__version__}\n[]\n" in ran.stdout
    for name in COMMANDS:
        assert f"  {name} " in ran.stdout


def test_explain_needs_a_word() -> None:
    assert run("explain").code == 2


def test_a_restored_text_is_restored_again_without_change(source: Path) -> None:
    run("restore", "a.txt", "-o", "b.txt")
    assert run("restore", "b.txt", "--check").code == 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_read_once_and_wholly(tmp_path: Path) -> None:
    pipe, text = tmp_path / "pipe", "Tiirkiye giizel\n" * 2000
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(text,))
    writer.start()
    ran = run("restore", pipe, "-q")
    writer.join(10)
    assert ran.code == 0 and ran.text.count("\n") == 2000
