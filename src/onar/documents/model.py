"""One model of a document behind all formats, so that restoring and reviewing know nothing of formats.

- A :class:`Document` is a *text* (reading order, lines, a form feed between pages) and the place of every word in it.
- :attr:`Document.confidences` hands the OCR engine's own word confidences to the restorer as evidence.
- :meth:`Document.locate` says where on the page a change lies, :meth:`Document.picture` shows it.
- :meth:`Document.write` puts the changed words back into the same format and leaves the rest alone.

A hOCR file whose third word is ``<span class='ocrx_word' title='bbox 5 9 80 30; x_wconf 61'>diizende</span>`` has
``Word(start=12, end=20, box=Box(1, 5, 9, 80, 30), confidence=0.61)``. Start reading at :class:`Document`.
"""

from __future__ import annotations

import io
from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

from onar.changelog.changes import Change, Restoration
from onar.errors import InputError

__all__ = ["Box", "Document", "Word", "check_source", "words_at"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in the page's own units: pixels for OCR formats, points for PDF.

    ``page`` is 1-based; the origin is the top left corner of the page as it is shown, y grows downwards.
    """

    page: int
    left: float
    top: float
    right: float
    bottom: float

    def __or__(self, other: Box) -> Box:
        """Return the smallest box around both.

        >>> Box(1, 5, 9, 80, 30) | Box(1, 90, 8, 99, 30)
        Box(page=1, left=5, top=8, right=99, bottom=30)
        """
        return Box(
            self.page,
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def part(self, start: float, end: float) -> Box:
        """Return the vertical slice from the fraction *start* of the width to the fraction *end*.

        >>> Box(1, 0, 0, 100, 20).part(0.5, 0.75)
        Box(page=1, left=50.0, top=0, right=75.0, bottom=20)
        """
        wide = self.right - self.left
        return Box(self.page, self.left + wide * start, self.top, self.left + wide * end, self.bottom)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a document: where in the text, where on the page, and how sure the OCR engine was.

    ``start`` and ``end`` are code points in :attr:`Document.text`; ``confidence`` is a probability or None.
    """

    start: int
    end: int
    page: int
    box: Box | None = None
    confidence: float | None = None


def words_at(words: Sequence[Word], start: int, end: int) -> Iterator[Word]:
    """Yield the *words* (in text order) that share a character with the span from *start* to *end*.

    >>> [w.start for w in words_at([Word(0, 3, 1), Word(4, 8, 1), Word(9, 12, 1)], 6, 10)]
    [4, 9]
    """
    at = max(0, bisect_right(words, start, key=lambda word: word.start) - 1)
    while at < len(words) and words[at].start < max(end, start + 1):
        if words[at].end > start:
            yield words[at]
        at += 1


def check_source(restoration: Restoration, text: str, name: str) -> None:
    """Raise :class:`InputError` unless *restoration* was made from *text* and its changes fit."""
    if restoration.source != text:
        raise InputError(f"the restoration was not made from {name}: restore this document's own text")
    _ = restoration.text  # raises where a change does not fit


class Document(ABC):
    """A document of any format, read.

    ``format`` is one of ``text pdf hocr alto page tsv``; ``name`` is what messages call it; ``text`` its text;
    ``notes`` one-line remarks for the reader (a page without text layer, a repaired file).
    """

    format: str
    name: str
    text: str
    notes: tuple[str, ...] = ()

    @property
    @abstractmethod
    def pages(self) -> int:
        """How many pages the document has."""

    @abstractmethod
    def words(self) -> Iterable[Word]:
        """All words in text order; nothing is kept when the format reads them page by page."""

    @property
    def confidences(self) -> tuple[tuple[int, int, float], ...]:
        """The engine's own word confidences as (start, end, probability), for ``Restorer.restore``."""
        return tuple((w.start, w.end, w.confidence) for w in self.words() if w.confidence is not None)

    def locate(self, change: Change) -> tuple[Box, ...]:
        """Where *change* lies: a box for each word it covers, none when the format has no boxes."""
        return ()

    def placed(self, changes: Iterable[Change]) -> Iterator[Change]:
        """Yield *changes* (in text order) with the boxes of their words, for the log."""
        for change in changes:
            sides = ((box.left, box.top, box.right, box.bottom) for box in self.locate(change))
            boxes = tuple((round(a, 2), round(b, 2), round(c, 2), round(d, 2)) for a, b, c, d in sides)
            yield replace(change, boxes=boxes) if boxes else change

    def picture(self, change: Change) -> bytes | None:
        """Return a small PNG of the changed word as printed, or None when the format has no pictures."""
        return None

    @abstractmethod
    def write(self, restoration: Restoration, out: BinaryIO, *, skip_visible: bool = False) -> tuple[str, ...]:
        """Write the document with the applied changes in the same format to *out*; return one-line remarks.

        ``skip_visible`` leaves PDF pages with visible text as they are instead of refusing the file.
        Raises :class:`InputError` for a restoration of another text, :class:`RefusedError` for a PDF that
        can't be rewritten safely. Nothing may be kept of *out* after an error.
        """

    def rewrite(self, restoration: Restoration, *, skip_visible: bool = False) -> bytes:
        """Return what :meth:`write` writes; for big files give :meth:`write` a file instead."""
        out = io.BytesIO()
        self.write(restoration, out, skip_visible=skip_visible)
        return out.getvalue()

    def close(self) -> None:  # noqa: B027 - most formats hold nothing open
        """Let go of open files; the document can't be read further."""

    def __enter__(self) -> Document:
        """Use as a context manager: closed at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()
