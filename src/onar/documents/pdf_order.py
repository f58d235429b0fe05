"""Columns: lines that were written across a gutter are read column by column.

- OCR engines write a page column by column; some writers of PDFs sort it into rows again, across the gutter.
- A gutter is a gap at the same place in at least six lines running, with prose on both sides of it.
- Tables keep their rows: what stands on one side of their gaps is short, or numbers.

``ülkelerin gü-   savaş sonrası`` over ``venliği için   dönemde ise`` is read ``ülkelerin gü- venliği için savaş …``.
Start reading at :func:`by_columns`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onar.documents.pdf_place import Placed

__all__ = ["by_columns"]

Line = tuple[Placed, ...]

_LINES = 6  # running; fewer may be chance
_GAP = 1.2  # of the height: wider than any space of a justified line
_STEP = 2.5  # of the height: a line farther down belongs to something else
_WORDS = 2.5  # on each side, on average: fewer is a table
_NUMBERS = 0.4  # of the words of a side: more is a table


@dataclass(slots=True)
class _Run:
    """Lines running that share a gutter from ``left`` to ``right``, cut there; one side may be empty."""

    left: float
    right: float
    sides: list[tuple[Line, Line]]
    cut: int = 0

    def take(self, line: Line) -> bool:
        """Add *line* if it follows and leaves the gutter free; tell whether it does."""
        base, before = line[0], (self.sides[-1][0] or self.sides[-1][1])[0]
        if abs(before.off(base.x, base.y)) > _STEP * base.height:
            return False
        for at in range(len(line) + 1):
            end = _end(line[at - 1]) if at else self.left
            start = line[at].x if at < len(line) else self.right
            left, right = max(self.left, end), min(self.right, start)
            if right - left >= _GAP * base.height and (at == 0 or end <= self.right):
                self.left, self.right = left, right
                self.sides.append((line[:at], line[at:]))
                self.cut += 0 < at < len(line)
                return True
        return False

    def lines(self) -> Iterator[Line]:
        """Yield the lines, column by column if these are columns."""
        if self.cut < _LINES or not all(_prose([side[n] for side in self.sides]) for n in (0, 1)):
            yield from (left + right for left, right in self.sides)
            return
        for n in (0, 1):
            yield from (side[n] for side in self.sides if side[n])


def _end(word: Placed) -> float:
    return word.x + word.length


def _prose(lines: Sequence[Line]) -> bool:
    """Tell whether one side of a gutter reads like running text."""
    words = [word.text for line in lines for word in line]
    numbers = sum(not any(c.isalpha() for c in word) for word in words)
    return len(words) >= _WORDS * sum(map(bool, lines)) and numbers <= _NUMBERS * len(words)


def _gutter(line: Line) -> _Run | None:
    """Return the run that begins with *line*, cut at its widest gap."""
    gaps = [(two.x - _end(one), at) for at, (one, two) in enumerate(pairwise(line), 1)]
    wide, at = max(gaps, default=(0.0, 0))
    if wide < _GAP * line[0].height:
        return None
    return _Run(_end(line[at - 1]), line[at].x, [(line[:at], line[at:])], 1)


def by_columns(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return *lines* in reading order: those that run across a gutter column by column, the others as they are."""
    out: list[Line] = []
    run: _Run | None = None
    for line in lines:
        upright = abs(line[0].angle) < 0.05
        if run is not None and upright and run.take(line):
            continue
        if run is not None:
            out += run.lines()
        run = _gutter(line) if upright else None
        if run is None:
            out.append(line)
    return (*out, *(run.lines() if run is not None else ()))
