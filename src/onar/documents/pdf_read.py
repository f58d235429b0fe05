"""Reading a PDF page: its words in reading order, and where each stands (pdfium).

- The order of the page's content is the reading order, but for columns that were written row by row.
- A word ends at white space, at a jump, and where the direction turns; a line ends where a word leaves its baseline.
- Pages are read one at a time and let go: memory does not grow with their number.

``giiven-`` and ``liginin`` are the last word of one line and the first of the next, wherever those stand.
Start reading at :meth:`Reader.page`.
"""

from __future__ import annotations

import ctypes
import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from onar.documents.pdf_order import by_columns
from onar.documents.pdf_place import PageText, Placed, View
from onar.errors import InputError, RefusedError

__all__ = ["LOCK", "Reader"]

LOCK = threading.RLock()  # pdfium is not made for threads
MAX_CHARACTERS = 200_000  # a dense newspaper page holds 40,000
_LINE_JUMP = 0.45  # of the height: farther off the baseline is another line
_WORD_JUMP = 0.6  # of the height: a gap as wide as this is a space nobody wrote
_TURN = math.radians(8)
_HYPHENS = {0x02: "-", 0xFFFE: "-", 0xAD: "-"}  # how pdfium gives a hyphen at a line end
_LOST = "\ufffd"
_INVISIBLE = 3
_KEPT = 48 * 2**20  # bytes of a file that pdfium may keep in memory before it is opened anew
_FARTHEST = 1e6  # points; a page is at most 14,400 wide
_PARAGRAPH = 1.35  # times the usual distance of lines


_EMPTY = PageText((), frozenset(), True, 0.0)


def _libraries() -> tuple[Any, Any]:
    try:
        import pypdfium2
        import pypdfium2.raw
    except ImportError as error:
        raise InputError("reading a PDF needs two more libraries: pip install 'onar[pdf]'") from error
    return pypdfium2, pypdfium2.raw


class Reader:
    """An open PDF."""

    def __init__(self, source: Path | bytes, name: str) -> None:
        """Open *source*; raises :class:`RefusedError` for a password, :class:`InputError` for damage."""
        self._pdfium, self._raw = _libraries()
        self.name = name
        self._source = source
        try:
            with LOCK:
                self._document = self._pdfium.PdfDocument(source)
                self.pages: int = len(self._document)
        except self._pdfium.PdfiumError as error:
            if "assword" in str(error):
                raise RefusedError(f"{name} is encrypted: remove its password first (qpdf --decrypt)") from error
            raise InputError(f"{name} can't be read as a PDF ({error}): repair it first (qpdf IN OUT)") from error
        except OSError as error:
            raise InputError(f"{name} can't be read ({error}): check the path and its permissions") from error
        if not self.pages:
            raise InputError(f"{name} has no pages: nothing to restore")
        size = len(source) if isinstance(source, bytes) else source.stat().st_size
        self._most = max(1, _KEPT * self.pages // max(size, 1))
        self._opened = 0

    def close(self) -> None:
        """Close the file."""
        with LOCK:
            self._document.close()

    @contextmanager
    def open(self, index: int) -> Iterator[Any]:
        """Give the page *index* (0-based) to pdfium, or None if it can't be read; no other thread may use pdfium."""
        with LOCK:
            if self._opened >= self._most:  # pdfium keeps what it has once read of a file, pictures too
                self._document.close()
                self._document, self._opened = self._pdfium.PdfDocument(self._source), 0
            self._opened += 1
            try:
                page = self._document[index]
            except self._pdfium.PdfiumError:
                yield None
                return
            try:
                yield page
            finally:
                page.close()

    def page(self, index: int) -> PageText:
        """Read the page *index* (0-based); a page that can't be read has no words."""
        with self.open(index) as page:
            textpage = self._raw.FPDFText_LoadPage(page) if page else None
            if not textpage:
                return _EMPTY
            try:
                return self._read(textpage, self._view(page))
            finally:
                self._raw.FPDFText_ClosePage(textpage)

    def _view(self, page: Any) -> View:
        left, bottom, right, top = page.get_bbox()
        return View(left, bottom, right, top, page.get_rotation() // 90 % 4)

    def _read(self, textpage: Any, view: View) -> PageText:
        count = self._raw.FPDFText_CountChars(textpage)
        if count > MAX_CHARACTERS:
            raise InputError(f"{self.name} has a page of {count} characters: split it before restoring")
        letters = _Letters(self._raw, textpage)
        words = list(letters.words(count))
        lines = by_columns(_lines(words))
        seen = sum(len(word.text) for word in words)
        lost = sum(word.text.count(_LOST) for word in words) / seen if seen else 0.0
        return PageText(lines, _gaps(lines), letters.modes <= {_INVISIBLE}, lost, view)


@dataclass(frozen=True, slots=True)
class _Run:
    """What the characters of one text object share."""

    address: int
    angle: float
    height: float
    tag: int


_NOWHERE = _Run(0, 0.0, 1.0, -1)


class _Letters:
    """Walks through the characters of a page and gathers them into words."""

    def __init__(self, raw: Any, textpage: Any) -> None:
        self.raw, self.textpage = raw, textpage
        self.modes: set[int] = set()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._matrix, self._box = raw.FS_MATRIX(), raw.FS_RECTF()

    def words(self, count: int) -> Iterator[Placed]:
        """Yield the words among the first *count* characters."""
        raw, textpage = self.raw, self.textpage
        text: list[int] = []
        run, first, last = _NOWHERE, 0, 0
        for index in range(count):
            code = raw.FPDFText_GetUnicode(textpage, index)
            if code < 0x3000 and code not in _HYPHENS and (code == 0x20 or (code and chr(code).isspace())):
                if text:
                    yield self._word(text, run, first, last)
                    text = []
                continue
            owner = raw.FPDFText_GetTextObject(textpage, index)
            address = ctypes.cast(owner, ctypes.c_void_p).value or 0
            if address != run.address:
                before, run = run, self._run(owner, address, index)
                if text and self._apart(before, first, last, run, index):
                    yield self._word(text, before, first, last)
                    text = []
            if not text:
                first = index
            text.append(code)
            last = index
        if text:
            yield self._word(text, run, first, last)

    def _run(self, owner: Any, address: int, index: int) -> _Run:
        raw, matrix = self.raw, self._matrix
        if not address or not raw.FPDFText_GetMatrix(self.textpage, index, matrix):
            return _NOWHERE
        self.modes.add(raw.FPDFTextObj_GetTextRenderMode(owner))
        height = raw.FPDFText_GetFontSize(self.textpage, index) * math.hypot(matrix.c, matrix.d)
        sound = math.isfinite(height) and 0 < abs(height) < _FARTHEST
        tag = raw.FPDFPageObj_GetMarkedContentID(owner)
        return _Run(address, math.atan2(matrix.b, matrix.a), abs(height) if sound else 1.0, tag)

    def _origin(self, index: int) -> tuple[float, float]:
        self.raw.FPDFText_GetCharOrigin(self.textpage, index, self._x, self._y)
        return _bounded(self._x.value), _bounded(self._y.value)

    def _advance(self, index: int, run: _Run) -> float:
        """Return the width of a character along its baseline, from its upright box."""
        box = self._box
        self.raw.FPDFText_GetLooseCharBox(self.textpage, index, box)
        wide, high = abs(_bounded(box.right - box.left)), abs(_bounded(box.top - box.bottom))
        cos, sin = abs(math.cos(run.angle)), abs(math.sin(run.angle))
        spread = cos * cos - sin * sin
        advance = (wide * cos - high * sin) / spread if abs(spread) > 0.3 else run.height / 2
        return min(max(advance, 0.05 * run.height), 4 * run.height)

    def _word(self, codes: list[int], run: _Run, first: int, last: int) -> Placed:
        x, y = self._origin(first)
        start = Placed("", x, y, run.angle, 0.0, run.height)
        length = max(start.along(*self._origin(last)), 0.0) + self._advance(last, run)
        return Placed(_string(codes), x, y, run.angle, length, run.height, run.tag)

    def _apart(self, before: _Run, first: int, last: int, run: _Run, index: int) -> bool:
        """Tell whether the character *index*, of another text object, begins a word of its own."""
        if abs(math.remainder(run.angle - before.angle, math.tau)) > _TURN:
            return True
        word = self._word([], before, first, last)
        x, y = self._origin(index)
        gap = word.along(x, y) - word.length
        return abs(word.off(x, y)) > _LINE_JUMP * word.height or abs(gap) > _WORD_JUMP * word.height


def _bounded(number: float) -> float:
    return number if abs(number) < _FARTHEST else 0.0  # also for not-a-number


def _string(codes: list[int]) -> str:
    """Return the text of pdfium's character *codes*; what has no Unicode value becomes U+FFFD.

    >>> _string([0x64, 0x69, 0xFFFE]), _string([0xD835, 0xDC00]), _string([0x61, 0])
    ('di-', '𝐀', 'a�')
    """
    text = "".join(_HYPHENS.get(code) or chr(code if code < 0x110000 else 0) for code in codes)
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return "".join(c if c.isprintable() and not "\ue000" <= c <= "\uf8ff" else _LOST for c in text)


def _lines(words: list[Placed]) -> tuple[tuple[Placed, ...], ...]:
    """Cut *words* where one leaves the baseline of the word before, goes back, or turns."""
    lines: list[list[Placed]] = []
    before: Placed | None = None
    for word in words:
        same = before is not None and (
            abs(math.remainder(word.angle - before.angle, math.tau)) <= _TURN
            and abs(before.off(word.x, word.y)) <= _LINE_JUMP * max(before.height, word.height)
            and before.along(word.x, word.y) >= before.length - before.height
        )
        if same:
            lines[-1].append(word)
        else:
            lines.append([word])
        before = word
    return tuple(map(tuple, lines))


def _gaps(lines: tuple[tuple[Placed, ...], ...]) -> frozenset[int]:
    """Return which *lines* stand farther below the line before than is usual on the page."""
    steps = [-one[0].off(two[0].x, two[0].y) for one, two in pairwise(lines)]
    usual = sorted(step for step, line in zip(steps, lines, strict=False) if 0 < step < 4 * line[0].height)
    if not usual:
        return frozenset()
    limit = _PARAGRAPH * usual[len(usual) // 2]
    return frozenset(n for n, step in enumerate(steps, 1) if step > limit)
