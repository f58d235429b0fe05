"""Pictures of a PDF page: of a word for the reviewer, of a page for comparing (pdfium).

- Only the part asked for is drawn, in grey; a page with an image too large to unpack safely gets no picture.
- PNG is written here: a header, the rows, a check sum.

The word ``diizende`` of a 220 dpi scan is a PNG of about 2 kB. Start reading at :func:`picture`.
"""

from __future__ import annotations

import ctypes
import math
import struct
import zlib
from typing import Any

from onar.documents.model import Box
from onar.documents.pdf_read import Reader

__all__ = ["drawing", "picture", "png"]

_HEIGHT = 48  # pixels of a word's picture
_WIDEST = 900
_MARGIN = 0.35  # of the word's height, on every side
_LARGEST = 120_000_000  # pixels of an image on the page
_LONGEST = 1_000_000  # pixels of a page's longer side at a word's scale
_COMPARED = 1_200  # pixels of the longer side of a page drawn for comparing
_GREY = 1  # FPDFBitmap_Gray
_WITH_ANNOTATIONS = 1


def png(width: int, height: int, grey: bytes) -> bytes:
    """Return an 8-bit grey PNG of *height* rows of *width* bytes.

    >>> png(1, 1, b"\\x80")[:8]
    b'\\x89PNG\\r\\n\\x1a\\n'
    """
    rows = b"".join(b"\0" + grey[at : at + width] for at in range(0, width * height, width))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    )
    chunks = (struct.pack(">I", len(d)) + t + d + struct.pack(">I", zlib.crc32(t + d)) for t, d in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _huge(raw: Any, page: Any) -> bool:
    """Tell whether *page* holds an image too large to unpack."""
    wide, high = ctypes.c_uint(), ctypes.c_uint()
    for index in range(min(raw.FPDFPage_CountObjects(page), 2_000)):
        item = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_IMAGE:
            raw.FPDFImageObj_GetImagePixelSize(item, wide, high)
            if wide.value * high.value > _LARGEST:
                return True
    return False


def _draw(raw: Any, page: Any, scale: float, left: float, top: float, width: int, height: int) -> bytes:
    """Return the grey pixels of the part of *page* that begins at *left*, *top* (points as shown)."""
    bitmap = raw.FPDFBitmap_CreateEx(width, height, _GREY, None, 0)
    try:
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        sides = raw.FPDF_GetPageWidthF(page) * scale, raw.FPDF_GetPageHeightF(page) * scale
        place = round(-left * scale), round(-top * scale), round(sides[0]), round(sides[1])
        raw.FPDF_RenderPageBitmap(bitmap, page, *place, 0, _WITH_ANNOTATIONS)
        stride = raw.FPDFBitmap_GetStride(bitmap)
        data = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), stride * height)
        return b"".join(data[at : at + width] for at in range(0, stride * height, stride))
    finally:
        raw.FPDFBitmap_Destroy(bitmap)


def picture(reader: Reader, box: Box) -> bytes | None:
    """Return a PNG of what is printed at *box*, with a margin; None if the page can't be drawn safely."""
    import pypdfium2.raw as raw

    margin = (box.bottom - box.top) * _MARGIN
    wide, high = box.right - box.left + 2 * margin, box.bottom - box.top + 2 * margin
    scale = min(_HEIGHT / high, _WIDEST / wide)
    width, height = max(1, round(wide * scale)), max(1, round(high * scale))
    with reader.open(box.page - 1) as page:
        longest = max(raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page)) * scale if page else math.inf
        if longest > _LONGEST or _huge(raw, page):
            return None
        return png(width, height, _draw(raw, page, scale, box.left - margin, box.top - margin, width, height))


def drawing(reader: Reader, index: int) -> bytes | None:
    """Return the pixels of the whole page *index*, for comparing; None if it is too large."""
    import pypdfium2.raw as raw

    with reader.open(index) as page:
        if page is None or _huge(raw, page):
            return None
        sides = raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page)
        scale = _COMPARED / max(*sides, 1.0)
        return _draw(raw, page, scale, 0, 0, max(1, round(sides[0] * scale)), max(1, round(sides[1] * scale)))
