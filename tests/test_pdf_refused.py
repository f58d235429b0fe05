"""What is not rewritten: visible text, encrypted and signed files, fonts of drawings; nothing is written then."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pdf_samples import IMAGE, TEXT, build, lines_of, mend
from pikepdf import Array, Dictionary, Name
from test_pdf_write import SAMPLES, drawn, restored

from onar.documents import open_document
from onar.errors import InputError, RefusedError


@pytest.mark.parametrize(
    "content", [lines_of(TEXT, mode=0), IMAGE + lines_of(TEXT, mode=0), IMAGE + lines_of(TEXT, mode=1)]
)
def test_visible_text_is_refused_or_left(content: str) -> None:
    data = build(content, IMAGE + lines_of(TEXT))
    with open_document(data) as document:
        restoration = mend(document.text)
        with pytest.raises(RefusedError, match=r"page 1: its text is visible print.*--skip-visible") as error:
            document.rewrite(restoration)
        assert error.value.exit_code == 4 and "\n" not in str(error.value)
        out = io.BytesIO()
        (said,) = document.write(restoration, out, skip_visible=True)
        assert "page 1 left unchanged" in said
    assert drawn(out.getvalue()) == drawn(data)
    with open_document(out.getvalue()) as again:
        assert again.text == f"{TEXT}\n\f" + mend(TEXT + "\n").text


def test_a_visible_stamp_on_a_scanned_page_is_visible_text() -> None:
    data = build(IMAGE + lines_of(TEXT) + lines_of("indirme tarihi", mode=0, top=30))
    with open_document(data) as document, pytest.raises(RefusedError, match="visible"):
        document.rewrite(mend(document.text))


def test_a_visible_page_without_changes_does_not_matter() -> None:
    data = build(lines_of("temiz", mode=0), IMAGE + lines_of(TEXT))
    with open_document(restored(data)[1]) as again:
        assert again.text == "temiz\n\f" + mend(TEXT + "\n").text


def test_a_font_of_drawings_hides_in_no_mode() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        glyph = pdf.make_stream(b"600 0 0 0 600 600 d1 0 0 500 500 re f")
        letters = sorted(set(TEXT.replace("\n", "").replace(" ", "")))
        pdf.pages[0].obj.Resources.Font.F1 = Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 600, 600]), FirstChar=32, LastChar=122,
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), Widths=Array([600] * 91), Resources=Dictionary(),
            CharProcs=Dictionary(g=glyph),
            Encoding=Dictionary(Differences=Array([v for c in letters for v in (ord(c), Name.g)])),
            ToUnicode=pdf.make_stream(
                b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
                b"1 beginbfrange <20> <7A> <0020> endbfrange endcmap"
            ),
        )  # fmt: skip

    data = build(lines_of(TEXT), change=change)
    with open_document(data) as document:
        assert "diizen" in document.text
        with pytest.raises(RefusedError):
            document.rewrite(mend(document.text))


@pytest.mark.parametrize("owner", ["", "user"])
def test_encrypted_files_are_refused(owner: str) -> None:
    data = build(IMAGE + lines_of(TEXT), save={"encryption": pikepdf.Encryption(owner="x", user=owner)})
    with pytest.raises(RefusedError, match="encrypted") as error:
        open_document(data)
    assert error.value.exit_code == 4


def test_signed_files_are_read_but_not_rewritten() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        value = pdf.make_indirect(Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), Contents=b"x"))
        child = pdf.make_indirect(Dictionary(FT=Name.Sig, V=value, T="s"))
        pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(Dictionary(T="group", Kids=Array([child])))]))

    with open_document(build(IMAGE + lines_of(TEXT), change=change)) as document:
        with pytest.raises(RefusedError, match="signed"):
            document.rewrite(mend(document.text))
        assert document.text == TEXT + "\n"


def test_nothing_is_written_when_it_fails() -> None:
    out = io.BytesIO()
    with open_document(build(lines_of(TEXT, mode=0))) as document:
        with pytest.raises(RefusedError):
            document.write(mend(document.text), out)
        with pytest.raises(InputError, match="not made from"):
            document.write(mend("something else"), out)
    assert out.getvalue() == b""


def test_a_page_of_too_many_commands_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onar.documents.pdf_layer.MAX_COMMANDS", 10)
    with open_document(SAMPLES["tesseract"]) as document, pytest.raises(InputError, match="too intricate"):
        document.rewrite(mend(document.text))
