"""Text with one-letter marks → a PDF page as a printer would set it, and what is printed there, line by line."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

VOWELS = "aeıioöuüâîûAEIİOÖUÜÂÎÛ"
# a syllable opens with the consonant before a vowel; two letters at least stay on each side of a break
SYLLABLE = re.compile(rf"(?<=[^\W\d_]{{2}})(?=[^\W\d_{VOWELS}][{VOWELS}][^\W\d_]?)(?=[^\W\d_]{{2}})")
WORD = re.compile(r"[^\W\d_]{5,}")
SOFT = "\u00ad"
BROKEN_KINDS = "POEFB"

STYLE = """
@page {{ size: {width}mm {height}mm; margin: 17mm 16mm 16mm 17mm;
  @bottom-center {{ content: counter(page); font: {small}pt "{font}" }}
  @top-right {{ content: "{head}"; font: italic {small}pt "{font}"; white-space: nowrap }}
  @footnote {{ border-top: 0.4pt solid black; padding-top: 1.5mm; margin-top: 3mm }} }}
@page :first {{ counter-reset: page {first}; }}
html {{ font: {size}pt/{leading} "{font}", "DejaVu Serif"; hyphens: manual; hyphenate-character: "-";
  font-variant-numeric: lining-nums; font-weight: {weight}; font-style: {slant} }}
body {{ margin: 0; text-align: justify; orphans: 2; widows: 2 }}
p {{ margin: 0; text-indent: 5mm }}
.T {{ font-size: {big}pt; font-weight: bold; text-align: center; text-indent: 0; margin: 2mm 0 4mm; line-height: 1.25 }}
.A {{ text-align: right; text-indent: 0; font-style: italic; margin-bottom: 4mm }}
.H {{ font-weight: bold; text-indent: 0; text-align: left; margin: 3mm 0 1.5mm; break-after: avoid }}
.C {{ text-align: center; text-indent: 0; margin: 1.2mm 0 }}
.Q {{ text-align: right; text-indent: 0; font-style: italic }}
.O, .E, .K {{ font-size: {small}pt; text-indent: 0; margin: 0 6mm 2mm; font-style: italic }}
.V {{ text-indent: 0; margin-left: 18mm; text-align: left }}
.B {{ text-indent: -6mm; margin: 0 0 1.2mm 6mm }}
.I {{ text-indent: 0; margin-left: 5mm; text-align: left }}
.L {{ text-indent: 0; text-align: left; margin: 0.9mm 0; white-space: nowrap; overflow: hidden }}
.L a::after {{ content: leader(" ") attr(title) }}
.gap {{ height: 9mm }}
.turn {{ break-before: page; }}
.columns {{ columns: 2; column-gap: 7mm }}
.F {{ float: footnote; font-size: {foot}pt; text-indent: 0; line-height: 1.2 }}
.F::footnote-call, .F::footnote-marker {{ content: "" }}
"""


def softened(text: str) -> str:
    """The text with soft hyphens where Turkish parts its syllables."""
    return WORD.sub(lambda m: m[0] if m[0].isupper() else SYLLABLE.sub(SOFT, m[0]), text)


def page(text: str, recipe: dict[str, Any], number: int) -> str:
    """The HTML of one sample."""
    head, blocks, columns, turned = "", [], False, False
    for row in text.split("\n"):
        kind, _, words = row.partition(": ")
        if row == "~~~":
            turned = True
            continue
        if not words:
            continue
        if kind == "R":
            head = words
            continue
        shown = html.escape(softened(words) if kind in BROKEN_KINDS else words, quote=False)
        shown = re.sub(r"\[(\d)\]", r"<sup>\1</sup>", shown)
        if kind == "P" and recipe.get("columns") == 2 and not columns:
            columns = True
            blocks.append('<div class="columns">')
        if kind == "F":
            blocks[-1] = blocks[-1].removesuffix("</p>") + f'<span class="F">{shown}</span></p>'
        elif words == ".":
            blocks.append('<div class="gap"></div>')
        elif kind == "L":
            name, _, at = shown.partition(" | ")
            blocks.append(f'<p class="L"><a title="{at}">{name} </a></p>')
        else:
            blocks.append(f'<p class="{kind}{" turn" if turned else ""}">{shown}</p>')
        turned = False
    size = float(recipe["size"])
    style = STYLE.format(
        width=148, height=210, font=recipe["font"], size=size, small=size - 1.5, big=size + 2.5, foot=size - 2,
        leading=recipe.get("leading", 1.22), weight=recipe.get("weight", "normal"),
        slant=recipe.get("slant", "normal"), head=head.replace('"', "'"), first=(number * 37) % 290,
    )  # fmt: skip
    return f'<html lang="tr"><style>{style}</style><body>{"".join(blocks)}{"</div>" if columns else ""}</body></html>'


def printed_lines(box: Any) -> Iterator[str]:
    """The lines under a layout box in reading order: head, body, footnotes, foot."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.LineBox):
        words = " ".join("".join(letters(box)).split())
        if words:
            yield words
        return
    parts = list(getattr(box, "children", ()))
    if isinstance(box, boxes.PageBox):  # margin boxes stand in one row after the body; the head is printed above it
        parts.sort(key=lambda part: isinstance(part, boxes.MarginBox) and (-1 if part.at_keyword[1:4] == "top" else 1))
    for part in parts:
        yield from printed_lines(part)


def letters(box: Any) -> Iterator[str]:
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TextBox):
        yield box.text.replace(SOFT, "")
    for part in getattr(box, "children", ()):
        if isinstance(part, boxes.InlineBlockBox):
            yield " "
        yield from letters(part)


def typeset(text: str, recipe: dict[str, Any], number: int, pdf: Path) -> str:
    """Write the PDF and return what is printed: lines as printed, form feeds between pages."""
    from weasyprint import HTML

    document = HTML(string=page(text, recipe, number)).render()
    document.write_pdf(str(pdf))
    pages = ["\n".join(printed_lines(sheet._page_box)) for sheet in document.pages]
    return unicodedata.normalize("NFC", "\f".join(pages)) + "\n"
