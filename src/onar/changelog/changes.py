"""A change: where, what was read, what was printed, why and how sure; and putting changes in and taking them out.

- The restored text is *defined* as the source with some of the changes put in (:func:`apply`).
- :func:`revert` gives the source back to the last character.
- ``status`` is the engine's word (``applied`` or ``flagged``), ``decision`` a person's; the person's goes first.
- :func:`locate` tells line, column and page of an offset, and makes changes whose ids survive a second run.

``diizende`` read on line 31 becomes ``Change(start=1042, end=1050, before="diizende", after="düzende", …)``.
Start reading at :class:`Change`.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Literal

from onar.errors import InputError

__all__ = [
    "CONTEXT",
    "Change",
    "Decision",
    "Places",
    "Restoration",
    "Status",
    "apply",
    "locate",
    "make_id",
    "parts",
    "revert",
]

Status = Literal["applied", "flagged"]
Decision = Literal["accept", "reject", "edit"]

CONTEXT = 40
"""How many code points of the source a change carries on either side."""

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_NEIGHBOURS = 2
_PARTS = 2000  # pieces of a text that are put together at once


@dataclass(frozen=True, slots=True)
class Change:
    """One proposed or applied replacement in the source text.

    ``start`` and ``end`` count Unicode code points in the decoded source, half-open; ``line`` and ``column`` are
    1-based, ``page`` is 1-based (form feeds separate pages). ``confidence`` is the probability that the change is
    right. With the decision ``edit``, ``after`` is the person's own reading. ``boxes`` say where its words stand on the
    page: left, top, right and bottom of each, from the top left corner, in the units of the format (PDF: points).
    """

    id: str
    start: int
    end: int
    line: int
    column: int
    page: int
    before: str
    after: str
    prefix: str = ""
    suffix: str = ""
    rules: tuple[str, ...] = ()
    confidence: float = 1.0
    alternatives: tuple[tuple[str, float], ...] = ()
    status: Status = "applied"
    decision: Decision | None = None
    note: str | None = None
    boxes: tuple[tuple[float, float, float, float], ...] = ()

    @property
    def in_text(self) -> bool:
        """Whether the change stands in the restored text: a person's decision goes before the engine's status."""
        return self.status == "applied" if self.decision is None else self.decision != "reject"

    def __str__(self) -> str:
        """Return one readable line: place, what was read, what was printed, how sure."""
        word = self.decision or self.status
        return f"{self.line}:{self.column} {self.before} → {self.after} ({self.confidence:.0%}, {word})"


@dataclass(frozen=True, slots=True)
class Restoration:
    """A restored text with the log that made it."""

    source: str
    changes: Sequence[Change]
    signature: dict[str, object] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The restored text: the source with the changes put in that stand."""
        return apply(self.source, self.changes)


def apply(source: str, changes: Iterable[Change]) -> str:
    """Return *source* with the changes put in that stand: those applied or accepted, and not rejected.

    *changes* come in text order. Raises :class:`InputError` when one of them overlaps another or does not fit the text.

    >>> apply("yeni diizende", [Change("1", 5, 13, 1, 6, 1, "diizende", "düzende")])
    'yeni düzende'
    """
    return "".join(parts(source, changes))


def parts(source: str, changes: Iterable[Change]) -> Iterator[str]:
    """Yield, some thousands of characters at a time, *source* with the changes put in; as :func:`apply`, in little memory."""
    out: list[str] = []
    at = 0
    for change in changes:
        if not change.in_text:
            continue
        start, end = change.start, change.end
        if start < at or end - start != len(change.before) or source[start:end] != change.before:
            raise InputError(
                f"change {change.id} does not fit the text at {start}: give the source that the log was made from"
            )
        out += (source[at:start], change.after)
        at = end
        if len(out) > _PARTS:
            yield "".join(out)
            out = []
    yield "".join(out)
    yield source[at:]


def revert(text: str, changes: Iterable[Change]) -> str:
    """Return the source from which applying *changes* made *text*.

    Raises :class:`InputError` when *text* is not what these changes made.

    >>> revert("yeni düzende", [Change("1", 5, 13, 1, 6, 1, "diizende", "düzende")])
    'yeni diizende'
    """
    out: list[str] = []
    at = moved = 0
    for change in changes:
        if not change.in_text:
            continue
        start = change.start + moved
        end = start + len(change.after)
        if start < at or text[start:end] != change.after:
            raise InputError(f"change {change.id} is not in the text at {start}: give the text that this log restored")
        out += (text[at:start], change.before)
        at = end
        moved += len(change.after) - len(change.before)
    return "".join(out) + text[at:]


def make_id(before: str, prefix: str, suffix: str, occurrence: int = 0) -> str:
    """Return the id of a change: 12 hexadecimal digits from the word and its nearest neighbours.

    Offsets and line breaks take no part, nor does the proposed reading: edits elsewhere in the source, another wrapping
    and a newer version keep the id. *occurrence* tells equal words with equal neighbours apart.

    >>> make_id("diizende", "kurulan yeni ", " bölgesel") == make_id("diizende", "bir kurulan\\nyeni ", "\\nbölgesel")
    True
    """
    near = (" ".join(prefix.split()[-_NEIGHBOURS:]), " ".join(suffix.split()[:_NEIGHBOURS]))
    key = "\0".join((before, *near, str(occurrence)))
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


class Places:
    r"""Where things stand in one text: line, column and page of an offset, and the surroundings of a word.

    Lines end with ``\n``, ``\r\n`` or a lone ``\r``; columns count code points; pages end with a form feed.
    """

    __slots__ = ("_ids", "_lines", "_pages", "_repeats", "text")

    def __init__(self, text: str) -> None:
        """Find the line and page breaks of *text*, once."""
        self.text = text
        self._lines = array("Q", [0])
        self._lines.extend(match.end() for match in _LINE_BREAK.finditer(text))
        self._pages = array("Q", (match.start() for match in re.finditer("\f", text)))
        self._ids: set[int] = set()  # as numbers, for a book has a hundred thousand
        self._repeats: dict[str, int] = {}

    def at(self, offset: int) -> tuple[int, int, int]:
        r"""Return line, column and page of *offset*, each 1-based.

        >>> locate("bir\r\niki\füç").at(9)
        (2, 5, 2)
        """
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1, bisect_left(self._pages, offset) + 1

    def around(self, start: int, end: int) -> tuple[str, str]:
        """Return up to ``CONTEXT`` code points before *start* and after *end*, cut between words where possible.

        >>> locate("kurulan yeni diizende bölgesel").around(13, 21)
        ('kurulan yeni ', ' bölgesel')
        """
        left, right = max(0, start - CONTEXT), min(len(self.text), end + CONTEXT)
        prefix, suffix = self.text[left:start], self.text[end:right]
        if left and (cut := prefix.partition(" "))[2].strip():
            prefix = cut[2]
        if right < len(self.text) and (cut := suffix.rpartition(" "))[0].strip():
            suffix = cut[0]
        return prefix, suffix

    def change(
        self,
        start: int,
        end: int,
        after: str,
        *,
        rules: Iterable[str] = (),
        confidence: float = 1.0,
        alternatives: Iterable[tuple[str, float]] = (),
        status: Status = "applied",
        decision: Decision | None = None,
        note: str | None = None,
    ) -> Change:
        """Return the change of ``text[start:end]`` into *after* with its place, surroundings and a unique id.

        Call it in text order: the ids of equal words with equal neighbours count up.

        >>> print(locate("yeni diizende").change(5, 13, "düzende", confidence=0.99))
        1:6 diizende → düzende (99%, applied)
        """
        before = self.text[start:end]
        prefix, suffix = self.around(start, end)
        line, column, page = self.at(start)
        return Change(
            self._new_id(before, prefix, suffix),
            *(start, end, line, column, page, before, after, prefix, suffix),
            tuple(rules),
            confidence,
            tuple(alternatives),
            status,
            decision,
            note,
        )

    def _new_id(self, before: str, prefix: str, suffix: str) -> str:
        first = made = make_id(before, prefix, suffix)
        while int(made, 16) in self._ids:
            self._repeats[first] = self._repeats.get(first, 0) + 1
            made = make_id(before, prefix, suffix, self._repeats[first])
        self._ids.add(int(made, 16))
        return made


def locate(text: str) -> Places:
    r"""Return the places of *text*, in time linear in its length.

    >>> locate("bir\niki").at(4)
    (2, 1, 1)
    """
    return Places(text)
