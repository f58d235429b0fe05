"""Reading PDFs: reading order, lines, paragraphs, places, pictures; and bad files, each answered in one line."""

from __future__ import annotations

import struct
import time
import zlib
from functools import lru_cache
from pathlib import Path

import pdf_samples
import pikepdf
import psutil
import pytest
from pdf_samples import IMAGE, TEXT, build, lines_of, mend
from pikepdf import Array, Dictionary, Name

from onar.changes import Change, Restoration
from onar.documents import open_document
from onar.documents.pdf_guard import MAX_UNPACKED
from onar.documents.pdf_place import Placed, View
from onar.errors import InputError, OnarError, RefusedError


def text_of(*contents: str, **options: object) -> str:
    with open_document(build(*contents, **options)) as document:  # type: ignore[arg-type]
        return document.text


def test_lines_paragraphs_and_pages() -> None:
    two = lines_of("son bir\niki") + lines_of("yeni paragraf", top=600)
    assert text_of(lines_of("bir iki\nuc"), two) == "bir iki\nuc\n\fson bir\niki\n\nyeni paragraf\n"


def test_columns_in_the_order_of_the_content() -> None:
    left = "BT 3 Tr /F1 10 Tf 1 0 0 1 50 700 Tm (sol bir) Tj 0 -12 Td (sol iki) Tj ET\n"
    right = "BT 3 Tr /F1 10 Tf 1 0 0 1 300 700 Tm (sag bir) Tj 0 -12 Td (sag iki) Tj ET\n"
    assert text_of(left + right) == "sol bir\nsol iki\nsag bir\nsag iki\n"


def test_words_cut_by_gaps_and_glued_from_pieces() -> None:
    content = (
        "BT 3 Tr /F1 10 Tf 1 0 0 1 50 700 Tm [(gii) 5 (zel) -900 (yer)] TJ 100 0 Td (bu) Tj 10.6 0 Td (rada) Tj ET"
    )
    assert text_of(content) == "giizel yer burada\n"


def test_hyphens_at_the_line_end_are_kept() -> None:
    assert text_of(lines_of("yiik-\nsek yer-\nde")) == "yiik-\nsek yer-\nde\n"


def test_a_page_without_text_says_so_and_the_others_are_read() -> None:
    with open_document(build(IMAGE, IMAGE + lines_of(TEXT), IMAGE, IMAGE)) as document:
        assert document.text == f"\f{TEXT}\n\f\f"
        assert len(document.notes) == 1 and "pages 1, 3-4: no text layer: run OCR" in document.notes[0]
        assert document.pages == 4


def test_places_as_shown_on_turned_and_shifted_pages() -> None:
    assert View(10, 20, 110, 220).shown(10, 220) == (0, 0)
    assert View(10, 20, 110, 220, 1).shown(10, 20) == (0, 0)
    assert View(10, 20, 110, 220, 2).shown(110, 20) == (0, 0)
    assert View(10, 20, 110, 220, 3).shown(110, 220) == (0, 0)


def test_a_word_over_two_pages_is_located_on_both() -> None:
    with open_document(build(lines_of("son gii-"), lines_of("zel bir"))) as document:
        start = document.text.index("gii-")
        change = Change("1", start, start + 9, 1, 1, 1, document.text[start : start + 9], "")
        assert change.before == "gii-\n\fzel"
        assert [box.page for box in document.locate(change)] == [1, 2]
        assert document.confidences == () and document.picture(change)


def test_the_picture_shows_the_word() -> None:
    mark = "0 g 97 694 34 14 re f\n"  # a black bar where the word is
    with open_document(build(mark + lines_of("yeni diizen vebu", size=12))) as document:
        change = mend(document.text, {"diizen": "düzen"}).changes[0]
        png = document.picture(change)
        assert png and png.startswith(b"\x89PNG")
        width, height = struct.unpack(">II", png[16:24])
        assert height == 48 and 60 < width < 200
        rows = zlib.decompress(png[png.index(b"IDAT") + 4 : png.index(b"IEND") - 8])
        assert rows.count(0) > 0.3 * width * height and rows.count(255) > 0.2 * width * height


def test_no_picture_of_huge_images() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        image = pdf.pages[0].obj.Resources.XObject.Im1
        image.Width, image.Height = 90_000, 90_000

    with open_document(build(IMAGE + lines_of(TEXT), change=change)) as document:
        started = time.monotonic()
        assert document.picture(mend(document.text).changes[0]) is None
        assert time.monotonic() - started < 2


def test_a_layer_without_unicode_map_is_noted_and_left_out() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        program = Dictionary(Type=Name.FontDescriptor, FontName=Name.X, Flags=4)
        child = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.X, FontDescriptor=program)
        child.CIDSystemInfo = Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0)
        font = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.X, Encoding=Name("/Identity-H"))
        font.DescendantFonts = Array([pdf.make_indirect(child)])
        pdf.pages[0].obj.Resources = Dictionary(Font=Dictionary(F1=font))

    content = "BT 3 Tr /F1 12 Tf 72 700 Td <E001E002E003E004E005> Tj ET"
    with open_document(build(content, lines_of(TEXT), change=change)) as document:
        assert document.text == f"\f{TEXT}\n"
        assert "no Unicode map: run OCR on it again" in document.notes[0] or "no text layer" in document.notes[0]


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
    before, started = psutil.Process().memory_info().rss, time.monotonic()
    with pytest.raises(InputError, match=f"unpacks to more than {MAX_UNPACKED >> 20} MB"):
        open_document(data)
    assert time.monotonic() - started < 10
    assert psutil.Process().memory_info().rss - before < 150 << 20


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
    before, started = psutil.Process().memory_info().rss, time.monotonic()
    with open_document(path) as document:
        assert document.pages == 5_000 and document.text.count("\f") == 4_999
        restoration = mend(document.text, {"giizel": "güzel"})
        restoration = Restoration(restoration.source, restoration.changes[::50])
        with (tmp_path / "new.pdf").open("wb") as out:
            document.write(restoration, out)
    assert time.monotonic() - started < 60
    assert psutil.Process().memory_info().rss - before < 400 << 20
    with open_document(tmp_path / "new.pdf") as again:
        assert again.text == restoration.text


@pytest.mark.parametrize("password", ["", "secret"])
def test_passwords(password: str, tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    path.write_bytes(build(IMAGE, save={"encryption": pikepdf.Encryption(owner="o", user=password)}))
    with pytest.raises(RefusedError, match="encrypted"):
        open_document(path)


def test_no_file_stays_open(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_samples.tesseract())
    count = len(list(Path("/proc/self/fd").iterdir())) if Path("/proc/self/fd").exists() else 0
    for _ in range(3):
        with open_document(path) as document:
            document.rewrite(mend(document.text))
    if count:
        assert len(list(Path("/proc/self/fd").iterdir())) == count


def test_slanted_words_know_their_corners() -> None:
    word = Placed("x", 0, 0, 0.0, 10, 10)
    assert word.part("x", 0.5, 1.0) == Placed("x", 5, 0, 0.0, 5, 10)
    assert View(0, 0, 100, 100).box(1, Placed("x", 50, 50, 1.5707963, 10, 10)) is not None
