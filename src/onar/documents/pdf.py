"""Scanned PDFs: the text of the invisible layer, and the same pages with a restored layer.

- Reading (pdfium): one page at a time; what is kept is the text alone, places are read again when asked for.
- Writing (pikepdf): only pages with changes; the old layer goes, the new one stands at the same places.
- Refused rather than harmed: encrypted and signed files, and pages whose text is visible print.
- Text under an opaque picture (ABBYY) is invisible too: taking it away must not change a pixel.

``with open_document("scan.pdf") as scan:`` then ``scan.write(restorer.restore(scan.text), file)``.
Start reading at :meth:`PdfDocument.write`.
"""

from __future__ import annotations

import io
import shutil
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_
from pathlib import Path
from typing import BinaryIO

from onar.changelog.changes import Change, Restoration
from onar.documents.model import Box, Document, Word, check_source, words_at
from onar.documents.pdf_guard import Structure
from onar.documents.pdf_picture import picture
from onar.documents.pdf_place import PageText, Placed
from onar.documents.pdf_read import Reader
from onar.documents.pdf_write import Writer, rearranged
from onar.documents.pieces import Piece, pieces, regroup
from onar.errors import InputError, RefusedError

__all__ = ["PdfDocument"]

_MOST_LOST = 0.3  # of the characters of a page without Unicode value: its text is noise
_NO_TEXT = "no text layer: run OCR on it first, for instance ocrmypdf -l tur"
_NO_UNICODE = "its text layer has no Unicode map: run OCR on it again, for instance ocrmypdf --redo-ocr"
_DAMAGED = "is damaged and can't be rewritten safely: repair it first (qpdf IN OUT)"
_VISIBLE = "its text is visible print, not an OCR layer"


class PdfDocument(Document):
    """A PDF file."""

    format = "pdf"

    def __init__(self, source: Path | bytes, name: str) -> None:
        """Read the text of all pages; raises :class:`InputError` or :class:`RefusedError`."""
        self.name = name
        self._source = source
        self._starts: list[int] = []
        self._recent: tuple[int, PageText] | None = None
        self._located: tuple[int, list[Word], list[Placed]] | None = None
        self._readable: list[bool] = []
        structure = Structure(source, name)
        try:
            self._repaired = structure.repaired
            self._reader = Reader(source, name)
            try:
                self._read_all(structure)
            except BaseException:
                self._reader.close()
                raise
        finally:
            structure.close()  # it keeps every page that it has looked at

    def close(self) -> None:
        """Close the file."""
        self._reader.close()

    @property
    def pages(self) -> int:
        """How many pages the document has."""
        return self._reader.pages

    def _read_all(self, structure: Structure) -> None:
        """Read the text of every page that *structure* finds bearable, and note the pages without any."""
        out: list[str] = []
        bare: list[int] = []
        lost: list[int] = []
        at = 0
        for index in range(self.pages):
            if index < structure.pages:
                structure.measure(index)
            page = self._page(index)
            text = page.text
            (bare if not text else lost if page.lost > _MOST_LOST else []).append(index + 1)
            self._readable.append(page.lost <= _MOST_LOST)
            text = text if self._readable[-1] else ""
            self._starts.append(at)
            out.append(text)
            at += len(text) + 1
        self.text = "\f".join(out)
        notes = [f"{self.name}: {_pages(lost)}: {_NO_UNICODE}"] * bool(lost)
        notes += [f"{self.name}: {_pages(bare)}: {_NO_TEXT}"] * bool(bare)
        notes += [f"{self.name} is damaged; its structure was repaired while reading"] * self._repaired
        self.notes = tuple(notes)

    def _page(self, index: int) -> PageText:
        """Return the page *index* (0-based); the last one read is kept, no more."""
        if self._recent is None or self._recent[0] != index:
            self._recent = (index, self._reader.page(index))
        return self._recent[1]

    def _words(self, index: int) -> tuple[list[Word], list[Placed]]:
        """Return the words of the page *index* with their places; those of the last one asked for are kept."""
        if self._located is None or self._located[0] != index:
            page = self._page(index)
            spans = page.spans(self._starts[index]) if self._readable[index] else []
            words = [Word(start, end, index + 1, page.view.box(index + 1, placed)) for start, end, placed in spans]
            self._located = (index, words, [placed for _, _, placed in spans])
        return self._located[1:]

    def words(self) -> Iterator[Word]:
        """Yield all words in text order, page by page."""
        for index in range(self.pages):
            yield from self._words(index)[0]

    @property
    def confidences(self) -> tuple[tuple[int, int, float], ...]:
        """A PDF does not say how sure its OCR engine was."""
        return ()

    def _index(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)

    def locate(self, change: Change) -> tuple[Box, ...]:
        """Where *change* lies: a box for each word it covers, over a page end too."""
        found: list[Box] = []
        for index in range(self._index(change.start), self._index(max(change.start, change.end - 1)) + 1):
            found += [w.box for w in words_at(self._words(index)[0], change.start, change.end) if w.box is not None]
        return tuple(found)

    def picture(self, change: Change) -> bytes | None:
        """Return a small PNG of the changed word as printed (its first line, where it is broken)."""
        boxes = self.locate(change)
        first = [box for box in boxes if box.page == boxes[0].page and box.top < boxes[0].bottom]
        return picture(self._reader, reduce(or_, first)) if first else None

    def write(self, restoration: Restoration, out: BinaryIO, *, skip_visible: bool = False) -> tuple[str, ...]:
        """Write the PDF with a restored layer on the pages that have applied changes.

        Everything else stays: pictures, bookmarks, links, labels, metadata. Raises :class:`RefusedError` for signed
        files and for pages of visible text, unless *skip_visible* leaves those pages as they are.
        """
        check_source(restoration, self.text, self.name)
        if not any(change.in_text for change in restoration.changes):
            self._copy(out)
            return ()
        with Writer(self._source, self.name) as writer:
            if writer.structure.pages != self.pages:
                raise InputError(f"{self.name} {_DAMAGED}")
            left: list[int] = []
            for index, mine in self._by_page(pieces(restoration.changes)):
                words, placed = self._words(index)
                groups = regroup(words, self.text, mine)
                page = self._page(index)
                if groups and not writer.replace(index, rearranged(page, placed, groups), page, self._reader):
                    left.append(index + 1)
            if left and not skip_visible:
                way = "--skip-visible leaves it as it is, -o NAME.txt writes text"
                raise RefusedError(f"{self.name}: {_pages(left)}: {_VISIBLE}: {way}")
            if self._repaired:
                self._save_checked(writer, restoration.text, bool(left), out)
            else:
                writer.save(out)
        return (f"{self.name}: {_pages(left)} left unchanged: {_VISIBLE}",) if left else ()

    def _save_checked(self, writer: Writer, text: str, partly: bool, out: BinaryIO) -> None:
        """Save a file that was repaired while reading, if what comes out has the *text* it should have."""
        file = io.BytesIO()
        writer.save(file)
        with PdfDocument(file.getvalue(), self.name) as again:
            if not partly and again.text.split() != text.split():
                raise InputError(f"{self.name} {_DAMAGED}")
        out.write(file.getvalue())

    def _copy(self, out: BinaryIO) -> None:
        """Write the source as it is."""
        with io.BytesIO(self._source) if isinstance(self._source, bytes) else self._source.open("rb") as file:
            shutil.copyfileobj(file, out)

    def _by_page(self, parts: Iterable[Piece]) -> Iterator[tuple[int, list[Piece]]]:
        """Group *parts*, which are in text order and never cross a page end, by page index."""
        at, group = -1, list[Piece]()
        for part in parts:
            index = self._index(part.start)
            if index != at and group:
                yield at, group
                group = []
            at = index
            group.append(part)
        if group:
            yield at, group


def _pages(numbers: Sequence[int]) -> str:
    """Name pages: ``page 3``, ``pages 1-3, 7``, at most eight ranges.

    >>> _pages([3]), _pages([1, 2, 3, 7])
    ('page 3', 'pages 1-3, 7')
    """
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and ranges[-1][-1] == number - 1:
            ranges[-1] = [ranges[-1][0], number]
        else:
            ranges.append([number])
    shown = ", ".join("-".join(map(str, each)) for each in ranges[:8]) + ", …" * (len(ranges) > 8)
    return f"page{'s' * (len(numbers) > 1)} {shown}"
