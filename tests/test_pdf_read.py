"""Reading PDFs: reading order, lines, paragraphs, places, pictures; and bad files, each answered in one line."""

from __future__ import annotations

import struct
import time
import zlib
from pathlib import Path

import pdf_samples
import pikepdf
from pdf_samples import IMAGE, TEXT, build, lines_of, mend
from pikepdf import Array, Dictionary, Name

from onar.changelog.changes import Change
from onar.documents import open_document
from onar.documents.pdf_place import Placed, View


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


def rows(left: list[str], right: list[str], gap: int = 200) -> str:
    """Return content that writes two columns row by row, word by word."""
    shown = "BT 3 Tr /F1 10 Tf\n"
    for number, (one, two) in enumerate(zip(left, right, strict=True)):
        shown += f"1 0 0 1 50 {700 - 12 * number} Tm ({one}) Tj\n"
        shown += f"1 0 0 1 {50 + gap} {700 - 12 * number} Tm ({two}) Tj\n"
    return shown + "ET\n"


def test_columns_written_row_by_row_are_read_column_by_column() -> None:
    left = [f"sol kolon bir iki uc {chr(97 + n)}" for n in range(8)]
    right = [f"sag kolon dort bes {chr(97 + n)}" for n in range(7)] + [""]
    text = text_of(lines_of("Bir baslik burada durur", top=740) + rows(left, right) + lines_of("Son satir", top=500))
    assert text.split("\n")[2:18] == [*left, *right[:7], ""], text
    assert text.startswith("Bir baslik burada durur\n\n") and text.endswith("Son satir\n")


def test_tables_and_few_lines_keep_their_rows() -> None:
    names, numbers = [f"bir uzun ad {chr(97 + n)}" for n in range(8)], [f"{n} 12 1,5" for n in range(8)]
    assert text_of(rows(names, numbers)).split("\n")[:2] == ["bir uzun ad a 0 12 1,5", "bir uzun ad b 1 12 1,5"]
    assert text_of(rows(names[:4], names[:4])).split("\n")[0] == "bir uzun ad a bir uzun ad a"


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
