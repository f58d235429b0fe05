"""Bytes to text and back: UTF-8 unless said otherwise, a wrong encoding or a binary file answered in one line.

- A byte order mark names the encoding, is no part of the text, and comes back when the text is written.
- Line ends, form feeds, NULs and direction marks stay as they are.
- A wrong encoding is answered with file, byte offset and the option to try; nothing is guessed.

``b"T\\xfcrkiye"`` is refused: not UTF-8 at byte 1, try ``--encoding cp1254``. Start reading at :func:`decode`.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from onar.errors import InputError

__all__ = ["Decoded", "codec", "decode", "is_binary", "printable", "utf8"]

_SNIFFED = 8192
_LONE = re.compile("[\ud800-\udfff]")
_MAGIC = (
    *(
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF87a",
        b"GIF89a",
        b"PK\x03\x04",
        b"\x1f\x8b",
        b"\xfd7zXZ",
        b"BZh91AY&SY",
        b"\x7fELF",
        b"%PDF-",
    ),
    *(b"II*\0", b"MM\0*", b"\x28\xb5\x2f\xfd", b"7z\xbc\xaf", b"\xd0\xcf\x11\xe0", b"MZ\x90"),
)
_MARKS = (  # UTF-32 before UTF-16: its mark begins with the other's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes([*range(9), 11, *range(14, 27), *range(28, 32), 127])


def printable(text: object) -> str:
    r"""Return *text* on one line with its control and direction characters and lone surrogates made visible.

    >>> printable("a\nb\x1b[31m")
    'a\\nb\\x1b[31m'
    """
    shown = (c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in str(text))
    return "".join(shown)


def is_binary(data: bytes) -> bool:
    r"""Tell whether *data* is no text: a known kind of file, or full of control characters.

    >>> is_binary(b"\x89PNG\r\n"), is_binary("bir\0iki".encode())
    (True, False)
    """
    start = data[:_SNIFFED]
    controls = len(start) - len(start.translate(None, _CONTROLS))
    return start.startswith(_MAGIC) or controls > 3 + len(start) // 25


def utf8(data: bytes, name: str, *, remedy: str, at: int = 0) -> str:
    """Return *data* decoded from UTF-8, or raise an error that ends with *remedy*; *at* is where the data begins."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        where = f"byte 0x{data[error.start]:02x} at offset {error.start + at}"
        raise InputError(f"{printable(name)}: not UTF-8 ({where}): {remedy}") from None


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, and how to turn text into such a file again: the encoding and the byte order mark."""

    text: str
    encoding: str = "utf-8"
    mark: bytes = b""

    def encode(self, text: str, name: str) -> bytes:
        """Return *text* in the encoding of this file, called *name* in an error."""
        try:
            return self.mark + text.encode(self.encoding)
        except UnicodeEncodeError as error:
            letter = printable(error.object[error.start])
            place = f"{printable(name)}: {self.encoding} has no letter {letter}"
            raise InputError(f"{place}: restore it to standard output, which is UTF-8") from None


def decode(data: bytes, name: str, encoding: str | None = None) -> Decoded:
    """Return the text in *data*, the content of the file *name*: UTF-8, or what a byte order mark or *encoding* says.

    Raises :class:`InputError` for binary files and for bytes that the encoding does not know.

    >>> decode(b"T\\xfcrkiye", "eski.txt", "cp1254").text
    'Türkiye'
    """
    mark, marked = next(((mark, known) for mark, known in _MARKS if data.startswith(mark)), (b"", ""))
    chosen = codec(encoding).removesuffix("-sig") if encoding else marked or "utf-8"
    if marked and chosen not in (marked, marked[:6]):
        mark, marked = b"", ""
    chosen, body = marked or chosen, data[len(mark) :]
    if chosen == "utf-8" and not is_binary(body):
        text = utf8(body, name, remedy="for a file of an older Turkish program add --encoding cp1254", at=len(mark))
    else:
        text = _other(body, name, chosen, len(mark))
    return Decoded(text, chosen, mark)


def _other(body: bytes, name: str, encoding: str, at: int) -> str:
    try:
        text = "" if body.startswith(_MAGIC) or encoding == "utf-8" else body.decode(encoding)
    except UnicodeDecodeError as error:
        where = f"byte 0x{body[error.start]:02x} at offset {error.start + at}"
        raise InputError(
            f"{printable(name)}: not {encoding} ({where}): give the right name, such as --encoding cp1254"
        ) from None
    except UnicodeError as error:
        raise InputError(f"{printable(name)}: not {encoding} ({error}): try --encoding cp1254") from None
    if _LONE.search(text):
        raise InputError(f"{printable(name)}: not {encoding} (half a surrogate pair): try --encoding cp1254")
    if body and (not text or is_binary(text[:_SNIFFED].encode("utf-8"))):
        raise InputError(f"{printable(name)}: a binary file, not text: give its text, or name its --format")
    return text


def codec(encoding: str) -> str:
    """Return Python's name of the text *encoding*; raise :class:`InputError` if there is none."""
    try:
        found = codecs.lookup(encoding)
        "".encode(found.name)  # refuses those that decode no text, such as base64
    except (LookupError, ValueError):
        raise InputError(f"unknown encoding {printable(encoding)}: try utf-8, cp1254, iso8859-9 or utf-16") from None
    return found.name
