"""A font without shapes for the invisible text of a scanned page, made here byte by byte.

- Every character is 500 units wide and shows nothing; a word is stretched to its place by its horizontal scale.
- A code is the character's own Unicode number; characters beyond 65,535 get codes no character has (U+D800 on).
- ``ToUnicode`` names only the blocks of 256 that the document uses, so that searching and copying give the text back.

``düzen`` is written ``<00640075035F...>``: ``ü`` is code 00FC, which the map gives back as U+00FC.
Start reading at :class:`InvisibleFont`.
"""

from __future__ import annotations

import struct
import zlib
from typing import Any

__all__ = ["WIDTH", "InvisibleFont"]

WIDTH = 500  # of 1000 units, every character
_SPARE = range(0xD800, 0xE000)  # surrogates: no character of its own has these numbers
_NAME = "OnarInvisible"
_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{rows}endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


class InvisibleFont:
    """The font of one output file: codes the words, and becomes a PDF object at the end."""

    def __init__(self) -> None:
        """Start with no character used."""
        self._blocks: set[int] = set()
        self._far: dict[str, int] = {}

    def code(self, text: str) -> str:
        """Return *text* as the hexadecimal digits of a PDF string.

        >>> InvisibleFont().code("aü")
        '006100FC'
        """
        return "".join(f"{self._one(letter):04X}" for letter in text)

    def _one(self, letter: str) -> int:
        number = ord(letter)
        if number <= 0xFFFF and number not in _SPARE:
            self._blocks.add(number >> 8)
            return number
        if letter not in self._far and len(self._far) == len(_SPARE):
            return self._one("\ufffd")
        return self._far.setdefault(letter, _SPARE.start + len(self._far))

    def to_unicode(self) -> bytes:
        """Return the character map of all characters coded so far (Adobe technical note 5411)."""
        blocks = [f"<{b:02X}00> <{b:02X}FF> <{b:02X}00>\n" for b in sorted(self._blocks)]
        far = [f"<{code:04X}> <{letter.encode('utf-16-be').hex()}>\n" for letter, code in self._far.items()]
        rows = "".join(_section("range", blocks[at : at + 100]) for at in range(0, len(blocks), 100))
        rows += "".join(_section("char", far[at : at + 100]) for at in range(0, len(far), 100))
        return _CMAP.format(rows=rows).encode("ascii")

    def build(self, pdf: Any, pikepdf: Any) -> Any:
        """Return the font as an object of *pdf*; call it when all words are coded."""
        name, dictionary = pikepdf.Name("/" + _NAME), pikepdf.Dictionary
        program = truetype()
        descriptor = dictionary(
            Type=pikepdf.Name.FontDescriptor,
            FontName=name,
            Flags=5,
            FontBBox=[0, -200, WIDTH, 800],
            ItalicAngle=0,
            Ascent=800,
            Descent=-200,
            CapHeight=800,
            StemV=80,
            FontFile2=_stream(pdf, pikepdf, program, Length1=len(program)),
        )
        child = dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.CIDFontType2,
            BaseFont=name,
            CIDSystemInfo=dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
            FontDescriptor=pdf.make_indirect(descriptor),
            DW=WIDTH,
            CIDToGIDMap=_stream(pdf, pikepdf, b"\0\1" * 0x10000),
        )
        return dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=name,
            Encoding=pikepdf.Name("/Identity-H"),
            DescendantFonts=[pdf.make_indirect(child)],
            ToUnicode=_stream(pdf, pikepdf, self.to_unicode()),
        )


def _section(kind: str, rows: list[str]) -> str:
    return f"{len(rows)} beginbf{kind}\n{''.join(rows)}endbf{kind}\n"


def _stream(pdf: Any, pikepdf: Any, data: bytes, **entries: Any) -> Any:
    """Return *data* as a compressed stream of *pdf*."""
    return pdf.make_stream(zlib.compress(data, 9), Filter=pikepdf.Name.FlateDecode, **entries)


def truetype() -> bytes:
    """Return a TrueType program of two glyphs with the tables a PDF asks for (ISO 32000-1, 9.9).

    The glyph of all characters is a line without breadth from corner to corner of its box: nothing to see, but readers
    that leave out text without extent (pdfium, where a page is turned) find it.
    """
    corners = (0, -200, WIDTH, 800)
    glyph = struct.pack(">hhhhhHH", 1, *corners, 1, 0) + struct.pack(">BBhhh", 0x11, 0x01, WIDTH, -200, 1000)
    head = struct.pack(
        ">IIIIHHqqhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 3, 1000, 0, 0, 0, -200, WIDTH, 800, 0, 8, 2, 0, 0
    )
    hhea = struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, 800, -200, 0, WIDTH, 0, 0, WIDTH, 1, 0, 0, 0, 0, 0, 0, 0, 1)
    maxp = struct.pack(">IHHHHHHHHHHHHHH", 0x10000, 2, 2, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)
    tables = {
        b"glyf": glyph,
        b"head": head,
        b"hhea": hhea,
        b"hmtx": struct.pack(">Hhh", WIDTH, 0, 0),
        b"loca": struct.pack(">HHH", 0, 0, len(glyph) // 2),
        b"maxp": maxp,
    }
    at = 12 + 16 * len(tables)
    out = struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, 32)
    for tag, data in tables.items():
        out += struct.pack(">4sIII", tag, _checksum(data), at, len(data))
        at += -(-len(data) // 4) * 4
    whole = out + b"".join(data.ljust(-(-len(data) // 4) * 4, b"\0") for data in tables.values())
    where = whole.index(head) + 8
    return whole[:where] + struct.pack(">I", 0xB1B0AFBA - _checksum(whole) & 0xFFFFFFFF) + whole[where + 4 :]


def _checksum(data: bytes) -> int:
    padded = data.ljust(-(-len(data) // 4) * 4, b"\0")
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF
