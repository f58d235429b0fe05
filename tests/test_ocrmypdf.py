"""The OCRmyPDF plugin: around any engine, hOCR, text-only PDF and tree; and OCRmyPDF itself where it is installed."""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pluggy
import pytest

from onar import ocrmypdf
from onar.changelog import log
from onar.documents import open_document
from onar.ocrmypdf import RestoringEngine

SHARED = Path(__file__).parents[1].parent / "shared"

HOCR = """<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml"><body>
<div class='ocr_page' title='bbox 0 0 900 900'><div class='ocr_carea'><p class='ocr_par'>
<span class='ocr_line' title='bbox 5 9 400 30'>
<span class='ocrx_word' id='w1' title='bbox 5 9 80 30; x_wconf 91'>Tiirkiye'nin</span>
<span class='ocrx_word' id='w2' title='bbox 90 9 180 30; x_wconf 61'>giivenligi</span>
</span></p></div></div></body></html>
"""


@dataclass
class Element:
    """As much of ``ocrmypdf.OcrElement`` as the plugin may rely on."""

    ocr_class: str
    text: str = ""
    children: list[Element] = field(default_factory=list)


class Engine:
    """An engine that always reads the same page."""

    hocr = HOCR

    def __str__(self) -> str:
        return "Engine 1.0"

    def creator_tag(self, options: Any) -> str:
        return "Engine"

    def languages(self, options: Any) -> set[str]:
        return {"eng"}

    def generate_hocr(self, input_file: Path, output_hocr: Path, output_text: Path, options: Any) -> None:
        output_hocr.write_text(self.hocr, "utf-8")
        output_text.write_text("Tiirkiye'nin giivenligi\n", "utf-8")

    def generate_pdf(self, input_file: Path, output_pdf: Path, output_text: Path, options: Any) -> None:
        shutil.copy(SHARED / "pdf" / "tesseract_layer.pdf", output_pdf)
        output_text.write_text("as recognised\n", "utf-8")

    def generate_ocr(self, input_file: Path, options: Any, page_number: int = 0) -> tuple[Element, str]:
        words = [Element("ocrx_word", word) for word in ("Tiirkiye'nin", "giivenligi")]
        more = [Element("ocrx_word", "diizende")]
        lines = [Element("ocr_line", children=words), Element("ocr_line", children=more)]
        return Element("ocr_page", children=[Element("ocr_par", children=lines)]), "as recognised"


def options(**chosen: Any) -> SimpleNamespace:
    return SimpleNamespace(**chosen)


def test_the_hook_wraps_the_engine_that_was_chosen() -> None:
    class Builtin:
        @ocrmypdf.hookimpl
        def get_ocr_engine(self, options: Any) -> Engine:
            return Engine()

    class Spec:
        @pluggy.HookspecMarker("ocrmypdf")(firstresult=True)
        def get_ocr_engine(self, options: Any) -> Any: ...

    manager = pluggy.PluginManager("ocrmypdf")
    manager.add_hookspecs(Spec)
    manager.register(ocrmypdf)
    assert manager.hook.get_ocr_engine(options=None) is None
    manager.register(Builtin())
    engine = manager.hook.get_ocr_engine(options=None)
    assert str(engine) == "Engine 1.0 + Onar"
    assert engine.creator_tag(None) == "Engine + Onar"
    assert engine.languages(None) == {"eng"}
    assert not hasattr(engine, "absent")


def test_hocr_and_sidecar_are_restored_with_a_log_a_page(tmp_path: Path) -> None:
    hocr, text = tmp_path / "page.hocr", tmp_path / "page.txt"
    chosen = options(onar_log=str(tmp_path / "logs"))
    RestoringEngine(Engine()).generate_hocr(Path("000012_ocr.png"), hocr, text, chosen)
    assert "giivenlik" not in text.read_text("utf-8")
    assert text.read_text("utf-8").split() == ["Türkiye'nin", "güvenliği"]
    assert hocr.read_text("utf-8") == HOCR.replace("Tiirkiye'nin", "Türkiye'nin").replace("giivenligi", "güvenliği")
    page = log.read(tmp_path / "logs" / "page-12.jsonl")
    assert page.apply(open_document(HOCR.encode(), format="hocr").text) == text.read_text("utf-8")


@pytest.mark.skipif(not SHARED.exists(), reason="the shared material is not beside the project")
def test_a_text_only_pdf_is_restored(tmp_path: Path) -> None:
    pytest.importorskip("pikepdf", reason="the extra onar[pdf] is not installed")
    pdf, text = tmp_path / "page.pdf", tmp_path / "page.txt"
    RestoringEngine(Engine()).generate_pdf(Path("page.png"), pdf, text, options())
    with open_document(pdf) as document, open_document(SHARED / "pdf" / "tesseract_layer.pdf") as before:
        assert document.text != before.text
        assert "güvenliğ" in document.text
        assert "güvenliğ" in text.read_text("utf-8")


def test_a_tree_of_words_is_restored_in_place() -> None:
    tree, text = RestoringEngine(Engine()).generate_ocr(Path("page.png"), options())
    lines = [[word.text for word in line.children] for line in tree.children[0].children]
    assert lines == [["Türkiye'nin", "güvenliği"], ["düzende"]]
    assert text == "Türkiye'nin güvenliği\ndüzende\n"


@pytest.mark.parametrize(
    "page", ["", "no markup at all", "<html><body>", HOCR.replace("giivenligi", "").replace("Tiirkiye'nin", "")]
)
def test_a_page_that_cant_be_restored_is_left_as_it_was(
    tmp_path: Path, page: str, caplog: pytest.LogCaptureFixture
) -> None:
    engine = Engine()
    engine.hocr = page
    hocr, text = tmp_path / "page.hocr", tmp_path / "page.txt"
    with caplog.at_level(logging.WARNING):
        RestoringEngine(engine).generate_hocr(Path("page.png"), hocr, text, options())
    assert hocr.read_text("utf-8") == page
    assert text.read_text("utf-8") == "Tiirkiye'nin giivenligi\n"


def test_options_are_checked_before_any_page_is_read(tmp_path: Path) -> None:
    from argparse import ArgumentParser

    parser = ArgumentParser()
    ocrmypdf.add_options(parser)
    chosen = parser.parse_args(["--onar-min-confidence", "0.8", "--onar-log", "logs"])
    ocrmypdf.check_options(chosen)
    with pytest.raises(ValueError, match="from 0 to 1"):
        ocrmypdf.check_options(options(onar_min_confidence=7.0))
    (tmp_path / "words.txt").write_text("Şanghay\n", "utf-8")
    assert ocrmypdf._restorer(None, str(tmp_path / "words.txt"))


@pytest.mark.skipif(not shutil.which("tesseract"), reason="Tesseract is not installed")
@pytest.mark.skipif(not SHARED.exists(), reason="the shared material is not beside the project")
@pytest.mark.parametrize("renderer", ["auto", "sandwich"])
def test_ocrmypdf_itself(tmp_path: Path, renderer: str) -> None:
    pytest.importorskip("ocrmypdf", reason="OCRmyPDF is not installed")
    command = [
        *(sys.executable, "-m", "ocrmypdf", "--plugin", "onar.ocrmypdf", "--onar-log", str(tmp_path / "logs")),
        *("-l", "eng", "--force-ocr", "--output-type", "pdf", "--pdf-renderer", renderer, "-j", "2"),
        *("--sidecar", str(tmp_path / "out.txt")),
        *(str(SHARED / "pdf" / "tesseract_layer.pdf"), str(tmp_path / "out.pdf")),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert "güvenlik" in (tmp_path / "out.txt").read_text("utf-8")
    with open_document(tmp_path / "out.pdf") as document:
        assert "güvenlik" in document.text
        pages = document.pages
    logs = sorted((tmp_path / "logs").iterdir())
    assert len(logs) == pages
    assert json.loads(logs[0].read_text("utf-8").splitlines()[0])["source"] == "page 1"
