"""Writing a PDF with a restored layer, and refusing where that could do harm (pikepdf).

- A page's words keep their places; words joined or split share out the place of the old ones by length.
- Text that is not drawn in the invisible mode may still be unseen, under an opaque picture (ABBYY): the page drawn
  without it has to be the same to the pixel, or the page is left alone.
- Streams that are not ours stay packed as they are; what nothing uses any more is not written.

The line ``yeni diizende`` comes back as ``yeni düzende`` with both words where they were.
Start reading at :meth:`Writer.replace`.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

from onar.documents.pdf_font import InvisibleFont
from onar.documents.pdf_guard import Structure
from onar.documents.pdf_layer import FONT, Stripped, TooMuch, layer, private, strip_page
from onar.documents.pdf_picture import drawing
from onar.documents.pdf_place import PageText, Placed
from onar.documents.pdf_read import Reader
from onar.documents.pieces import Group, shares
from onar.errors import InputError, RefusedError

__all__ = ["Writer", "rearranged"]

_REPAIR = "repair it first (qpdf IN OUT)"


def rearranged(page: PageText, placed: Sequence[Placed], groups: Sequence[Group]) -> list[list[Placed]]:
    """Return the lines of *page* with the new words of *groups* in the places of the old."""
    new: dict[int, list[Placed]] = {}
    for group in groups:
        old = placed[group.first : group.last]
        if not group.reshaped:
            new |= {group.first + n: [old[n].part(text, 0, 1)] for n, text in enumerate(group.texts)}
            continue
        end = max(word.length + old[0].along(word.x, word.y) for word in old)
        whole = Placed("", old[0].x, old[0].y, old[0].angle, end, max(w.height for w in old), old[0].tag)
        places = shares(group.texts)
        new |= {index: [] for index in range(group.first, group.last)}
        new[group.first] = [whole.part(t, *share) for t, share in zip(group.texts, places, strict=True)]
    lines, index = [], 0
    for line in page.lines:
        row: list[Placed] = []
        for word in line:
            row += new.get(index, [word])
            index += 1
        lines.append(row)
    return lines


class Writer:
    """The output of one rewriting."""

    def __init__(self, source: Path | bytes, name: str) -> None:
        """Open *source* once more, for writing; raises :class:`RefusedError` if it is signed."""
        self.structure = Structure(source, name)
        self.name = name
        if self.structure.signed():
            self.structure.close()
            raise RefusedError(
                f"{name} is signed, and rewriting would break the signature: -o NAME.txt writes its text"
            )
        self.pdf, self.pikepdf = self.structure.pdf, self.structure.pikepdf
        self.font = InvisibleFont()
        self.handle: Any = None
        self._dressed: dict[tuple[int, int], Any] = {}

    def __enter__(self) -> Writer:
        """Use as a context manager: closed at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.structure.close()

    def replace(self, index: int, lines: list[list[Placed]], page: PageText, reader: Reader) -> bool:
        """Put *lines* in the place of the text of the page *index*; tell whether that leaves its picture as it was."""
        target = self.pdf.pages[index]
        try:
            stripped = strip_page(self.pdf, target, self.pikepdf)
            if stripped.type3 or not (page.invisible or self._unseen(index, target, stripped, reader)):
                return False  # fonts made of drawings show in every mode in some viewers
            self._dress(target, stripped, layer(lines, self.font, stripped.tags))
        except TooMuch as error:
            raise InputError(f"{self.name}, page {index + 1} is too intricate for a scan: take it out first") from error
        except (self.pikepdf.PdfError, RuntimeError, ValueError, TypeError, LookupError, AttributeError) as error:
            where = f"{self.name}, page {index + 1}"
            raise InputError(f"{where} can't be rewritten, its content is damaged: {_REPAIR}") from error
        return True

    def _dress(self, target: Any, stripped: Stripped, text: bytes) -> None:
        """Give the page *target* what the strip left of its content, after the layer *text*."""
        data = text + self.pikepdf.unparse_content_stream(stripped.commands)
        content = self.pdf.make_stream(zlib.compress(data, 9), Filter=self.pikepdf.Name.FlateDecode)
        target.obj.Contents, target.obj.Resources = content, self._resources(target, stripped, bool(text))

    def _resources(self, target: Any, stripped: Stripped, font: bool) -> Any:
        """Return the resources of the page *target* after the strip; pages that shared theirs share the new ones."""
        old = target.resources
        key = old.objgen
        shared = font and key != (0, 0) and not stripped.forms
        if shared and key in self._dressed:
            return self._dressed[key]
        new = private(old, stripped, self.pikepdf)
        if font:
            if self.handle is None:
                self.handle = self.pdf.make_indirect(self.pikepdf.Dictionary())
            new.Font = self.pikepdf.Dictionary({FONT: self.handle})
        if shared:
            new = self._dressed[key] = self.pdf.make_indirect(new)
        return new

    def _unseen(self, index: int, target: Any, stripped: Stripped, reader: Reader) -> bool:
        """Tell whether the page looks the same to the pixel without its text: it lies under a picture."""
        with self.pikepdf.new() as trial:
            old = {key: target.obj.get(key) for key in ("/Contents", "/Resources")}
            try:
                self._dress(target, stripped, b"")
                trial.pages.append(target)
            finally:
                for key, value in old.items():
                    if value is None:
                        del target.obj[key]
                    else:
                        target.obj[key] = value
            data = io.BytesIO()
            trial.save(data)
        copy = Reader(data.getvalue(), self.name)
        try:
            with_text, without = drawing(reader, index), drawing(copy, 0)
        finally:
            copy.close()
        return with_text is not None and with_text == without

    def save(self, out: BinaryIO) -> None:
        """Write the file; streams that are not ours stay packed as they are."""
        if self.handle is not None:
            for key, value in self.font.build(self.pdf, self.pikepdf).items():
                self.handle[key] = value
        try:
            self.pdf.save(
                out,
                linearize=self.pdf.is_linearized,
                object_stream_mode=self.pikepdf.ObjectStreamMode.preserve,
                stream_decode_level=self.pikepdf.StreamDecodeLevel.none,
                deterministic_id=True,
            )
        except (self.pikepdf.PdfError, RuntimeError) as error:
            raise InputError(f"{self.name} can't be rewritten, its structure is damaged: {_REPAIR}") from error
