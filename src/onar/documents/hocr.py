"""hOCR: words in the ``span`` elements of a web page, as Tesseract, OCRmyPDF and kraken write it.

- Pages, paragraphs, lines and words are told by ``class``, boxes and confidences by ``title``.
- Lines that hold plain text and no words (OCRopus, kraken) are read as they are.
- A changed word keeps its ``title`` unless it is joined or split; markup inside it stays.

``<span class='ocrx_word' title='bbox 5 9 80 30; x_wconf 61'>diizende</span>`` reads ``diizende``, 61 % sure.
Start reading at :func:`_read`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onar.documents.marked import Layout, MarkedDocument, box_of, probability
from onar.documents.markup import Edit, Markup, Node, parse
from onar.documents.model import Box

__all__ = ["HocrDocument"]

_WORDS = {"ocrx_word", "ocr_word"}
_LINES = {"ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat"}
_BLOCKS = {"ocr_par", "ocr_carea", "ocrx_block"}
_NUMBER = r"\s+(-?[\d.]+)"
_BBOX = re.compile(r"\bbbox" + _NUMBER * 4)
_SURE = re.compile(r"\bx_wconf" + _NUMBER)


def _classes(node: Node) -> set[str]:
    return set(node.attributes.get("class", "").split())


def _add(layout: Layout[Node], node: Node) -> None:
    """Add the text of *node* as one word."""
    title = node.attributes.get("title", "")
    bbox, sure = _BBOX.search(title), _SURE.search(title)
    box = box_of(layout.pages + 1, *bbox.groups()) if bbox else None
    layout.word(node.text, node, box, probability(sure[1], 100) if sure else None)


def _read(layout: Layout[Node], node: Node) -> None:
    """Add the words below *node* (nesting is bounded by the parser)."""
    classes = _classes(node)
    if classes & _WORDS:
        _add(layout, node)
        return
    before = len(layout.words)
    for child in node.children:
        _read(layout, child)
    if classes & _LINES:
        if len(layout.words) == before:
            _add(layout, node)
        layout.line()
    elif classes & _BLOCKS:
        layout.block()
    elif "ocr_page" in classes:
        layout.page()


class HocrDocument(MarkedDocument[Node]):
    """A hOCR file."""

    format = "hocr"

    def __init__(self, data: bytes, name: str, encoding: str | None = None) -> None:
        """Parse *data*; raises :class:`InputError` for what is no XHTML."""
        self._markup: Markup = parse(data, name, encoding)
        layout: Layout[Node] = Layout()
        _read(layout, self._markup.root)
        super().__init__(data, name, layout)

    def set_word(self, leaf: Node, text: str, box: Box | None) -> list[Edit]:
        """Change the text between the tags, and the ``bbox`` of a word with a new place."""
        found = self._markup.set_text(leaf, text)
        if box is not None:
            found.append(self._markup.set_attributes(leaf, title=_title(leaf, box)))
        return found

    def drop_word(self, leaf: Node) -> list[Edit]:
        """Take the element out."""
        return [self._markup.drop(leaf)]

    def add_words(self, leaf: Node, more: Sequence[tuple[str, Box | None]]) -> list[Edit]:
        """Copy the element for each further word, with an ``id`` of its own."""
        space = self._markup.encode(" ")
        name = leaf.attributes.get("id", "")
        copies = [
            self._markup.copy(
                leaf,
                self._markup.set_text(leaf, text),
                id=f"{name}_{number}",
                title=_title(leaf, box) if box else leaf.attributes.get("title", ""),
            )
            for number, (text, box) in enumerate(more, 2)
        ]
        return [Edit(leaf.end, leaf.end, space + space.join(copies))]


def _title(node: Node, box: Box) -> str:
    """Return the ``title`` of *node* with another ``bbox``."""
    sides = f"bbox {box.left:.0f} {box.top:.0f} {box.right:.0f} {box.bottom:.0f}"
    return _BBOX.sub(sides, node.attributes.get("title", ""), count=1)
