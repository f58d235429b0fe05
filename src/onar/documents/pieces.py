"""From changes in the running text to new words in a document's own words.

- A change that crosses a line end becomes one *piece* a line: the lines of a document stay (:func:`pieces`).
- Words touched by the same piece form a *group*: one word, or several when a space inside a word goes.
- A group keeps its words where it can; where their number changes, the group's place is shared out by length.

``giiven-⏎liginin → güven-⏎liğinin`` is two pieces, one for the last word of a line, one for the first of the next.
Start reading at :func:`regroup`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onar.changelog.changes import Change
from onar.documents.model import Word

__all__ = ["Group", "Piece", "pieces", "regroup", "shares"]

_BREAKS = re.compile(r"[\n\f\r]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a change that lies on one line: the text from ``start`` to ``end`` becomes ``after``."""

    start: int
    end: int
    after: str


@dataclass(frozen=True, slots=True)
class Group:
    """The words from index ``first`` up to ``last`` (exclusive), whose texts become ``texts``.

    ``reshaped`` tells that the number of words changes, so that places have to be shared out anew.
    """

    first: int
    last: int
    texts: tuple[str, ...]
    reshaped: bool


def pieces(changes: Iterable[Change]) -> Iterator[Piece]:
    """Yield the *changes* that stand in the restored text line by line.

    >>> change = Change("1", 9, 24, 1, 10, 1, "giiven-\\nliginin", "güven-\\nliğinin")
    >>> [(p.start, p.end, p.after) for p in pieces([change])]
    [(9, 16, 'güven-'), (17, 24, 'liğinin')]
    """
    for change in changes:
        if not change.in_text:
            continue
        new = _BREAKS.split(change.after)
        spans: list[tuple[int, int]] = []
        at = 0
        for match in _BREAKS.finditer(change.before):
            spans.append((at, match.start()))
            at = match.end()
        spans.append((at, len(change.before)))
        if len(new) != len(spans):  # lines are promised to stay; whatever comes, no letter of it is lost
            new = ["".join(new), *[""] * (len(spans) - 1)]
        for (start, end), after in zip(spans, new, strict=True):
            if change.before[start:end] != after:
                yield Piece(change.start + start, change.start + end, after)


def _touched(words: Sequence[Word], starts: Sequence[int], source: str, piece: Piece) -> tuple[int, int]:
    """Return the index range of the *words* whose text *piece* changes, neighbours of a changed space included."""
    low, high = piece.start, max(piece.end, piece.start + 1)
    alone = _takes_whole_words(source, piece)
    if source[piece.start : piece.start + 1].isspace() and not alone:
        low -= 1
    if piece.end > piece.start and source[piece.end - 1].isspace() and not alone:
        high += 1
    first = max(0, bisect_right(starts, low) - 1)
    if words[first].end <= low:
        first += 1
    return first, max(first, bisect_left(starts, high))


def _takes_whole_words(source: str, piece: Piece) -> bool:
    """Tell whether *piece* takes out words, such as a speck, and leaves a space between their neighbours."""
    gone = source[piece.start : piece.end]
    if piece.after or not gone.strip():
        return False
    left, right = (
        not side or side.isspace()
        for side in (source[piece.start - 1 : piece.start] if piece.start else "", source[piece.end : piece.end + 1])
    )
    return (left or right) and (left or gone[0].isspace()) and (right or gone[-1].isspace())


def regroup(words: Sequence[Word], source: str, parts: Iterable[Piece]) -> list[Group]:
    """Return what becomes of those *words* (in text order, spans in *source*) that *parts* change.

    >>> words = [Word(0, 3, 1), Word(4, 6, 1), Word(7, 11, 1)]
    >>> regroup(words, "biz le giil", [Piece(0, 6, "bizle"), Piece(7, 11, "gül")])
    [Group(first=0, last=2, texts=('bizle',), reshaped=True), Group(first=2, last=3, texts=('gül',), reshaped=False)]
    """
    if not words:
        return []
    starts = [word.start for word in words]
    found: list[tuple[int, int, list[Piece]]] = []
    for part in parts:
        first, last = _touched(words, starts, source, part)
        if first >= last:
            continue
        if found and first < found[-1][1]:
            found[-1] = (found[-1][0], max(last, found[-1][1]), [*found[-1][2], part])
        else:
            found.append((first, last, [part]))
    return [_group(words, source, *each) for each in found]


def _group(words: Sequence[Word], source: str, first: int, last: int, parts: list[Piece]) -> Group:
    """Put *parts* into the text of the words from *first* to *last* and deal the result out to them."""
    begin, stop = words[first].start, words[last - 1].end
    out: list[str] = []
    at = begin
    for part in parts:
        out += (source[at : max(at, part.start)], part.after)
        at = max(at, part.end)
    tokens = ("".join(out) + source[at:stop]).split()
    before = [len(source[word.start : word.end].split()) for word in words[first:last]]
    if len(before) == 1 and before[0] > 1:  # no word but a line that was never cut into words
        return Group(first, last, (" ".join(tokens),), False)
    if sum(before) != len(tokens):
        return Group(first, last, tuple(tokens), True)
    dealt = iter(tokens)
    return Group(first, last, tuple(" ".join(next(dealt) for _ in range(n)) for n in before), False)


def shares(texts: Sequence[str]) -> list[tuple[float, float]]:
    """Share a width out to *texts* by their lengths, one letter's width between them, as fractions.

    >>> shares(["ve", "bu"])
    [(0.0, 0.4), (0.6, 1.0)]
    """
    whole = max(1, sum(map(len, texts)) + len(texts) - 1)
    out: list[tuple[float, float]] = []
    at = 0
    for text in texts:
        out.append((at / whole, (at + len(text)) / whole))
        at += len(text) + 1
    return out
