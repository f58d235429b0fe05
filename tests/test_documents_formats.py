"""hOCR, ALTO, PAGE, TSV and text: read, restored, written, with every byte outside the changed words as it was."""

from __future__ import annotations

import difflib
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import ocr_samples
import pytest
from cli_runs import run
from pdf_samples import mend

from onar.changelog.changes import Change, Restoration
from onar.changelog.log import read
from onar.documents import FORMATS, Document, detect, open_document
from onar.documents.model import Box
from onar.errors import InputError
from onar.restore import Restorer

SAMPLES = ocr_samples.all_samples()
TEXT = "giizel bir yer\nyeni diizen vebu iilke\nAhmet & “Ali” dedi\nson yiik-\nsek bir le\nİzmir'de\n"


@pytest.mark.parametrize(("kind", "data"), SAMPLES)
def test_reading(kind: str, data: bytes) -> None:
    document = open_document(data)
    assert document.format == kind == detect(data)
    assert re.sub(r"\n+", "\n", document.text) == TEXT
    assert document.pages == 1


@pytest.mark.parametrize(("kind", "data"), SAMPLES)
def test_writing_gives_the_restored_text(kind: str, data: bytes) -> None:
    document = open_document(data)
    restored = mend(document.text)
    again = open_document(document.rewrite(restored))
    assert again.text == restored.text and again.format == kind


@pytest.mark.parametrize(("kind", "data"), SAMPLES)
def test_no_change_changes_no_byte(kind: str, data: bytes) -> None:
    document = open_document(data)
    assert document.rewrite(Restoration(document.text, ())) == data


@pytest.mark.parametrize(("kind", "data"), SAMPLES)
def test_only_the_bytes_of_the_word_change(kind: str, data: bytes) -> None:
    document = open_document(data)
    new = document.rewrite(mend(document.text, {"diizen": "düzen"}))
    code = {b"\xff\xfe": "utf-16", b"<?": "utf-8"}.get(data[:2], "utf-8") if b"8859" not in data[:60] else "iso-8859-9"
    one, two = data.decode(code), new.decode(code)
    for tag, a, b, c, d in difflib.SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag != "equal":
            assert set(one[a:b]) <= {"i"} and two[c:d] in ("ü", "")


PROJECT = Path(__file__).parents[1]
SCANS = [path for kind in ("hocr", "xml") for path in PROJECT.glob(f"seeds/samples/*/page_*.{kind}")]
SCANS += PROJECT.parent.glob("shared/scans/own0*/*/p_*")
ELEMENT = re.compile(r"<span class=.ocrx_word.[^>]*>.*?</span>|<(?:String|SP)\b[^>]*>", re.S)
WORD = re.compile(r"(?<=>)[^<>]+(?=<)|(?<=CONTENT=\")[^\"]*")


@pytest.mark.parametrize("path", sorted(SCANS), ids=lambda p: "/".join(p.parts[-3:]))
def test_only_the_bytes_of_changed_words_change(path: Path) -> None:
    """What surrounds the elements of words stays; so does each element, but for its word, or goes as a whole."""
    with open_document(path) as document:
        restoration = Restorer().restore(document.text, confidences=document.confidences)
        data = document.rewrite(restoration)
    old, new = path.read_text("utf-8"), data.decode()
    assert ["".join(part.split()) for part in ELEMENT.split(old) if part.strip()] == [
        "".join(part.split()) for part in ELEMENT.split(new) if part.strip()
    ]
    before, after = ([e for e in ELEMENT.findall(file) if "<SP" not in e] for file in (old, new))
    frames = {WORD.sub("", element) for element in before}
    reframed = [element for element in after if WORD.sub("", element) not in frames]
    changes = [change for change in restoration.changes if change.in_text]
    assert len(reframed) <= 2 * sum(change.before.count(" ") != change.after.count(" ") for change in changes)
    assert 0 < len(set(before) - set(after)) <= sum(len(change.before.split()) for change in changes)
    ElementTree.fromstring(re.sub(rb"<!DOCTYPE[^>]*>", b"", data))
    with open_document(data) as again:
        assert again.text == restoration.text


@pytest.mark.parametrize(("kind", "data"), [s for s in SAMPLES if s[0] != "tsv"])
def test_what_is_written_is_well_formed_with_unique_ids(kind: str, data: bytes) -> None:
    document = open_document(data)
    root = ElementTree.fromstring(document.rewrite(mend(document.text)))
    ids = [value for node in root.iter() for key, value in node.attrib.items() if key in ("id", "ID")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("kind", "data"), SAMPLES)
def test_signs_of_markup_in_a_word_are_escaped(kind: str, data: bytes) -> None:
    document = open_document(data)
    restored = mend(document.text, {"giizel": "<a&'\"]]>", "diizen": "ğşıİ"})
    assert open_document(document.rewrite(restored)).text == restored.text


@pytest.mark.parametrize(("kind", "data"), [s for s in SAMPLES if s[1] != ocr_samples.page(words=False)])
def test_confidences_and_places(kind: str, data: bytes) -> None:
    document = open_document(data)
    start, end, sure = document.confidences[4]
    assert document.text[start:end] == "diizen" and sure == pytest.approx(0.82, abs=0.006)
    change = mend(document.text, {"diizen vebu": "düzen ve bu"}).changes[0]
    assert document.locate(change) == (Box(1, 158, 90, 230, 120), Box(1, 240, 90, 288, 120))
    (placed,) = document.placed([change])
    assert placed.boxes == ((158, 90, 230, 120), (240, 90, 288, 120)) and replace(placed, boxes=()) == change


def test_a_split_word_shares_its_place_and_a_joined_one_covers_both() -> None:
    for data in (ocr_samples.hocr(), ocr_samples.alto(), ocr_samples.page(), ocr_samples.tsv()):
        document = open_document(data)
        again = open_document(document.rewrite(mend(document.text)))
        boxes = {again.text[w.start : w.end]: w.box for w in again.words()}
        assert boxes["ve"] == Box(1, 240, 90, 259, 120) and boxes["bu"] == Box(1, 269, 90, 288, 120)
        assert boxes["birle"] == Box(1, 146, 210, 216, 240)


def test_alto_keeps_the_whole_of_a_broken_word_in_agreement() -> None:
    document = open_document(ocr_samples.alto())
    new = document.rewrite(mend(document.text, {"yiik-\nsek": "yük-\nsek"}))
    assert new.count('SUBS_CONTENT="yüksek"'.encode()) == 2 and b"yiiksek" not in new
    assert new.count(b"<HYP ") == 1


def test_alto_updates_the_other_half_when_one_changes() -> None:
    data = ocr_samples.alto().replace(b'CONTENT="sek"', b'CONTENT="sek,"')
    document = open_document(data)
    new = document.rewrite(mend(document.text, {"yiik-": "yük-"})).decode()
    assert new.count('SUBS_CONTENT="yüksek"') == 2 and 'CONTENT="sek,"' in new


def test_alto_glyphs_of_a_changed_word_go() -> None:
    data = ocr_samples.alto().replace(
        b'CONTENT="diizen"/>', b'CONTENT="diizen"><Glyph CONTENT="d"/><ALTERNATIVE>dizen</ALTERNATIVE></String>'
    )
    document = open_document(data)
    new = document.rewrite(mend(document.text)).decode()
    assert 'CONTENT="düzen"></String>' in new


def test_page_keeps_lines_and_regions_in_agreement() -> None:
    document = open_document(ocr_samples.page())
    root = ElementTree.fromstring(document.rewrite(mend(document.text)))
    name = "{http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15}"

    def text(node: ElementTree.Element) -> str:
        return node.findtext(f"{name}TextEquiv/{name}Unicode") or ""

    for region in root.iter(f"{name}TextRegion"):
        lines = region.findall(f"{name}TextLine")
        assert text(region) == "\n".join(map(text, lines))
        for line in lines:
            assert text(line) == " ".join(map(text, line.findall(f"{name}Word")))


def test_page_leaves_a_line_alone_that_never_agreed() -> None:
    data = ocr_samples.page().replace(b"<Unicode>yeni diizen vebu iilke</Unicode>", b"<Unicode>a reading</Unicode>")
    document = open_document(data)
    new = document.rewrite(mend(document.text))
    assert b"<Unicode>a reading</Unicode>" in new and "<Unicode>düzen</Unicode>".encode() in new


def test_page_follows_the_reading_order_and_the_lowest_index() -> None:
    data = ocr_samples.page().replace(
        b"<Unicode>diizen</Unicode></TextEquiv>",
        b"<Unicode>other</Unicode></TextEquiv><TextEquiv index='0'><Unicode>diizen</Unicode></TextEquiv>",
    )
    data = data.replace(b'<TextEquiv conf="0.82"><Unicode>other', b'<TextEquiv index="1"><Unicode>other')
    assert open_document(data).text.index("giizel") < open_document(data).text.index("İzmir")
    assert "diizen" in open_document(data).text and "other" not in open_document(data).text


def test_hocr_with_markup_inside_words_and_lines_without_words() -> None:
    data = ocr_samples.hocr().replace(b">diizen<", b"><strong>dii<em>zen</em></strong><")
    data = data.replace(b"</p>", b"<span class='ocr_line' title='bbox 1 2 3 4'>giizel bir <i>diizen</i> idi</span></p>")
    document = open_document(data)
    restored = mend(document.text)
    again = open_document(document.rewrite(restored))
    assert again.text == restored.text and again.text.endswith("güzel bir düzen idi\n")


def test_pages_are_form_feeds() -> None:
    body = ocr_samples.hocr()
    one = body[body.index(b"<div class='ocr_page'") : body.index(b"</body>")]
    document = open_document(body.replace(b"</body>", b"<div class='ocr_page'></div>" + one + b"</body>"))
    assert document.pages == 3 and document.text == f"{TEXT}\f\f{TEXT}"
    assert [w.page for w in document.words()][-1] == 3
    change = replace(mend(document.text).changes[-1], page=3)
    assert document.locate(change)[0].page == 3


def test_tsv_pages_blocks_and_marks() -> None:
    head = ocr_samples.tsv().split(b"\n")[0] + b"\n"
    rows = [(1, 1, 1, 1, "bir"), (1, 1, 2, 1, "iki"), (2, 1, 1, 1, "giizel"), (2, 1, 1, 2, "\u2028son")]
    body = "".join(f"5\t{a}\t{b}\t{c}\t{d}\t1\t1\t2\t3\t4\t-1\t{w}\r\n" for a, b, c, d, w in rows)
    document = open_document(b"\xef\xbb\xbf" + head + body.encode())
    assert document.text == "bir\n\niki\n\fgiizel\nson\n" and document.pages == 2 and document.confidences == ()
    new = document.rewrite(mend(document.text))
    assert new == b"\xef\xbb\xbf" + head + body.replace("giizel", "güzel").encode()


@pytest.mark.parametrize(
    ("box", "wanted"),
    [("0 0 10 10", True), ("-5 -5 10 10", True), ("10 10 5 5", False), ("0 0 99999999999 10", False), ("1 2 3", False)],
)
def test_absurd_boxes_are_no_boxes(box: str, wanted: bool) -> None:
    data = ocr_samples.hocr().replace(b"bbox 100 50 172 80", f"bbox {box}".encode())
    first = next(iter(open_document(data).words()))
    assert (first.box is not None) is wanted


@pytest.mark.parametrize("sure", ["nan", "1e9", "-3", "x", ""])
def test_absurd_confidences_are_none(sure: str) -> None:
    data = ocr_samples.alto().replace(b'WC="0.81"', f'WC="{sure}"'.encode())
    assert next(iter(open_document(data).words())).confidence is None


def test_text_is_a_format_too() -> None:
    data = b"\xff\xfe" + "giizel\r\ndiizen\f".encode("utf-16-le")
    document = open_document(data)
    assert document.format == "text" and document.text == "giizel\r\ndiizen\f" and document.pages == 1
    assert document.rewrite(mend(document.text)).decode("utf-16") == "güzel\r\ndüzen\f"
    assert document.locate(mend(document.text).changes[0]) == () and document.picture(mend("giizel").changes[0]) is None


def test_a_letter_the_encoding_lacks() -> None:
    document = open_document(b"giizel diizen", encoding="ascii")
    with pytest.raises(InputError, match="has no letter"):
        document.rewrite(mend(document.text))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "text"),
        (b"%PDF-1.4", "pdf"),
        (b"junk\n%PDF-1.4", "pdf"),
        (b"<3 diizen", "text"),
        (b"<not xml at all", "text"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><!-- c --><alto>", "alto"),
        (b"<?xml version='1.0'?>\n<a:alto xmlns:a='u'>", "alto"),
        ("<?xml version='1.0' encoding='utf-16'?><PcGts>".encode("utf-16"), "page"),
        (b"<!DOCTYPE html><html><head><meta name='ocr-system'/>", "hocr"),
        (b"level\tpage_num\tblock_num", "tsv"),
    ],
)
def test_detecting(data: bytes, kind: str) -> None:
    assert detect(data) == kind


@pytest.mark.parametrize("data", [b"<?xml version='1.0'?><TEI/>", b"<!DOCTYPE html><html><p>diizen</p></html>"])
def test_xml_of_another_kind_is_not_taken_for_text(data: bytes) -> None:
    with pytest.raises(InputError, match="another kind"):
        open_document(data)
    assert open_document(data, format="text").rewrite(mend(data.decode())) != b""


def test_open_document_by_path_and_its_errors(tmp_path: Path) -> None:
    path = tmp_path / "a\nb.hocr"
    path.write_bytes(ocr_samples.hocr())
    with open_document(path) as document:
        assert isinstance(document, Document) and "\n" not in document.name
    with pytest.raises(InputError, match="can't be read"):
        open_document(tmp_path / "missing")
    with pytest.raises(InputError, match="can't be read"):
        open_document(tmp_path)
    with pytest.raises(InputError, match="unknown format"):
        open_document(path, format="docx")
    for kind in set(FORMATS) - {"text"}:
        with pytest.raises(InputError) as error:
            open_document(b"bu bir metin", format=kind)
            raise InputError(f"{kind} read") if kind == "tsv" else AssertionError(kind)
        assert "\n" not in str(error.value)


@pytest.mark.parametrize(("kind", "data"), SAMPLES)
def test_a_restoration_of_another_text_is_refused(kind: str, data: bytes) -> None:
    document = open_document(data)
    with pytest.raises(InputError, match="not made from"):
        document.rewrite(mend(document.text + " "))
    wrong = Restoration(document.text, (Change("1", 0, 3, 1, 1, 1, "xyz", "abc"),))
    with pytest.raises(InputError, match="does not fit"):
        document.rewrite(wrong)


def test_a_file_without_words_says_so() -> None:
    document = open_document(b"<alto><Layout><Page/></Layout></alto>")
    assert document.text == "" and "run OCR" in document.notes[0]
    assert document.rewrite(Restoration("", ())) == b"<alto><Layout><Page/></Layout></alto>"


@pytest.mark.parametrize(("name", "kind"), [("a.hocr", "hocr"), ("a.pdf", "pdf")])
def test_the_log_tells_where_each_word_stands(name: str, kind: str, tmp_path: Path) -> None:
    source = tmp_path / name
    sample = Path(__file__).parents[1] / "seeds" / "samples" / "bolgesel_isbirligi" / "pages.pdf"
    source.write_bytes(sample.read_bytes() if kind == "pdf" else dict(SAMPLES)[kind])
    log = tmp_path / "log.jsonl"
    assert run("restore", str(source), "-o", str(tmp_path / f"out{source.suffix}"), "--log", str(log)).code == 0
    changes = read(log).changes
    with open_document(source.read_bytes(), format=kind) as document:
        assert changes and all(change.boxes for change in changes)
        assert changes == tuple(document.placed(replace(change, boxes=()) for change in changes))
