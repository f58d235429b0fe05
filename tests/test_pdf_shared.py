"""The scans beside the project: three PDFs and six pages of hOCR and ALTO, with the real restorer."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from rapidfuzz.distance import Levenshtein

from onar.changelog.changes import Restoration
from onar.documents import open_document
from onar.restore import Restorer

SHARED = Path(__file__).parents[1].parent / "shared"
PDFS = {"tesseract_layer": "own01", "tesseract_layer_2": "own02", "ocrmypdf_layer": "own03"}

pytestmark = pytest.mark.skipif(not (SHARED / "pdf").is_dir(), reason="the folder shared beside the project is missing")
needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
needs_qpdf = pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")


@lru_cache
def restorer() -> Restorer:
    return Restorer()


@lru_cache
def restored(name: str) -> tuple[Restoration, bytes]:
    with open_document(SHARED / "pdf" / f"{name}.pdf") as document:
        restoration = restorer().restore(document.text, confidences=document.confidences)
        return restoration, document.rewrite(restoration)


def words(text: str) -> list[str]:
    """Return the words as the scorer of the project counts them: one kind of quotes, line ends joined."""
    text = unicodedata.normalize("NFC", text)
    text = re.sub("[’‘`´]", "'", re.sub("[“”„]", '"', text))
    return re.sub(r"(?<=[^\W_])-[ \t]*\n\s*(?=\S)", "", text).split()


def wer(wanted: str, found: str) -> float:
    return 100 * Levenshtein.distance(words(wanted), words(found)) / len(words(wanted))


def tool(*command: str, data: bytes, folder: Path) -> bytes:
    (folder / "in.pdf").write_bytes(data)
    done = subprocess.run(
        [part.replace("IN", str(folder / "in.pdf")) for part in command], capture_output=True, check=True
    )
    return done.stdout


@needs_poppler
@pytest.mark.parametrize("name", PDFS)
def test_the_text_of_the_pdf_is_as_good_as_restoring_the_plain_text(name: str, tmp_path: Path) -> None:
    print_ = (SHARED / "scans" / PDFS[name] / "print.txt").read_text("utf-8")
    plain = (SHARED / "scans" / PDFS[name] / "ocr.txt").read_text("utf-8")
    restoration, new = restored(name)
    found = tool("pdftotext", "IN", "-", data=new, folder=tmp_path).decode()
    assert wer(print_, found) <= wer(print_, restorer().restore(plain).text) + 0.3
    assert wer(print_, found) <= wer(print_, restoration.text) + 0.3


@pytest.mark.parametrize("name", PDFS)
def test_reading_the_new_file_gives_the_restored_text_and_no_word_twice(name: str) -> None:
    restoration, new = restored(name)
    with open_document(new) as again:
        assert again.text.split() == restoration.text.split()


@pytest.mark.parametrize("name", PDFS)
def test_page_pictures_are_the_same(name: str) -> None:
    old = (SHARED / "pdf" / f"{name}.pdf").read_bytes()

    def drawn(data: bytes) -> list[bytes]:
        pdf = pypdfium2.PdfDocument(data)
        try:
            return [bytes(page.render(scale=2).buffer) for page in pdf]
        finally:
            pdf.close()

    assert drawn(old) == drawn(restored(name)[1])


@needs_poppler
@pytest.mark.parametrize("name", PDFS)
def test_page_pictures_are_the_same_in_poppler(name: str, tmp_path: Path) -> None:
    old = (SHARED / "pdf" / f"{name}.pdf").read_bytes()
    one = tool("pdftoppm", "-r", "150", "IN", data=old, folder=tmp_path)
    assert len(one) > 1_000_000 and one == tool("pdftoppm", "-r", "150", "IN", data=restored(name)[1], folder=tmp_path)


@needs_qpdf
@pytest.mark.parametrize("name", PDFS)
def test_the_file_is_valid_and_no_larger(name: str, tmp_path: Path) -> None:
    new = restored(name)[1]
    said = tool("qpdf", "--check", "IN", data=new, folder=tmp_path).decode()
    assert "No syntax or stream encoding errors" in said
    assert len(new) <= (SHARED / "pdf" / f"{name}.pdf").stat().st_size


@pytest.mark.parametrize("name", PDFS)
def test_metadata_stays(name: str) -> None:
    with pikepdf.open(SHARED / "pdf" / f"{name}.pdf") as one, pikepdf.open(io.BytesIO(restored(name)[1])) as two:
        assert dict(one.docinfo.items()) == dict(two.docinfo.items())
        assert set(one.Root.keys()) == set(two.Root.keys())


def search(page: Any, word: str) -> list[tuple[float, float, float, float]]:
    """Return the boxes of *word* on a page, from the top left corner as shown."""
    text = page.get_textpage()
    searcher = text.search(word, match_case=True, match_whole_word=True)
    height, boxes = page.get_height(), []
    while (hit := searcher.get_next()) is not None:
        text.count_rects(*hit)
        left, bottom, right, top = text.get_rect(0)
        boxes.append((left, height - top, right, height - bottom))
    return boxes


@pytest.mark.parametrize("name", PDFS)
def test_searching_finds_restored_words_at_their_boxes(name: str) -> None:
    restoration, new = restored(name)
    pdf = pypdfium2.PdfDocument(new)
    found = 0
    with open_document(SHARED / "pdf" / f"{name}.pdf") as document:
        for change in restoration.changes:
            if not (change.in_text and change.after.isalpha() and len(change.after) > 5):
                continue
            box = document.locate(change)[0]
            hits = search(pdf[box.page - 1], change.after)
            near = [h for h in hits if abs(h[0] - box.left) < 4 and box.top - 4 < (h[1] + h[3]) / 2 < box.bottom + 4]
            assert len(near) <= 1
            found += len(near)
    assert found >= 5
    pdf.close()


@pytest.mark.parametrize("name", PDFS.values())
@pytest.mark.parametrize("kind", ["hocr", "alto"])
def test_the_same_words_as_the_text_route(name: str, kind: str) -> None:
    pages = []
    for path in sorted((SHARED / "scans" / name / kind).iterdir()):
        with open_document(path) as document:
            pages.append(document.text)
    assert "\f".join(pages).split() == (SHARED / "scans" / name / "ocr.txt").read_text("utf-8").split()
