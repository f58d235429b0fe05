"""Small scanned PDFs as the common writers make them, and a restorer that knows three words."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from onar.changelog.changes import Change, Restoration

WORDS = {
    "giizel": "güzel",
    "diizen": "düzen",
    "iilke": "ülke",
    "vebu": "ve bu",
    "bir le": "birle",
    "yiik-\nsek": "yük-\nsek",
}


def mend(text: str, words: dict[str, str] | None = None) -> Restoration:
    """Restore *text* by a table of words, and log it as the real restorer does."""
    table = WORDS if words is None else words
    found = re.finditer("|".join(map(re.escape, sorted(table, key=len, reverse=True))), text) if table else iter(())
    changes = tuple(
        Change(f"{m.start():x}", m.start(), m.end(), text.count("\n", 0, m.start()) + 1, 1, 1, m[0], table[m[0]])
        for m in found
    )
    return Restoration(text, changes)


def picture(pdf: pikepdf.Pdf, width: int = 120, height: int = 160) -> Any:
    """Return a grey image with something on every part of it."""
    grey = bytes((x * 7 + y * 13) % 200 + 40 for y in range(height) for x in range(width))
    return pdf.make_stream(
        zlib.compress(grey),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=width,
        Height=height,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
        Filter=Name.FlateDecode,
    )


def font(base: str = "Helvetica") -> Dictionary:
    return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/" + base), Encoding=Name.WinAnsiEncoding)


def lines_of(words: str, *, mode: int = 3, top: int = 700, size: int = 12, matrix: str = "1 0 0 1") -> str:
    """Return content that shows each line of *words*, word by word, as Tesseract does."""
    out = [f"BT {mode} Tr /F1 {size} Tf"]
    for number, line in enumerate(words.split("\n")):
        out.append(f"{matrix} 72 {top - number * (size + 4)} Tm")
        out += [f"({word} ) Tj" for word in line.split()]
    return "\n".join([*out, "ET\n"])


IMAGE = "q 612 0 0 792 0 0 cm /Im1 Do Q\n"
TEXT = "giizel bir yer\nyeni diizen vebu iilke\nson yiik-\nsek bir le"


def build(
    *contents: str, change: Callable[[pikepdf.Pdf], None] | None = None, save: dict[str, Any] | None = None, **page: Any
) -> bytes:
    """Return a PDF with one page for each of *contents*; /F1 and /F2 are fonts, /Im1 is a picture."""
    with pikepdf.new() as pdf:
        resources = pdf.make_indirect(
            Dictionary(
                Font=Dictionary(F1=font(), F2=font("Times-Roman")),
                XObject=Dictionary(Im1=picture(pdf)),
                ProcSet=Array(),
            )
        )
        for content in contents:
            body = Dictionary(
                Type=Name.Page,
                Resources=resources,
                Contents=pdf.make_stream(content.encode("latin-1")),
                **({"MediaBox": Array([0, 0, 612, 792])} | page),
            )
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(body)))
        if change:
            change(pdf)
        out = io.BytesIO()
        pdf.save(out, **(save or {"static_id": True, "compress_streams": False}))
        return out.getvalue()


def tesseract(text: str = TEXT) -> bytes:
    return build(IMAGE + lines_of(text))


def ocrmypdf(text: str = TEXT) -> bytes:
    """The layer is a form, every line slightly turned inside ``q … Q``."""

    def change(pdf: pikepdf.Pdf) -> None:
        rows = [
            f"q 0.999847 0.017452 -0.017452 0.999847 72 {700 - 16 * n} cm BT 3 Tr 0 0 Td /F1 12 Tf 103 Tz "
            + " ".join(f"({word} ) Tj" for word in line.split())
            + " ET Q"
            for n, line in enumerate(text.split("\n"))
        ]
        form = pdf.make_stream("\n".join(["2 J", *rows]).encode("latin-1"))
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 612, 792])
        form.Resources = Dictionary(Font=Dictionary(F1=font()))
        pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Im1=picture(pdf)))
        pdf.pages[0].obj.Resources.XObject["/OCR-x"] = form

    return build("q\n/OCR-x Do\nQ\n" + IMAGE, change=change)


def abbyy(text: str = TEXT, tagged: bool = True) -> bytes:
    """Visible text under an opaque picture: whole lines, word and letter spacing, two fonts, structure marks."""
    rows = []
    for number, line in enumerate(text.split("\n")):
        shown = f"/P <</MCID {number}>> BDC\n" if tagged else ""
        place = f"1 0 0 1 72 {700 - 16 * number} Tm [({line[:4]}) -20 ({line[4:]})] TJ"
        shown += f"BT /F{number % 2 + 1} 11 Tf 0.2 Tc 1.5 Tw 98 Tz {place} ET\n"
        rows.append(shown + ("EMC\n" if tagged else ""))

    def change(pdf: pikepdf.Pdf) -> None:
        if not tagged:
            return
        tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        page = pdf.pages[0].obj
        kids = [
            pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=tree, Pg=page, K=number))
            for number in range(len(rows))
        ]
        tree.K = Array(kids)
        tree.ParentTree = Dictionary(Nums=Array([0, Array(kids)]))
        page.StructParents = 0
        pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = tree, Dictionary(Marked=True)

    return build("".join(rows) + IMAGE, change=change)
