"""Scanned PDFs, OCR formats and plain text behind one model of a document.

- :func:`open_document` tells the format by the content, not by the name, and returns a :class:`Document`.
- Restore its ``text`` (with its ``confidences``), then ``write`` the restoration back into the same format.
- The parsers load with the first file of their kind; the PDF libraries only for a PDF (``pip install onar[pdf]``).

>>> document = open_document(b"<alto><Layout><Page><String CONTENT='diizen'/></Page></Layout></alto>")
>>> document.format
'alto'

Start reading at :func:`open_document`.
"""

from __future__ import annotations

import re
from pathlib import Path

from onar.documents.model import Box, Document, Word
from onar.encoding import printable
from onar.errors import InputError

__all__ = ["FORMATS", "Box", "Document", "Word", "detect", "open_document"]

FORMATS = ("text", "pdf", "hocr", "alto", "page", "tsv")

HEAD = 4096
_ROOTS = {"alto": "alto", "PcGts": "page", "html": "hocr"}
_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?([A-Za-z][\w.-]{0,40})[\s/>]")
_PROLOGUE = re.compile(r"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.ASCII)


def detect(data: bytes, name: str = "the input") -> str:
    """Return the format of *data* (its first kilobytes suffice), one of :data:`FORMATS`.

    Raises :class:`InputError` for XML and HTML of another kind, where changing words could change code.

    >>> detect(b"%PDF-1.7"), detect(b"level\\tpage_num\\tblock_num"), detect("Yeni düzen".encode())
    ('pdf', 'tsv', 'text')
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff") or data[:4] in (b"<\0?\0", b"\0<\0?")
    swapped = data[:2] == b"\xfe\xff" or data[:2] == b"\0<"
    encoding = ("utf-16-be" if swapped else "utf-16-le") if wide else "latin-1"
    head = data[:HEAD].decode(encoding, "replace").removeprefix("\ufeff").removeprefix("ï»¿").lstrip()
    if head.startswith("level\tpage_num\t"):
        return "tsv"
    if not head.startswith("<"):
        return "text"
    root = _ROOT.search(_PROLOGUE.sub("", head))
    known = _ROOTS.get(root[1], "") if root else ""
    if known == "hocr" and "ocr" not in head:
        known = ""
    if not known and (head.startswith(("<?xml", "<!DOCTYPE")) or "<html" in head):
        what = root[1] if root else "unknown"
        raise InputError(f"{name} is XML or HTML of another kind ({what}): --format text restores it as plain text")
    return known or "text"


def open_document(
    source: str | Path | bytes, *, format: str = "auto", encoding: str | None = None, name: str | None = None
) -> Document:
    """Read a document from a path or from bytes.

    ``format`` is one of :data:`FORMATS` or ``auto``; ``encoding`` overrides what the file says (not for PDF);
    ``name`` is what messages call it. Raises :class:`InputError` or :class:`RefusedError` with a remedy.
    """
    whole = source if isinstance(source, bytes) else None
    path = Path() if isinstance(source, bytes) else Path(source)
    name = printable(name or (path if whole is None else "the input"))
    head = _load(path, name, HEAD) if whole is None else whole[:HEAD]
    kind = detect(head, name) if format == "auto" else format
    if kind not in FORMATS:
        raise InputError(f"unknown format {kind!r}: choose one of auto, {', '.join(FORMATS)}")
    if kind == "pdf":
        from onar.documents.pdf import PdfDocument

        return PdfDocument(path if whole is None else whole, name)
    return _READERS[kind](_load(path, name) if whole is None else whole, name, encoding)


def _load(path: Path, name: str, size: int = -1) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(size)
    except OSError as error:
        raise InputError(f"{name} can't be read ({error.strerror}): check the path and its permissions") from error


def _text(data: bytes, name: str, encoding: str | None) -> Document:
    from onar.documents.text import TextDocument

    return TextDocument(data, name, encoding)


def _hocr(data: bytes, name: str, encoding: str | None) -> Document:
    from onar.documents.hocr import HocrDocument

    return HocrDocument(data, name, encoding)


def _alto(data: bytes, name: str, encoding: str | None) -> Document:
    from onar.documents.alto import AltoDocument

    return AltoDocument(data, name, encoding)


def _page(data: bytes, name: str, encoding: str | None) -> Document:
    from onar.documents.page import PageDocument

    return PageDocument(data, name, encoding)


def _tsv(data: bytes, name: str, encoding: str | None) -> Document:
    from onar.documents.tsv import TsvDocument

    return TsvDocument(data, name, encoding)


_READERS = {"text": _text, "hocr": _hocr, "alto": _alto, "page": _page, "tsv": _tsv}
