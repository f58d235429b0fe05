"""The review in a terminal, in the manner of ``git add -p``: one question a change, like changes together.

- Groups come first, the largest first; ``A`` and ``R`` settle all of a group, ``a`` and ``r`` one change of it.
- Every answer is in the decisions file before the next question; leave with ``q`` and come back any time.
- Questions and answers are plain lines, so that dumb terminals, pipes and screen readers work; colour only helps.
- Nothing from the log reaches the terminal as a control character.

``giivenlik → güvenlik (1 of 37) [a,r,e,A,R,1-2,s,u,q,?]?`` is a question. Start reading at :func:`review`.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import click

from onar.changelog.changes import Change
from onar.review.groups import Band, Group, band, confusions, group
from onar.review.session import Session
from onar.review.visible import visible

__all__ = ["review"]

_COLOURS: dict[Band, str] = {"sure": "green", "likely": "yellow", "doubtful": "red", "left": "magenta"}
_NAMES: dict[Band, str] = {"sure": "sure", "likely": "likely", "doubtful": "doubtful", "left": "left alone"}
_HELP = """\
a  accept this change          A  accept all of the group
r  reject it                   R  reject all of the group
e  edit: type what was printed E  edit all of the group
1… take a rival                s  skip it for now, S  skip the group
u  undo the last answer        q  quit; what was decided is kept
?  this help
"""
_EDIT = "printed (an empty line leaves it undecided): "
_NARROW = 24
_REACH = 400

Ask = Callable[[str], str | None]


def ask(question: str) -> str | None:
    """Write *question* and return the line that was typed, or None at the end of the input."""
    _say(question, nl=False)
    try:
        return input()
    except EOFError:
        _say()
        return None


def _say(text: str = "", nl: bool = True) -> None:
    """Write *text*, without colour where there is none."""
    plain = os.environ.get("TERM") == "dumb" or "NO_COLOR" in os.environ
    click.echo(text, nl=nl, color=False if plain else None)


def _forgive() -> None:
    """Let letters that the terminal can't write or send not end the review."""
    for stream, errors in ((sys.stdout, "backslashreplace"), (sys.stdin, "replace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=errors)


def review(session: Session, *, text: str | None = None, ask: Ask = ask) -> int:
    """Ask about every undecided change of *session* until all are decided or the reviewer leaves.

    *text* is the source, to show whole lines; without it the words that the log keeps are shown. Returns how many
    changes are decided now.
    """
    _forgive()
    total = len(session.log.changes)
    _say(f"{visible(session.log.source)}: {len(session)} of {total} changes decided. ? for help.")
    _Dialogue(session, text, ask, group(session.log.changes)).run()
    _say(f"{len(session)} of {total} changes decided; kept in {visible(str(session.path))}")
    return len(session)


@dataclass
class _Dialogue:
    session: Session
    text: str | None
    ask: Ask
    groups: Sequence[Group]
    skipped: set[str] = field(default_factory=set)
    leaving: bool = False

    def run(self) -> None:
        """Go through the groups; after an undo begin again from the first one that is open."""
        while not self.leaving and (found := self._next()) is not None:
            self._question(*found)

    def _next(self) -> tuple[Group, Change] | None:
        for item in self.groups:
            for change in item.changes:
                if change.id not in self.skipped and self.session.judgement(change) is None:
                    return item, change
        return None

    def _question(self, item: Group, change: Change) -> None:
        _say()
        _say(_headline(item, change, len(self.session), len(self.session.log.changes)))
        _say(_line(change, self.text))
        rivals = [word for word, _ in change.alternatives if word not in (change.after, change.before)][:9]
        for number, word in enumerate(rivals, 1):
            _say(click.style(f"    {number}  {visible(word)}", dim=True))
        keys = ",".join(["a,r,e", *(["A,R,E"] if len(item) > 1 else []), *_digits(rivals), "s,u,q,?"])
        answer = self.ask(click.style(f"[{keys}]? ", bold=True))
        if answer is None:
            self.leaving = True
        else:
            self._answer(answer.strip(), item, change, rivals)

    def _answer(self, answer: str, item: Group, change: Change, rivals: Sequence[str]) -> None:
        rest = self.session.undecided(item.changes)
        if answer in ("a", "A"):
            self.session.decide([change] if answer == "a" else rest, "accept")
        elif answer in ("r", "R"):
            self.session.decide([change] if answer == "r" else rest, "reject")
        elif answer in ("e", "E"):
            self._edit([change] if answer == "e" else rest)
        elif answer in ("s", "S"):
            self.skipped.update(one.id for one in ([change] if answer == "s" else rest))
        elif answer.isdecimal() and answer.isascii() and 0 < int(answer[:3]) <= len(rivals):
            self.session.decide([change], "edit", rivals[int(answer) - 1])
        elif answer == "u":
            self._undo()
        elif answer == "q":
            self.leaving = True
        else:
            _say(_HELP)

    def _edit(self, changes: Sequence[Change]) -> None:
        reading = self.ask(_EDIT)
        if reading:
            self.session.decide(changes, "edit", reading)

    def _undo(self) -> None:
        names = self.session.undo()
        self.skipped.difference_update(names)
        _say(f"undone: {len(names)}" if names else "nothing to undo")


def _digits(rivals: Sequence[str]) -> list[str]:
    return [f"1-{len(rivals)}" if len(rivals) > 1 else "1"] if rivals else []


def _headline(item: Group, change: Change, done: int, total: int) -> str:
    kind = band(change)
    count = f" ({item.changes.index(change) + 1} of {len(item)})" if len(item) > 1 else ""
    sure = "" if kind == "left" else f" {change.confidence:.0%}"
    rules = f"  {visible(' '.join(confusions(change)))}" if change.rules else ""
    word = click.style(visible(change.before), fg="red" if kind != "left" else "magenta")
    if change.after != change.before:
        word += f" → {click.style(visible(change.after), fg='green', bold=True)}"
    told = click.style(f"{_NAMES[kind]}{sure}", fg=_COLOURS[kind])
    return f"{click.style(f'{done}/{total}', dim=True)}  {word}{count}  {told}{click.style(rules, dim=True)}"


def _line(change: Change, text: str | None) -> str:
    """Return the line of *change*, cut to the width of the terminal, the word in colour."""
    left, right = _around(change, text)
    where = f"p. {change.page}, line {change.line}" if change.page > 1 else f"line {change.line}"
    width = max(_NARROW, shutil.get_terminal_size((80, 24)).columns - len(where) - len(change.before) - 6)
    left, right = visible(left), visible(right)
    ahead = left[-max(width // 2, width - len(right)) :]
    behind = right[: max(0, width - len(ahead))]
    word = click.style(visible(change.before), fg=_COLOURS[band(change)], bold=True)
    return f"  {click.style(where, dim=True)}  {ahead}{word}{behind}"


def _around(change: Change, text: str | None) -> tuple[str, str]:
    """Return what stands before and after *change*: in its line, or all that the log keeps."""
    if text is None:
        return " ".join(_lines(change.prefix)), " ".join(_lines(change.suffix))
    left, right = text[max(0, change.start - _REACH) : change.start], text[change.end : change.end + _REACH]
    return _lines(left)[-1], _lines(right)[0]


def _lines(text: str) -> list[str]:
    return re.split(r"\r\n|[\r\n\f]", text)
