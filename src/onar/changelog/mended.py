"""A mended text: the source with broken glyphs put right, and the way back to the source.

- An :class:`Op` is one mending: what stands for which source characters, by which row of which family's table.
- :meth:`Mended.span` turns offsets of the mended text into offsets of the source, whole mendings only.
- :func:`merged` makes one list of the mendings and of what the engine changed after them, a word at a time, so that the
  log alone still makes the restored text out of the source.

``yaþlý`` → ``yaşlı`` is one edit with the rules ``ş>þ`` and ``ı>ý``. Start reading at :class:`Mended`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from onar.segment import APOSTROPHES

__all__ = ["Edit", "Mended", "Op", "merged"]

SURE, UNLISTED = 0.99, 0.9  # confidence of a mended word that is listed, of one that is not


class Op(NamedTuple):
    """One mending: *printed* stands for the source text from *start* to *end*, by the row *rule* of *family*."""

    start: int
    end: int
    printed: str
    rule: str
    family: str
    known: bool = True


class Edit(NamedTuple):
    """A replacement the engine wants, in offsets of the text it was given."""

    start: int
    end: int
    after: str
    rules: tuple[str, ...]
    confidence: float
    alternatives: tuple[tuple[str, float], ...] = ()
    applied: bool = True


class Mended:
    """A text with its mendings put in, and the way back into the source."""

    def __init__(self, source: str, ops: Sequence[Op]) -> None:
        """Put *ops*, in text order and apart, into *source*."""
        self.source, self.ops = source, tuple(ops)
        out: list[str] = []
        at = moved = 0
        self._starts: list[int] = []  # where each mending begins and ends in the mended text
        self._stops: list[int] = []
        for op in self.ops:
            out += (source[at : op.start], op.printed)
            self._starts.append(op.start + moved)
            self._stops.append(op.start + moved + len(op.printed))
            moved += len(op.printed) - (op.end - op.start)
            at = op.end
        self.text = "".join(out) + source[at:] if self.ops else source

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where *start* to *end* of the mended text stands in the source, whole mendings only.

        >>> Mended("ta¸s ev", [Op(2, 4, "ş", "ş>¸s", "accents")]).span(0, 3)
        (0, 4)
        """
        first = bisect_right(self._stops, start)  # the first mending that ends behind start
        within = first < len(self.ops) and self._starts[first] < start
        begin = self.ops[first].start if within else self._shifted(start, first)
        last = bisect_left(self._starts, end)  # the mendings before it begin before end
        if last and self._stops[last - 1] > end:
            return begin, self.ops[last - 1].end
        return begin, max(begin, self._shifted(end, last))

    def _shifted(self, at: int, passed: int) -> int:
        return at if not passed else at - self._stops[passed - 1] + self.ops[passed - 1].end

    def inside(self, start: int, end: int) -> tuple[Op, ...]:
        """Return the mendings between *start* and *end* of the source."""
        return self.ops[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def put_in(self, start: int, end: int) -> str:
        """Return the source from *start* to *end* with its mendings."""
        out: list[str] = []
        at = start
        for op in self.inside(start, end):
            out += (self.source[at : op.start], op.printed)
            at = op.end
        return "".join(out) + self.source[at:end]

    @cached_property
    def starts(self) -> list[int]:
        """Where the mendings begin in the source."""
        return [op.start for op in self.ops]


def merged(mended: Mended, edits: Iterable[Edit]) -> Iterator[Edit]:
    """Yield *edits* of the mended text and the mendings themselves as edits of the source, a word at a time.

    >>> mended = Mended("yaþlý", [Op(2, 3, "ş", "ş>þ", "codepages"), Op(4, 5, "ı", "ı>ý", "codepages")])
    >>> [(edit.start, edit.end, edit.after, edit.rules) for edit in merged(mended, ())]
    [(0, 5, 'yaşlı', ('ş>þ', 'ı>ý'))]
    """
    if not mended.ops:
        yield from edits
        return
    following = done = 0
    for edit in edits:
        start, end = mended.span(edit.start, edit.end)
        while following < len(mended.ops) and mended.ops[following].end <= start:
            following, own = _word(mended, following, done, start)
            done = own.end
            yield own
        done = end
        inside = mended.inside(start, end)
        following = max(following, bisect_left(mended.starts, end, following))
        rules = (*(op.rule for op in inside), *edit.rules)
        if edit.applied or not inside:
            yield edit._replace(start=start, end=end, rules=rules)
        else:
            own = _edit(mended, start, end, inside)
            yield own._replace(alternatives=((edit.after, edit.confidence), *edit.alternatives))
    while following < len(mended.ops):
        following, own = _word(mended, following, done, len(mended.source))
        done = own.end
        yield own


def _word(mended: Mended, first: int, floor: int, limit: int) -> tuple[int, Edit]:
    """Return the edit of the word that holds mending number *first*, from *floor* to *limit*, and the next number."""
    source, ops = mended.source, mended.ops
    start, end = ops[first].start, ops[first].end
    while start > floor and _in_word(source[start - 1]):
        start -= 1
    following = first + 1
    while end < limit:
        if following < len(ops) and ops[following].start == end and ops[following].end <= limit:
            end = ops[following].end
            following += 1
        elif _in_word(source[end]):
            end += 1
        else:
            break
    return following, _edit(mended, start, end, ops[first:following])


def _edit(mended: Mended, start: int, end: int, ops: Sequence[Op]) -> Edit:
    sure = SURE if all(op.known for op in ops) else UNLISTED
    return Edit(start, end, mended.put_in(start, end), tuple(op.rule for op in ops), sure)


def _in_word(char: str) -> bool:
    return char.isalnum() or char in APOSTROPHES
