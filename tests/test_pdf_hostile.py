"""Bad PDFs: absurd, damaged, hostile, endless; each ends in a result or in one line, in time and memory."""

from __future__ import annotations

import time
import zlib
from functools import lru_cache
from pathlib import Path

import pdf_samples
import pikepdf
import pytest
from pdf_samples import IMAGE, TEXT, build, lines_of, mend
from pikepdf import Array, Dictionary, Name

from onar.changelog.changes import Restoration
from onar.documents import open_document
from onar.documents.pdf_guard import MAX_UNPACKED
from onar.errors import InputError, OnarError, RefusedError


@pytest.mark.parametrize(
    "content",
    [
        "BT 3 Tr /F1 1e30 Tf 72 700 Td (diizen) Tj ET",
        "BT 3 Tr /F1 12 Tf 1 0 0 1 1e30 -1e30 Tm (diizen) Tj ET",
        "BT 3 Tr /F1 0 Tf 72 700 Td (diizen) Tj ET",
        "BT 3 Tr /F1 12 Tf 0 0 0 0 72 700 Tm (diizen) Tj ET",
        "BT 3 Tr /F1 12 Tf -1 0 0 -1 72 700 Tm (diizen) Tj ET",
        "BT 3 Tr /F1 12 Tf 0.7071 0.7071 -0.7071 0.7071 72 100 Tm (diizen) Tj ET",
        "BT 3 Tr /F1 12 Tf -99999 Tz 72 700 Td (diizen) Tj ET",
        "BT 3 Tr /F1 12 Tf 0 Tz 72 700 Td (diizen) Tj ET",
        "BT 3 Tr /F9 12 Tf 72 700 Td (diizen) Tj ET",
        "BT 3 Tr 72 700 Td (diizen) Tj",
        "q q q BT BT 3 Tr /F1 12 Tf (diizen) Tj Q Q Q Q Q ET ET EMC EMC",
        "/Im1 Do /Fm9 Do Do (x) Tj /P /Q BDC BDC " + lines_of("diizen"),
    ],
)
def test_absurd_places_and_commands(content: str) -> None:
    with open_document(build(content)) as document:
        restoration = mend(document.text)
        for change in restoration.changes:
            for box in document.locate(change):
                assert box.right > box.left and abs(box.left) < 1e7
            document.picture(change)
        try:
            new = document.rewrite(restoration)
        except OnarError as error:
            assert "\n" not in str(error)
        else:
            with open_document(new) as again:
                assert again.text.split() == restoration.text.split()


def test_zero_pages() -> None:
    with pytest.raises(InputError, match=r"no pages|can't be read"):
        open_document(build())


@pytest.mark.parametrize("size", [0, 5, 9, 100, 500, 1500, -10])
def test_truncated_files_are_repaired_or_refused(size: int) -> None:
    data = pdf_samples.tesseract()[:size]
    try:
        with open_document(data, format="pdf") as document:
            assert "repaired" in document.notes[-1]
    except InputError as error:
        assert "\n" not in str(error) and str(error).endswith(("(qpdf IN OUT)", "nothing to restore"))


def test_a_broken_cross_reference_is_repaired_and_said() -> None:
    data = pdf_samples.tesseract().replace(b"startxref\n", b"startxref\n9")
    with open_document(data) as document:
        assert "its structure was repaired" in document.notes[-1]
        restoration = mend(document.text)
        new = document.rewrite(restoration)
    with open_document(new) as again:
        assert again.text == restoration.text


def test_bytes_before_the_header() -> None:
    with open_document(b"junk\n" * 20 + pdf_samples.tesseract()) as document:
        assert document.format == "pdf" and document.text == TEXT + "\n"


def memory() -> int:
    """Return the bytes in use, 0 where the system does not say."""
    status = Path("/proc/self/statm")
    return int(status.read_text().split()[1]) * 4096 if status.exists() else 0


@lru_cache
def bomb(size: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(b" " * 2**20) for _ in range(size >> 20)) + packer.flush()


@pytest.mark.parametrize("where", ["content", "form", "font", "twice packed"])
def test_bombs_are_refused_in_time_and_memory(where: str) -> None:
    packed = bomb(200 << 20) if where != "twice packed" else zlib.compress(bomb(200 << 20), 9)
    filters = Array([Name.FlateDecode] * (2 if where == "twice packed" else 1))

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        stream = pdf.make_stream(packed, Filter=filters)
        if where == "form":
            stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, Array([0, 0, 1, 1])
            page.Resources.XObject.Fm = stream
        elif where == "font":
            page.Resources.Font.F1.FontDescriptor = Dictionary(Type=Name.FontDescriptor, FontFile2=stream)
        else:
            page.Contents = stream

    keep = {"stream_decode_level": pikepdf.StreamDecodeLevel.none}
    data = build("/Fm Do " + lines_of(TEXT), change=change, save=keep)
    assert len(data) < 2**20
    before, started = memory(), time.monotonic()
    with pytest.raises(InputError, match=f"unpacks to more than {MAX_UNPACKED >> 20} MB"):
        open_document(data)
    assert time.monotonic() - started < 10
    assert memory() - before < 150 << 20


def test_forms_inside_themselves() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        form = pdf.make_stream(b"/Fm Do " + lines_of("diizen").encode())
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 612, 792])
        form.Resources = Dictionary(Font=Dictionary(F1=pdf_samples.font()), XObject=Dictionary(Fm=form))
        pdf.pages[0].obj.Resources.XObject.Fm = form

    with open_document(build("/Fm Do", change=change)) as document:
        assert "diizen" in document.text
        with pytest.raises(OnarError):
            document.rewrite(mend(document.text))


def test_forms_that_multiply() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        inner = Dictionary(Font=Dictionary(F1=pdf_samples.font()))
        content = lines_of("diizen")
        for _ in range(9):
            form = pdf.make_stream(content.encode())
            form.Type, form.Subtype, form.BBox, form.Resources = Name.XObject, Name.Form, Array([0, 0, 9, 9]), inner
            inner, content = Dictionary(XObject=Dictionary(Fm=form)), "/Fm Do " * 30
        pdf.pages[0].obj.Resources, pdf.pages[0].obj.Contents = inner, pdf.make_stream(b"/Fm Do")

    started = time.monotonic()
    with pytest.raises(OnarError):
        open_document(build("", change=change))
    assert time.monotonic() - started < 10


def test_five_thousand_pages_in_time_and_memory(tmp_path: Path) -> None:
    path = tmp_path / "many.pdf"
    path.write_bytes(build(*[lines_of("giizel bir yer")] * 5_000))
    before, started = memory(), time.monotonic()
    with open_document(path) as document:
        assert document.pages == 5_000 and document.text.count("\f") == 4_999
        restoration = mend(document.text, {"giizel": "güzel"})
        restoration = Restoration(restoration.source, restoration.changes[::50])
        with (tmp_path / "new.pdf").open("wb") as out:
            document.write(restoration, out)
    assert time.monotonic() - started < 60
    assert memory() - before < 400 << 20
    with open_document(tmp_path / "new.pdf") as again:
        assert again.text == restoration.text


@pytest.mark.parametrize("password", ["", "secret"])
def test_passwords(password: str, tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    path.write_bytes(build(IMAGE, save={"encryption": pikepdf.Encryption(owner="o", user=password)}))
    with pytest.raises(RefusedError, match="encrypted"):
        open_document(path)
