"""What the OCR formats share: words in marked-up bytes, and how they change there.

- A :class:`Layout` collects words, lines, blocks and pages and lays out the running text.
- Lines end in a line feed, blocks in a blank line, pages in a form feed, as in an OCR engine's own text output.
- A changed word is an edit of its own bytes; where words are joined or split, their place is shared out by length.
- A format is four small answers: read the words, set one, drop one, add one (:class:`MarkedDocument`).

``<span class='ocrx_word'>diizende</span>`` becomes ``<span class='ocrx_word'>düzende</span>`` and no other byte moves.
Start reading at :meth:`MarkedDocument.edits`.
"""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import BinaryIO, Generic, TypeVar

from onar.changelog.changes import Change, Restoration
from onar.documents.markup import Edit, patch
from onar.documents.model import Box, Document, Word, check_source, words_at
from onar.documents.pieces import Group, pieces, regroup, shares

__all__ = ["Layout", "MarkedDocument", "box_of", "probability"]

Leaf = TypeVar("Leaf")
_FARTHEST = 1e7  # no page is ten million pixels wide


def probability(value: str | None, scale: float = 1.0) -> float | None:
    """Return the confidence *value* as a probability, or None when it is missing or absurd.

    >>> probability("89", 100), probability("-1", 100), probability("nan")
    (0.89, None, None)
    """
    try:
        number = float(value or "nan") / scale
    except ValueError:
        return None
    return number if 0 <= number <= 1 else None


def box_of(page: int, left: str | float, top: str | float, right: str | float, bottom: str | float) -> Box | None:
    """Return the box, or None when it is no box: not numbers, no area, absurdly far away.

    >>> box_of(1, "5", "9", "80", "30"), box_of(1, 5, 9, 4, 30), box_of(1, "a", 0, 1, 1)
    (Box(page=1, left=5.0, top=9.0, right=80.0, bottom=30.0), None, None)
    """
    try:
        sides = [float(side) for side in (left, top, right, bottom)]
    except (ValueError, OverflowError):
        return None
    sound = all(math.isfinite(side) and abs(side) < _FARTHEST for side in sides)
    return Box(page, *sides) if sound and sides[2] > sides[0] and sides[3] > sides[1] else None


class Layout(Generic[Leaf]):
    """Collects the words of a document with the element each stands in, and lays out the text.

    >>> page = Layout[str]()
    >>> page.word("yeni", "w1"); page.word("düzen", "w2"); page.line(); page.word("son", "w3"); page.page()
    >>> page.finish(), page.words[1].start
    ('yeni düzen\\nson\\n', 5)
    """

    def __init__(self) -> None:
        """Start empty, on page 1."""
        self._out: list[str] = []
        self._length = 0
        self._gap = ""
        self.words: list[Word] = []
        self.leaves: list[Leaf] = []
        self.pages = 0

    def word(self, text: str, leaf: Leaf, box: Box | None = None, confidence: float | None = None) -> None:
        """Add a word; white space inside is one space, and nothing but white space is no word."""
        text = " ".join(text.split())
        if not text:
            return
        self._put(self._gap)
        self.words.append(Word(self._length, self._length + len(text), self.pages + 1, box, confidence))
        self.leaves.append(leaf)
        self._put(text)
        self._gap = " "

    def _put(self, text: str) -> None:
        self._out.append(text)
        self._length += len(text)

    def line(self) -> None:
        """End the line, if it has words."""
        if self._gap == " ":
            self._gap = "\n"

    def block(self) -> None:
        """End the paragraph, if it has words."""
        self.line()
        if self._gap == "\n":
            self._gap = "\n\n"

    def page(self) -> None:
        """End the page, words or not."""
        self.line()
        self._put(self._gap[:1] + "\f")
        self._gap = ""
        self.pages += 1

    def finish(self) -> str:
        """Return the text without the form feed after the last page."""
        if self._gap or not self.pages:
            self.page()
        return "".join(self._out)[:-1]


class MarkedDocument(Document, Generic[Leaf]):
    """A document whose words stand in elements (*leaves*) of marked-up bytes."""

    def __init__(self, data: bytes, name: str, layout: Layout[Leaf]) -> None:
        """Take the words that a format found."""
        self.name = name
        self._data = data
        self.text = layout.finish()
        self._pages = layout.pages
        self._words: Sequence[Word] = layout.words
        self._leaves: Sequence[Leaf] = layout.leaves
        if not layout.words:
            self.notes = (f"{name} holds no words: run OCR on its images first",)

    @property
    def pages(self) -> int:
        """How many pages the document has."""
        return self._pages

    def words(self) -> Sequence[Word]:
        """All words in text order."""
        return self._words

    def locate(self, change: Change) -> tuple[Box, ...]:
        """Where *change* lies: a box for each word it covers."""
        return tuple(w.box for w in words_at(self._words, change.start, change.end) if w.box is not None)

    def write(self, restoration: Restoration, out: BinaryIO, *, skip_visible: bool = False) -> tuple[str, ...]:
        """Write the source with the bytes of the changed words changed."""
        check_source(restoration, self.text, self.name)
        groups = regroup(self._words, self.text, pieces(restoration.changes))
        out.write(patch(self._data, self.edits(groups)))
        return ()

    def edits(self, groups: Sequence[Group]) -> list[Edit]:
        """Return the edits that put the new words of *groups* into the bytes."""
        found: list[Edit] = []
        for group in groups:
            found += self._reshaped(group) if group.reshaped else self._kept(group)
        return found

    def _kept(self, group: Group) -> list[Edit]:
        """Every word keeps its element and place; only those whose text is new are touched."""
        found: list[Edit] = []
        for index, text in zip(range(group.first, group.last), group.texts, strict=True):
            word = self._words[index]
            if self.text[word.start : word.end] != text:
                found += self.set_word(self._leaves[index], text, None)
        return found

    def _reshaped(self, group: Group) -> list[Edit]:
        """Words joined or split: elements are reused in order, spare ones go, missing ones come after the last."""
        indices = range(group.first, group.last)
        boxes = [self._words[i].box for i in indices]
        whole = reduce(or_, [box for box in boxes if box is not None]) if None not in boxes else None
        places = [whole.part(*share) if whole else None for share in shares(group.texts)]
        leaves = [self._leaves[i] for i in indices]
        found: list[Edit] = []
        for leaf, text, box in zip(leaves, group.texts, places, strict=False):
            found += self.set_word(leaf, text, box)
        for leaf in leaves[len(group.texts) :]:
            found += self.drop_word(leaf)
        more = list(zip(group.texts, places, strict=True))[len(leaves) :]
        return found + (self.add_words(leaves[-1], more) if more else [])

    @abstractmethod
    def set_word(self, leaf: Leaf, text: str, box: Box | None) -> list[Edit]:
        """Return the edits that give *leaf* a new text, and a new place if *box* is given."""

    @abstractmethod
    def drop_word(self, leaf: Leaf) -> list[Edit]:
        """Return the edits that take *leaf* out."""

    @abstractmethod
    def add_words(self, leaf: Leaf, more: Sequence[tuple[str, Box | None]]) -> list[Edit]:
        """Return the edits that put further words after *leaf*, made after its pattern."""
