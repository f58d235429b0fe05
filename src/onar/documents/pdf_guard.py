"""What must hold before a PDF is read or rewritten: not encrypted, not signed, no bomb.

- Encrypted files are refused: rewriting would drop their protection. Signed ones: rewriting would break the signature.
- What a page's content and fonts unpack to is measured in small steps before anything unpacks it whole.

A page of 20 kB that unpacks to 4 GB is refused after 32 MB. Start reading at :class:`Structure`.
"""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

from onar.encoding import printable
from onar.errors import InputError, RefusedError

__all__ = ["Structure", "forms_of"]

MAX_UNPACKED = 32 * 2**20  # of a page's content or of a font; the layer of a newspaper page is below 1 MB
_MAX_OTHER = 256 * 2**10  # packed, where the packing is none we measure
_MAX_STREAMS = 5_000  # on one page
_MAX_DEPTH = 25  # of forms in forms
_CALL_COST = 200  # bytes of content that calling a form is worth
_TOO_MUCH = f"unpacks to more than {MAX_UNPACKED >> 20} MB: is it a scan at all?"
_CALL = re.compile(rb"/([^\s/<>\[\]()]+)\s+Do\b")
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_FLATE = {"/FlateDecode", "/Fl"}
_PICTURES = {"/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode"}


def _pikepdf() -> Any:
    try:
        import pikepdf
    except ImportError as error:
        raise InputError("reading a PDF needs two more libraries: pip install 'onar[pdf]'") from error
    logging.getLogger("pikepdf").addHandler(logging.NullHandler())  # its remarks are in our notes, not on stderr
    return pikepdf


class Structure:
    """The objects of an open PDF (pikepdf): for checks and for writing."""

    def __init__(self, source: Path | bytes, name: str) -> None:
        """Open *source*; raises :class:`RefusedError` if it is encrypted, :class:`InputError` if it is damaged."""
        self.pikepdf = pikepdf = _pikepdf()
        self.name = name
        self._measured: dict[tuple[int, int], int] = {}
        try:
            self.pdf = pikepdf.open(io.BytesIO(source) if isinstance(source, bytes) else source, suppress_warnings=True)
            encrypted = self.pdf.is_encrypted
            self.repaired = bool(self.pdf.get_warnings())
            self.pages = len(self.pdf.pages)
        except pikepdf.PasswordError as error:
            raise RefusedError(f"{name} is encrypted: remove its password first (qpdf --decrypt)") from error
        except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError) as error:
            what = printable(str(error).rpartition(": ")[2]) or "damaged"  # before it stands the name of the file
            raise InputError(f"{name} can't be read as a PDF ({what}): repair it first (qpdf IN OUT)") from error
        except OSError as error:
            raise InputError(f"{name} can't be read ({error.strerror}): check the path and its permissions") from error
        if encrypted:
            raise RefusedError(f"{name} is encrypted: remove its protection first (qpdf --decrypt IN OUT)")

    def close(self) -> None:
        """Close the file."""
        self.pdf.close()

    def signed(self) -> bool:
        """Tell whether the file carries a digital signature."""
        pikepdf, root = self.pikepdf, self.pdf.Root
        if "/Perms" in root:
            return True
        form = root.get("/AcroForm")
        fields = form.get("/Fields") if isinstance(form, pikepdf.Dictionary) else None
        stack, seen = list(fields) if isinstance(fields, pikepdf.Array) else [], 0
        while stack and seen < 100_000:
            field = stack.pop()
            seen += 1
            if not isinstance(field, pikepdf.Dictionary):
                continue
            if field.get("/FT") == "/Sig" and "/V" in field:
                return True
            kids = field.get("/Kids")
            stack.extend(kids if isinstance(kids, pikepdf.Array) else [])
        return False

    def measure(self, index: int) -> None:
        """Raise :class:`InputError` if reading the text of the page *index* (0-based) would unpack too much."""
        where = f"{self.name}, page {index + 1}"
        page = self.pdf.pages[index]
        contents = _items(_entry(page.obj, "/Contents", self.pikepdf), self.pikepdf)
        if len(contents) > _MAX_STREAMS:
            raise InputError(f"{where} has more than {_MAX_STREAMS} parts: is it a scan at all?")
        try:
            resources = page.resources
        except Exception:  # damage of any kind: nothing that could be read
            resources = None
        data = b"\n".join(self._unpack(stream, where) for stream in contents)
        if self._drawn(data, resources, where, 0) > MAX_UNPACKED:
            raise InputError(f"{where}: its content {_TOO_MUCH}")

    def _drawn(self, data: bytes, resources: Any, where: str, depth: int) -> int:
        """Return how many bytes of content are drawn by *data*, each form as often as it is called."""
        for font in _values(resources, "/Font", self.pikepdf):
            self._font(font, where)
        drawn = len(data)
        forms = forms_of(resources, self.pikepdf)
        if forms:
            calls = Counter(_HEX.sub(lambda m: bytes([int(m[1], 16)]), m[1]) for m in _CALL.finditer(data))
            for name, form in forms.items():
                times = calls[name[1:].encode("utf-8", "surrogateescape")]
                drawn += times * (_CALL_COST + self._form(form, resources, where, depth + 1)) if times else 0
        return drawn

    def _form(self, form: Any, outer: Any, where: str, depth: int) -> int:
        """Return what :meth:`_drawn` says of *form*; one that calls itself counts once."""
        key = form.objgen
        if key not in self._measured:
            if depth > _MAX_DEPTH:
                raise InputError(f"{where}: its content is nested deeper than {_MAX_DEPTH}: is it a scan at all?")
            self._measured[key] = 0
            resources = _entry(form, "/Resources", self.pikepdf) or outer
            self._measured[key] = self._drawn(self._unpack(form, where), resources, where, depth)
        return self._measured[key]

    def _font(self, font: Any, where: str) -> None:
        """Measure the streams of *font*."""
        key = getattr(font, "objgen", (0, 0))
        if key != (0, 0) and key in self._measured:
            return
        self._measured[key] = 0
        for child in [font, *_items(_entry(font, "/DescendantFonts", self.pikepdf), self.pikepdf)]:
            descriptor = _entry(child, "/FontDescriptor", self.pikepdf)
            parts = [_entry(child, key, self.pikepdf) for key in ("/ToUnicode", "/Encoding", "/CIDToGIDMap")]
            parts += [_entry(descriptor, key, self.pikepdf) for key in ("/FontFile", "/FontFile2", "/FontFile3")]
            for part in parts:
                self._unpack(part, where)

    def _unpack(self, stream: Any, where: str) -> bytes:
        """Return the content of *stream*, nothing if it is none, packed if its packing is none we measure."""
        if not isinstance(stream, self.pikepdf.Stream):
            return b""
        try:
            filters = [str(f) for f in _items(stream.get("/Filter"), self.pikepdf)]
            raw: bytes = stream.read_raw_bytes()
        except Exception:  # damage of any kind: nothing that could be read
            return b""
        for kind in filters:
            if kind not in _FLATE:
                if kind not in _PICTURES and len(raw) > _MAX_OTHER:
                    raise InputError(f"{where}: its content {_TOO_MUCH}")
                return raw
            unpacker = zlib.decompressobj()
            try:
                raw = unpacker.decompress(raw, MAX_UNPACKED)
            except zlib.error:
                return b""
            if unpacker.unconsumed_tail:
                raise InputError(f"{where}: its content {_TOO_MUCH}")
        return raw


def _entry(value: Any, key: str, pikepdf: Any) -> Any:
    """Return the entry *key* of a dictionary or stream, None if there is none."""
    try:
        return value.get(key) if isinstance(value, pikepdf.Dictionary | pikepdf.Stream) else None
    except Exception:  # damage of any kind: nothing that could be read
        return None


def _items(value: Any, pikepdf: Any) -> list[Any]:
    """Return the members of an array, or a single value as a list of one."""
    try:
        return [] if value is None else list(value) if isinstance(value, pikepdf.Array) else [value]
    except Exception:  # damage of any kind: nothing that could be read
        return []


def _values(resources: Any, key: str, pikepdf: Any) -> list[Any]:
    """Return the values of a dictionary inside *resources*, none if there is none."""
    inner = _entry(resources, key, pikepdf)
    try:
        return [value for _, value in inner.items()] if isinstance(inner, pikepdf.Dictionary) else []
    except Exception:  # damage of any kind: nothing that could be read
        return []


def forms_of(resources: Any, pikepdf: Any) -> dict[str, Any]:
    """Return the Form XObjects named in *resources*."""
    inner = _entry(resources, "/XObject", pikepdf)
    try:
        found = {str(name): value for name, value in inner.items()} if isinstance(inner, pikepdf.Dictionary) else {}
    except Exception:  # damage of any kind: nothing that could be read
        return {}
    return {
        n: f for n, f in found.items() if isinstance(f, pikepdf.Stream) and _entry(f, "/Subtype", pikepdf) == "/Form"
    }
