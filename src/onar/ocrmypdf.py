"""An OCRmyPDF plugin: the text that an engine recognises is restored before it is written into the PDF.

- ``ocrmypdf --plugin onar.ocrmypdf scan.pdf out.pdf``; OCRmyPDF's own options, engines and renderers stay as they are.
- It wraps whatever engine OCRmyPDF would have used (the hook ``get_ocr_engine``, as a pluggy wrapper) and restores its
  hOCR, its text-only PDF or its tree of words, each with the engine's own confidences as evidence where there are any.
- The sidecar text is the text of the restored page, so that layer and sidecar say the same.
- ``--onar-log FOLDER`` keeps a change log a page: pages are recognised in several processes, each writes its own.
- A page that can't be restored is left as it was recognised, with a warning: OCR never fails because of Onar.

Read with Tesseract's English model, a page says ``Türkiye'nin güvenliği`` and not ``Tiirkiye'nin giivenligi``.
Start reading at :func:`get_ocr_engine`, then :class:`RestoringEngine`.
"""

from __future__ import annotations

import logging
import re
from argparse import ArgumentParser
from collections.abc import Generator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from pluggy import HookimplMarker

from onar.changelog.changes import Restoration
from onar.changelog.log import Log, dumps
from onar.documents import Word, open_document
from onar.documents.pdf_layer import FONT
from onar.documents.pieces import pieces, regroup
from onar.errors import OnarError
from onar.files import read_words, write_file
from onar.restore import Restorer

__all__ = ["RestoringEngine", "add_options", "check_options", "get_ocr_engine"]

hookimpl = HookimplMarker("ocrmypdf")
_log = logging.getLogger(__name__)
_PAGE = re.compile(r"\d+")
_USUAL = "/f-0-0"  # Tesseract's name of its invisible font


@hookimpl
def add_options(parser: ArgumentParser) -> None:
    """Add Onar's options to OCRmyPDF's."""
    group = parser.add_argument_group("Onar", "Restoring Turkish text that was read with the wrong alphabet")
    group.add_argument("--onar-log", metavar="FOLDER", help="Write a change log of each page into this folder")
    group.add_argument("--onar-min-confidence", type=float, metavar="P", help="Apply changes at least this sure")
    group.add_argument("--onar-words", metavar="FILE", help="Words to know, one a line")


@hookimpl
def check_options(options: Any) -> None:
    """Refuse options that make no restorer before any page is recognised."""
    least = getattr(options, "onar_min_confidence", None)
    if least is not None and not 0 <= least <= 1:
        raise ValueError("--onar-min-confidence is a probability: give a number from 0 to 1")
    _restorer(*_chosen(options))


@hookimpl(wrapper=True)
def get_ocr_engine() -> Generator[None, Any, Any]:
    """Put a restorer around the engine that OCRmyPDF chose."""
    engine = yield
    return None if engine is None else RestoringEngine(engine)


class RestoringEngine:
    """An OCR engine whose results are restored; all else is the *engine*'s."""

    def __init__(self, engine: Any) -> None:
        """Wrap *engine*, an ``ocrmypdf.OcrEngine``."""
        self.engine = engine

    def __getattr__(self, name: str) -> Any:
        """Answer with the engine's own."""
        if name == "engine":  # while unpickled
            raise AttributeError(name)
        return getattr(self.engine, name)

    def __str__(self) -> str:
        """Name the engine, and Onar."""
        return f"{self.engine} + Onar"

    def creator_tag(self, options: Any) -> str:
        """Name the engine in the PDF's metadata, and Onar."""
        return f"{self.engine.creator_tag(options)} + Onar"

    def generate_hocr(self, input_file: Path, output_hocr: Path, output_text: Path, options: Any) -> None:
        """Let the engine write hOCR and text, and restore both."""
        self.engine.generate_hocr(input_file, output_hocr, output_text, options)
        _restore_file(output_hocr, "hocr", output_text, input_file, options)

    def generate_pdf(self, input_file: Path, output_pdf: Path, output_text: Path, options: Any) -> None:
        """Let the engine write its text-only PDF and text, and restore both."""
        self.engine.generate_pdf(input_file, output_pdf, output_text, options)
        _restore_file(output_pdf, "pdf", output_text, input_file, options)

    def generate_ocr(self, input_file: Path, options: Any, page_number: int = 0) -> tuple[Any, str]:
        """Let the engine make its tree of words and its text, and restore both."""
        tree, text = self.engine.generate_ocr(input_file, options, page_number)
        elements, words, source = _read_tree(tree)
        if not words:
            return tree, text
        try:
            restoration = _restore(source, (), input_file, options)
        except Exception as error:
            _warn(error)
            return tree, text
        _write_tree(elements, words, restoration)
        return tree, restoration.text


def _restore_file(path: Path, format: str, text: Path, image: Path, options: Any) -> None:
    """Restore the document at *path* in place, and write its text."""
    try:
        with open_document(path.read_bytes(), format=format, name=path.name) as document:
            if not document.text.strip():
                return
            restoration = _restore(document.text, document.confidences, image, options)
            data = document.rewrite(restoration)
        if format == "pdf":
            data = _with_usual_font_name(data)
    except Exception as error:
        _warn(error)
        return
    path.write_bytes(data)
    text.write_text(restoration.text, encoding="utf-8")


def _with_usual_font_name(data: bytes) -> bytes:
    """Name the font of a text-only PDF as Tesseract does: OCRmyPDF takes over the font of that name, and no other."""
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        page: Any = pdf.pages[0]
        out = io.BytesIO()
        fonts: Any = page.obj.Resources.Font if "/Font" in page.obj.get("/Resources", ()) else {}
        if FONT in fonts:
            fonts[_USUAL] = fonts[FONT]
            del fonts[FONT]
            ours, usual = pikepdf.Name(FONT), pikepdf.Name(_USUAL)
            content: list[Any] = list(pikepdf.parse_content_stream(page))
            commands = [([usual if one == ours else one for one in operands], sign) for operands, sign in content]
            page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(commands))
        pdf.save(out)
    return out.getvalue()


def _warn(error: Exception) -> None:
    _log.warning("this page is left as it was recognised: %s", error, exc_info=not isinstance(error, OnarError))


def _restore(source: str, confidences: Sequence[tuple[int, int, float]], image: Path, options: Any) -> Restoration:
    """Return *source* restored, and write its log if that was asked for."""
    restoration = _restorer(*_chosen(options)).restore(source, confidences=confidences)
    folder = getattr(options, "onar_log", None)
    if folder:
        number = _PAGE.match(Path(image).name)
        name = f"page {int(number[0])}" if number else Path(image).stem
        write_file(Path(folder, f"{name.replace(' ', '-')}.jsonl"), dumps(Log.of(restoration, name)).encode("utf-8"))
    return restoration


def _chosen(options: Any) -> tuple[float | None, str | None]:
    return getattr(options, "onar_min_confidence", None), getattr(options, "onar_words", None)


@lru_cache(maxsize=4)
def _restorer(least: float | None, words: str | None) -> Restorer:
    """Return the restorer with these options, made once a process."""
    chosen: dict[str, Any] = {} if least is None else {"min_confidence": least}
    if words is not None:
        chosen["words"] = read_words(words)
    return Restorer(**chosen)


def _read_tree(tree: Any) -> tuple[list[Any], list[Word], str]:
    """Return the words of an ``OcrElement`` tree, their spans, and the text: a line for each parent of words."""
    elements: list[Any] = []
    words: list[Word] = []
    text = ""

    def walk(element: Any) -> None:
        nonlocal text
        for child in element.children:
            if child.ocr_class == "ocrx_word":
                text += "" if not text or text.endswith("\n") else " "
                elements.append(child)
                words.append(Word(len(text), len(text) + len(child.text), 1))
                text += child.text
            else:
                walk(child)
        if text and not text.endswith("\n"):
            text += "\n"

    walk(tree)
    return elements, words, text


def _write_tree(elements: list[Any], words: list[Word], restoration: Restoration) -> None:
    """Put the changes of *restoration* into the word elements; a joined word stands in the first of its elements."""
    for group in regroup(words, restoration.source, pieces(restoration.changes)):
        texts = list(group.texts)
        count = group.last - group.first
        if len(texts) > count:
            texts[count - 1 :] = [" ".join(texts[count - 1 :])]
        texts += [""] * (count - len(texts))
        for element, text in zip(elements[group.first : group.last], texts, strict=True):
            element.text = text
