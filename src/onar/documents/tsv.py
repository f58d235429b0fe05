"""Tesseract's TSV: one word a row, with its place and confidence, twelve columns.

- Rows of level 5 are words; their page, block, paragraph and line numbers give the layout.
- A changed word is the last column of its row and nothing else.

``5 1 1 1 1 3 226 242 276 32 61.2 diizende`` (tabs between) reads ``diizende``, 61 % sure.
Start reading at :func:`_read`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onar.documents.marked import Layout, MarkedDocument, box_of, probability
from onar.documents.markup import Edit
from onar.documents.model import Box
from onar.encoding import decode
from onar.errors import InputError

__all__ = ["HEADER", "TsvDocument"]

HEADER = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
_WORD = "5"


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """A word's row: its bytes from ``start`` to ``end`` (line end included) and its columns."""

    start: int
    end: int
    columns: tuple[str, ...]
    tail: str


def _read(text: str, encoding: str, shift: int, name: str) -> Layout[_Row]:
    """Lay out the rows of *text*, whose first byte stands at *shift*."""
    layout: Layout[_Row] = Layout()
    at, last = shift, [""] * 4
    for number, line in enumerate(re.findall(r"[^\n]*\n|[^\n]+", text), 1):
        start, at = at, at + len(line.encode(encoding))
        bare = line.rstrip("\r\n")
        columns = bare.split("\t")
        if columns[0] != _WORD:
            continue
        if len(columns) != HEADER.count("\t") + 1:
            raise InputError(
                f"{name}, row {number}: {len(columns)} columns instead of 12; write it again with Tesseract"
            )
        place = columns[1:5]
        _breaks(layout, last, place)
        last = place
        try:
            left, top, width, height = (float(side) for side in columns[6:10])
            box = box_of(layout.pages + 1, left, top, left + width, top + height)
        except ValueError:
            box = None
        row = _Row(start, at, tuple(columns), line[len(bare) :])
        layout.word(columns[11], row, box, probability(columns[10], 100))
    return layout


def _breaks(layout: Layout[_Row], last: list[str], place: list[str]) -> None:
    """End the line, paragraph or page that *place* (page, block, paragraph, line) has left."""
    if not last[0] or last == place:
        return
    if last[0] != place[0]:
        layout.page()
    elif last[:3] != place[:3]:
        layout.block()
    else:
        layout.line()


class TsvDocument(MarkedDocument[_Row]):
    """A TSV file by Tesseract."""

    format = "tsv"

    def __init__(self, data: bytes, name: str, encoding: str | None = None) -> None:
        """Decode and read *data*; raises :class:`InputError` for rows of another form."""
        decoded = decode(data, name, encoding)
        self._encoding = decoded.encoding
        super().__init__(data, name, _read(decoded.text, decoded.encoding, len(decoded.mark), name))

    def set_word(self, leaf: _Row, text: str, box: Box | None) -> list[Edit]:
        """Change the last column, and left and width of a word with a new place."""
        return [Edit(leaf.start, leaf.end, self._row(leaf, text, box, leaf.columns[5]))]

    def drop_word(self, leaf: _Row) -> list[Edit]:
        """Take the row out."""
        return [Edit(leaf.start, leaf.end, b"")]

    def add_words(self, leaf: _Row, more: Sequence[tuple[str, Box | None]]) -> list[Edit]:
        """Write a further row for each word; it shares its number with the word it was read with."""
        rows = b"".join(self._row(leaf, text, box, leaf.columns[5]) for text, box in more)
        return [Edit(leaf.end, leaf.end, rows)]

    def _row(self, leaf: _Row, text: str, box: Box | None, number: str) -> bytes:
        columns = [*leaf.columns[:11], text]
        columns[5] = number
        if box is not None:
            columns[6], columns[8] = f"{box.left:.0f}", f"{box.right - box.left:.0f}"
        try:
            return ("\t".join(columns) + leaf.tail).encode(self._encoding)
        except UnicodeEncodeError as error:
            raise InputError(
                f"{self.name} is {self._encoding}, which lacks letters of {text}: convert it to UTF-8"
            ) from error
