"""The review in a terminal: what each answer does, what is kept, and a real terminal on the other end."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import restorations

from onar.changelog.changes import Restoration, apply, locate
from onar.changelog.decisions import Decisions, decide, read
from onar.changelog.log import Log, write
from onar.cli import main
from onar.review.session import Session
from onar.review.terminal import review

SOURCE = "kurulan yeni diizen ve\ngiivenlik ile diizen\nson diizen \x1b[2J\u202e giin\n"
CURES = {"diizen": "düzen", "giivenlik": "güvenlik", "giin": "gün"}


def _log() -> Log:
    places, found = locate(SOURCE), re.finditer("diizen|giivenlik|giin", SOURCE)
    changes = tuple(
        places.change(
            m.start(),
            m.end(),
            CURES[m[0]],
            rules=["ü>ii"],
            confidence=0.4 if m[0] == "giin" else 0.97,
            alternatives=[("dizen", 0.02), ("duzen", 0.01)] if m[0] == "diizen" else [],
            status="flagged" if m[0] == "giin" else "applied",
        )
        for m in found
    )
    return Log.of(Restoration(SOURCE, changes), "a.txt")


class _Answers:
    """Gives prepared answers and keeps the questions; None is the end of the input."""

    def __init__(self, *answers: str) -> None:
        self.left = list(answers)
        self.questions: list[str] = []

    def __call__(self, question: str) -> str | None:
        self.questions.append(question)
        return self.left.pop(0) if self.left else None


def _review(tmp_path: Path, *answers: str) -> tuple[Session, _Answers]:
    session, ask = Session(_log(), tmp_path / "d.json"), _Answers(*answers)
    review(session, text=SOURCE, ask=ask)
    return session, ask


def _text(path: Path) -> str:
    log = _log()
    return apply(SOURCE, decide(SOURCE, log.changes, read(path)[0])[0])


# what is answered, and the text that results: the groups are diizen (3), giin (doubtful), giivenlik
ANSWERS = [
    (["A", "A", "A"], "kurulan yeni düzen ve\ngüvenlik ile düzen\nson düzen \x1b[2J\u202e gün\n"),
    (["R", "r", "r"], SOURCE),
    (["r", "a", "a"], "kurulan yeni diizen ve\ngüvenlik ile düzen\nson düzen \x1b[2J\u202e giin\n"),
    (["e", "düzenek", "q"], "kurulan yeni düzenek ve\ngüvenlik ile düzen\nson düzen \x1b[2J\u202e giin\n"),
    (["E", "dizin"], "kurulan yeni dizin ve\ngüvenlik ile dizin\nson dizin \x1b[2J\u202e giin\n"),
    (["1", "2", "3", "q"], "kurulan yeni dizen ve\ngüvenlik ile duzen\nson düzen \x1b[2J\u202e giin\n"),
    (["R", "u", "u", "q"], "kurulan yeni düzen ve\ngüvenlik ile düzen\nson düzen \x1b[2J\u202e giin\n"),
    (["S", "s", "r"], "kurulan yeni düzen ve\ngiivenlik ile düzen\nson düzen \x1b[2J\u202e giin\n"),
    (
        ["e", "", "nonsense", "", "99999999999", "?", "r"],
        "kurulan yeni diizen ve\ngüvenlik ile düzen\nson düzen \x1b[2J\u202e giin\n",
    ),
    ([" a ", "e", "diizen", "A", "a"], "kurulan yeni düzen ve\ngüvenlik ile diizen\nson düzen \x1b[2J\u202e gün\n"),
]


@pytest.mark.parametrize(("answers", "expected"), ANSWERS, ids=[" ".join(a) for a, _ in ANSWERS])
def test_each_answer_does_what_it_says(answers: list[str], expected: str, tmp_path: Path) -> None:
    session, _ = _review(tmp_path, *answers)
    session.save()
    assert _text(tmp_path / "d.json") == expected
    assert apply(SOURCE, session.decided().changes) == expected


def test_the_largest_group_is_asked_first_and_all_of_it_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, ask = _review(tmp_path, "A", "q")
    out = capsys.readouterr().out
    assert out.index("diizen → düzen (1 of 3)") < out.index("giin → gün")
    assert len(ask.questions) == 2
    assert "A,R,E" in ask.questions[0]
    assert "A,R,E" not in ask.questions[1]


def test_it_goes_on_where_it_was_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _review(tmp_path, "a", "r")
    capsys.readouterr()
    session, ask = _review(tmp_path, "u", "a")
    out = capsys.readouterr().out
    assert "2 of 5 changes decided" in out
    assert "diizen → düzen (3 of 3)" in out
    assert "nothing to undo" in out  # undo is for this sitting
    assert len(session) == 3
    assert len(ask.questions) == 3


def test_every_answer_is_kept_before_the_next_question(tmp_path: Path) -> None:
    path = tmp_path / "d.json"
    counts: list[int] = []

    def ask(_: str) -> str | None:
        counts.append(len(read(path)[0].judgements) if path.exists() else 0)
        return "a" if len(counts) < 4 else None

    review(Session(_log(), path), text=SOURCE, ask=ask)
    assert counts == [0, 1, 2, 3]
    assert [file.name for file in tmp_path.iterdir()] == ["d.json"]


def test_nothing_from_the_log_reaches_the_terminal_as_a_control(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _review(tmp_path, "S")
    out = capsys.readouterr().out
    assert "\x1b[2J" not in out
    assert "\u202e" not in out
    assert "⟨001B⟩[2J⟨202E⟩" in out


def test_without_the_source_the_words_of_the_log_are_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    review(Session(_log(), tmp_path / "d.json"), ask=_Answers())
    out = capsys.readouterr().out
    assert "kurulan yeni diizen ve" in out


def test_what_the_file_says_about_other_texts_stays(tmp_path: Path) -> None:
    other = Log.of(Restoration("diizen", (locate("diizen").change(0, 6, "düzen"),)), "b.txt")
    path = tmp_path / "d.json"
    Session(other, path).decide(other.changes, "reject")
    _review(tmp_path, "A", "q")
    assert {item.source: len(item.judgements) for item in read(path)} == {"a.txt": 3, "b.txt": 1}
    newer = _log().with_changes(_log().changes[:1])
    Session(newer, path).decide(newer.changes, "reject")
    assert {item.source: len(item.judgements) for item in read(path)} == {"a.txt": 3, "b.txt": 1}


steps = st.lists(
    st.tuples(st.sampled_from(["accept", "reject", "edit"]), st.sets(st.integers(0, 15)), st.text(max_size=4)),
    max_size=6,
)


@settings(max_examples=50, deadline=None)
@given(restorations(decided=False), steps)
def test_undoing_every_step_gives_back_the_beginning(
    tmp_path_factory: pytest.TempPathFactory, made: Restoration, todo: list[tuple[str, set[int], str]]
) -> None:
    log = Log.of(made, "a.txt")
    path = tmp_path_factory.mktemp("undo") / "d.json"
    session = Session(log, path)
    states: list[Decisions] = []
    for decision, which, after in todo:
        states.append(Decisions.of(session.decided()))
        chosen = [change for at, change in enumerate(log.changes) if at in which]
        session.decide(chosen, decision, after)  # type: ignore[arg-type]
        again = Session(log, path)
        assert again.decided() == session.decided()
    for state in reversed(states):
        session.undo()
        assert Decisions.of(session.decided()) == state
    assert session.undo() == []


# -- a real terminal ---------------------------------------------------------------------------------------------------


class _Terminal:
    """``onar`` behind a pseudo-terminal."""

    def __init__(self, folder: Path, *arguments: str, term: str = "xterm-256color") -> None:
        pty = pytest.importorskip("pty", reason="no pseudo-terminals on this system")
        self._ours, theirs = pty.openpty()
        environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS")} | {
            "TERM": term,
            "PYTHONUTF8": "1",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "onar.cli", *arguments],
            stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder, env=environment, start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        self.seen = ""

    def until(self, wanted: str, seconds: float = 20) -> str:
        """Read until *wanted* has been written; return what was written since the last call."""
        start, limit = len(self.seen), time.monotonic() + seconds
        while wanted not in self.seen[start:]:
            ready, _, _ = select.select([self._ours], [], [], max(0, limit - time.monotonic()))
            assert ready, f"{wanted!r} did not come: {self.seen[start:]!r}"
            try:
                self.seen += os.read(self._ours, 65536).decode()
            except OSError:  # the other end is closed
                assert wanted in self.seen[start:], self.seen[start:]
        return self.seen[start:]

    def type(self, text: str) -> None:
        os.write(self._ours, text.encode())

    def end(self) -> int:
        code = self.process.wait(20)
        os.close(self._ours)
        return code


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "a.txt").write_bytes(SOURCE.encode())
    write(_log(), tmp_path / "a.jsonl")
    yield tmp_path


def test_a_review_at_a_real_terminal(folder: Path) -> None:
    terminal = _Terminal(folder, "review", "a.jsonl")
    first = terminal.until("]? ")
    assert "\x1b[" in first  # colour
    terminal.type("r\n")
    assert "(2 of 3)" in terminal.until("]? ")
    terminal.type("e\n")
    terminal.until("printed")
    terminal.type("düzenek\n")
    terminal.until("]? ")
    terminal.type("u\n")
    assert "(2 of 3)" in terminal.until("]? ")
    terminal.type("A\n")
    assert "giin" in terminal.until("]? ")
    terminal.type("q\n")
    terminal.until("3 of 5 changes decided; kept in a.txt.decisions.json")
    assert terminal.end() == 0
    assert (
        _text(folder / "a.txt.decisions.json")
        == "kurulan yeni diizen ve\ngüvenlik ile düzen\nson düzen \x1b[2J\u202e giin\n"
    )


def test_a_killed_review_has_lost_nothing(folder: Path) -> None:
    terminal = _Terminal(folder, "review", "a.jsonl", "--terminal", "--decisions", "mine.json")
    terminal.until("]? ")
    terminal.type("A\n")
    terminal.until("giin")
    os.killpg(terminal.process.pid, signal.SIGKILL)
    terminal.end()
    assert len(read(folder / "mine.json")[0].judgements) == 3


def test_ctrl_c_and_the_end_of_input_leave_in_peace(folder: Path) -> None:
    for key, code in (("\x03", 130), ("\x04", 0)):
        terminal = _Terminal(folder, "review", "a.jsonl")
        terminal.until("]? ")
        if key == "\x03":
            os.killpg(terminal.process.pid, signal.SIGINT)
        else:
            terminal.type(key)
        assert terminal.end() == code
    assert "Traceback" not in terminal.seen


def test_a_dumb_terminal_gets_no_escape_sequence(folder: Path) -> None:
    terminal = _Terminal(folder, "review", "a.jsonl", term="dumb")
    terminal.until("]? ")
    terminal.type("q\n")
    terminal.until("kept in")
    assert terminal.end() == 0
    assert "\x1b" not in terminal.seen


def test_answers_from_a_file(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "answers").write_text("A\nr\na\n")
    monkeypatch.chdir(folder)
    with (folder / "answers").open() as answers:
        monkeypatch.setattr(sys, "stdin", answers)
        assert main(["review", "a.jsonl", "--terminal"]) == 0
    assert "5 of 5 changes decided" in capsys.readouterr().out
    assert len(read(folder / "a.txt.decisions.json")[0].judgements) == 5
