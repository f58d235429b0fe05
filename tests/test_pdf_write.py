"""Scanned PDFs by every kind of writer: same picture, right words, right places, none doubled."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pdf_samples
import pikepdf
import pypdfium2
import pytest
from pdf_samples import IMAGE, TEXT, build, lines_of, mend
from pikepdf import Array, Dictionary, Name, OutlineItem

from onar.changelog.changes import Change, Restoration
from onar.documents import open_document

needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
needs_qpdf = pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")


def turned(rotate: int) -> bytes:
    """A page turned by *rotate* whose text reads upright when shown."""
    matrix = {90: "0 1 -1 0 {v} 80", 180: "-1 0 0 -1 500 {v}", 270: "0 -1 1 0 {w} 600"}[rotate]
    rows = [
        f"{matrix.format(v=100 + 16 * n, w=500 - 16 * n)} Tm ({line}) Tj" for n, line in enumerate(TEXT.split("\n"))
    ]
    return build(IMAGE + "BT 3 Tr /F1 12 Tf " + " ".join(rows) + " ET", Rotate=rotate)


def untidy() -> bytes:
    """Groups left open, text state outside text objects, a text object without text, an inline image."""
    inline = "q 10 0 0 10 300 300 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q\n"
    return build(
        "q 1 0 0 1 0 0 cm 3 Tr BT ET " + IMAGE + inline + "/F1 12 Tf q q " + lines_of(TEXT).replace("3 Tr", "")
    )


SAMPLES = {
    "tesseract": pdf_samples.tesseract(),
    "ocrmypdf, in a form": pdf_samples.ocrmypdf(),
    "abbyy, under the picture, tagged": pdf_samples.abbyy(),
    "abbyy, under the picture": pdf_samples.abbyy(tagged=False),
    "turned 90": turned(90),
    "turned 180": turned(180),
    "turned 270": turned(270),
    "skewed": build(IMAGE + lines_of(TEXT, matrix="0.9945 0.1045 -0.1045 0.9945")),
    "cropped": build(IMAGE + lines_of(TEXT), CropBox=Array([10, 20, 600, 780])),
    "origin elsewhere": build(IMAGE + lines_of(TEXT), MediaBox=Array([-100, -50, 500, 750])),
    "untidy": untidy(),
    "two fonts": build(IMAGE + lines_of(TEXT).replace("(bir", "/F2 12 Tf (bir")),
}


def drawn(data: bytes, scale: float = 1.5) -> list[bytes]:
    """Return the pixels of each page (pdfium)."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        return [bytes(page.render(scale=scale).buffer) for page in pdf]
    finally:
        pdf.close()


def poppler(tool: str, data: bytes, *options: str, folder: Path) -> bytes:
    (folder / "in.pdf").write_bytes(data)
    done = subprocess.run([tool, *options, str(folder / "in.pdf")], capture_output=True, check=True)
    assert done.stdout
    return done.stdout


def restored(data: bytes) -> tuple[Restoration, bytes]:
    with open_document(data) as document:
        restoration = mend(document.text)
        return restoration, document.rewrite(restoration)


@pytest.mark.parametrize("data", SAMPLES.values(), ids=SAMPLES.keys())
def test_words_are_restored_at_their_places(data: bytes) -> None:
    restoration, new = restored(data)
    with open_document(data) as old, open_document(new) as again:
        assert old.text == TEXT + "\n"
        assert again.text == restoration.text
        before = {old.text[w.start : w.end]: w.box for w in old.words()}
        after = {again.text[w.start : w.end]: w.box for w in again.words()}
        for was, now in {"giizel": "güzel", "diizen": "düzen", "iilke": "ülke", "yiik-": "yük-", "sek": "sek"}.items():
            one, two = before[was], after[now]
            assert one and two
            for side in ("left", "top", "right", "bottom"):
                assert getattr(one, side) == pytest.approx(getattr(two, side), abs=1.6), (was, side)
        ve, bu, birle, bir, le = after["ve"], after["bu"], after["birle"], before["bir"], before["le"]
        assert ve and bu and birle and bir and le
        assert ve.right < bu.left and before["vebu"] and ve.left == pytest.approx(before["vebu"].left, abs=1)
        assert birle.right == pytest.approx(le.right, abs=1)


@pytest.mark.parametrize("data", SAMPLES.values(), ids=SAMPLES.keys())
def test_the_page_looks_the_same(data: bytes) -> None:
    assert drawn(data) == drawn(restored(data)[1])


@needs_poppler
@pytest.mark.parametrize("data", SAMPLES.values(), ids=SAMPLES.keys())
def test_the_page_looks_the_same_in_poppler(data: bytes, tmp_path: Path) -> None:
    new = restored(data)[1]
    assert poppler("pdftoppm", data, "-r", "100", folder=tmp_path) == poppler(
        "pdftoppm", new, "-r", "100", folder=tmp_path
    )


@needs_poppler
@pytest.mark.parametrize(
    "data", [d for n, d in SAMPLES.items() if n != "skewed"], ids=[n for n in SAMPLES if n != "skewed"]
)
def test_poppler_finds_every_word_once(data: bytes, tmp_path: Path) -> None:
    restoration, new = restored(data)
    path = tmp_path / "new.pdf"
    path.write_bytes(new)
    text = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True, text=True).stdout
    wanted = restoration.text.replace("-\n", "")
    assert Counter(text.split()) == Counter(wanted.split())


@needs_qpdf
@pytest.mark.parametrize("data", SAMPLES.values(), ids=SAMPLES.keys())
def test_qpdf_finds_nothing_wrong(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "new.pdf"
    path.write_bytes(restored(data)[1])
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_restoring_is_repeatable_and_restoring_the_restored_changes_nothing() -> None:
    new = restored(SAMPLES["tesseract"])[1]
    assert new == restored(SAMPLES["tesseract"])[1]
    assert restored(new)[1] == new


def test_the_file_grows_by_a_font_and_no_more() -> None:
    many = build(*[IMAGE + lines_of(TEXT)] * 30)
    growth = len(restored(many)[1]) - len(many)
    assert growth < 1_600 + 30 * 50


def test_pages_without_changes_are_not_touched() -> None:
    data = build(IMAGE + lines_of("temiz bir sayfa"), IMAGE + lines_of(TEXT), IMAGE)
    _, new = restored(data)
    with pikepdf.open(io.BytesIO(data)) as one, pikepdf.open(io.BytesIO(new)) as two:
        for index in (0, 2):
            assert one.pages[index].Contents.read_bytes() == two.pages[index].Contents.read_bytes()
        assert one.pages[1].Contents.read_bytes() != two.pages[1].Contents.read_bytes()


def test_old_fonts_and_empty_forms_go() -> None:
    for name in ("tesseract", "ocrmypdf, in a form"):
        with pikepdf.open(io.BytesIO(restored(SAMPLES[name])[1])) as pdf:
            resources = pdf.pages[0].resources
            assert list(resources.Font.keys()) == ["/OnarInvisible"]
            assert list(resources.XObject.keys()) == ["/Im1"]


def test_structure_marks_stay_with_their_words() -> None:
    _, new = restored(pdf_samples.abbyy())
    with pikepdf.open(io.BytesIO(new)) as pdf:
        commands = pikepdf.parse_content_stream(pdf.pages[0])
        marks = [int(c.operands[1].MCID) for c in commands if str(c.operator) == "BDC"]
        assert marks == [0, 1, 2, 3]
        assert sum(str(c.operator) == "EMC" for c in commands) == 4
        assert len(pdf.Root.StructTreeRoot.K) == 4


def test_forms_with_pictures_keep_them_and_shared_forms_stay() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        form = pdf.make_stream(("0.5 g 100 100 50 50 re f\n" + lines_of(TEXT)).encode())
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 612, 792])
        form.Resources = Dictionary(Font=Dictionary(F1=pdf_samples.font()))
        for page in pdf.pages:
            page.obj.Resources.XObject["/Fm"] = form

    data = build("/Fm Do", "/Fm Do", change=change)
    with open_document(data) as document:
        first = [c for c in mend(document.text).changes if c.start < document.text.index("\f")]
        new = document.rewrite(Restoration(document.text, tuple(first)))
        expected = Restoration(document.text, tuple(first)).text
    assert drawn(new) == drawn(data)
    with open_document(new) as again:
        assert again.text == expected


def test_everything_around_the_pages_stays() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        with pdf.open_outline() as outline:
            outline.root.append(OutlineItem("Giriş", 1))
        pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.r)]))
        pdf.Root.Lang = "tr-TR"
        pdf.docinfo["/Title"] = "Başlık"
        with pdf.open_metadata(set_pikepdf_as_editor=False) as meta:
            meta["dc:title"] = "Başlık"
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), Border=Array([0, 0, 0]))
        link.A = Dictionary(S=Name.URI, URI="https://example.org/")
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])
        pdf.attachments["a.txt"] = b"x"

    data = build(IMAGE + lines_of(TEXT), IMAGE, change=change)
    new = restored(data)[1]
    with pikepdf.open(io.BytesIO(data)) as one, pikepdf.open(io.BytesIO(new)) as two:
        for key in ("/PageLabels", "/Lang"):
            assert repr(one.Root[key]) == repr(two.Root[key])
        assert two.docinfo["/Title"] == "Başlık" and dict(one.docinfo.items()) == dict(two.docinfo.items())
        assert one.Root.Metadata.read_bytes() == two.Root.Metadata.read_bytes()
        assert two.pages[0].Annots[0].A.URI == "https://example.org/"
        with two.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Giriş"]
        assert two.attachments["a.txt"].get_file().read_bytes() == b"x"


def test_nothing_to_change_gives_the_file_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(SAMPLES["tesseract"])
    for source in (path, SAMPLES["tesseract"]):
        with open_document(source) as document:
            assert document.rewrite(Restoration(document.text, ())) == SAMPLES["tesseract"]


def test_letters_of_every_alphabet_come_back() -> None:
    with open_document(SAMPLES["tesseract"]) as document:
        words = {"giizel": "ğşıİĞŞçöü", "diizen": "Δд中𝐀", "iilke": "(\\)<>"}
        restoration = mend(document.text, words)
        new = document.rewrite(restoration)
    with open_document(new) as again:
        assert again.text == restoration.text


def test_a_persons_decisions_are_followed() -> None:
    with open_document(SAMPLES["tesseract"]) as document:
        start = document.text.index("diizen")
        change = Change("1", start, start + 6, 1, 1, 1, "diizen", "dizin", status="flagged", decision="edit")
        new = document.rewrite(Restoration(document.text, (change,)))
    with open_document(new) as again:
        assert "yeni dizin vebu" in again.text


def search(data: bytes, word: str) -> list[tuple[float, ...]]:
    """Return the boxes where pdfium finds *word*, points from the lower left corner."""
    pdf: Any = pypdfium2.PdfDocument(data)
    found = []
    for page in pdf:
        text = page.get_textpage()
        searcher = text.search(word)
        while (hit := searcher.get_next()) is not None:
            text.count_rects(*hit)
            found.append(text.get_rect(0))
    pdf.close()
    return found


def test_searching_finds_restored_words_where_they_are_printed() -> None:
    data = SAMPLES["tesseract"]
    new = restored(data)[1]
    for was, now in {"giizel": "güzel", "diizen": "düzen", "iilke": "ülke"}.items():
        (old_box,), (new_box,) = search(data, was), search(new, now)
        assert new_box == pytest.approx(old_box, abs=3.5)
        assert search(new, was) == []
