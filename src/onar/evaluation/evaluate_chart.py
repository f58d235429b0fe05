"""A picture of what was healed: errors before and after, by confusion, as SVG.

- One bar a confusion, as long as its places in the OCR text; the dark part is what is left after restoring.
- The rarer confusions share the last bar, so the bars add up to all errors inside words.
- Plain SVG made with the standard library: no scripts, no fonts or style sheets from elsewhere.

``ü>ii`` with 40 places of which 2 are left is a long light bar with a short dark end. Start reading at :func:`chart`.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from onar.evaluation.evaluate import Confusion

__all__ = ["chart"]

_ROW, _TOP, _LEFT, _BAR, _WIDTH = 22, 46, 120, 520, 760  # pixels
_HEALED, _LEFT_OVER, _INK = "#9cc7b0", "#b5523b", "#222222"


def chart(table: Sequence[Confusion], rows: int = 20, title: str = "Errors by confusion, printed>read") -> str:
    """Return an SVG picture of the first *rows* confusions of *table*, the others summed in a last bar.

    >>> chart([Confusion("ü>ii", healed=3, left=1)]).count("<rect")
    5
    """
    shown = _gathered(table, rows)
    longest = max((c.before + c.added for c in shown), default=1) or 1
    height = _TOP + _ROW * len(shown) + 12
    svg = ET.Element(
        "svg", xmlns="http://www.w3.org/2000/svg", width=str(_WIDTH), height=str(height),
        viewBox=f"0 0 {_WIDTH} {height}", role="img",
    )  # fmt: skip
    ET.SubElement(svg, "title").text = title
    _rect(svg, 0, 0, _WIDTH, height, "#ffffff")
    _text(svg, 12, 20, title, weight="bold")
    for at, (colour, word) in enumerate(((_HEALED, "healed"), (_LEFT_OVER, "left or added"))):
        _rect(svg, _LEFT + 100 * at, 29, 10, 10, colour)
        _text(svg, _LEFT + 15 + 100 * at, 38, word)
    for at, row in enumerate(shown):
        _draw(svg, row, _TOP + _ROW * at, _BAR / longest)
    return ET.tostring(svg, encoding="unicode") + "\n"


def _gathered(table: Sequence[Confusion], rows: int) -> list[Confusion]:
    shown, others = list(table[:rows]), table[rows:]
    if others:
        total = (sum(getattr(c, name) for c in others) for name in ("healed", "left", "added"))
        shown.append(Confusion(f"{len(others)} others", *total))
    return shown


def _draw(svg: ET.Element, row: Confusion, y: int, unit: float) -> None:
    wrong = row.left + row.added
    _text(svg, _LEFT - 8, y + 15, _printable(row.name), anchor="end")
    _rect(svg, _LEFT, y + 3, row.healed * unit, _ROW - 6, _HEALED)
    _rect(svg, _LEFT + row.healed * unit, y + 3, wrong * unit, _ROW - 6, _LEFT_OVER)
    _text(svg, _LEFT + (row.healed + wrong) * unit + 6, y + 15, f"{row.before} → {wrong}")


def _printable(name: str) -> str:
    """Confusions can hold anything an OCR text holds; XML can't."""
    shown = name if len(name) <= 16 else name[:15] + "…"
    return "".join(c if c.isprintable() else "\ufffd" for c in shown)


def _rect(svg: ET.Element, x: float, y: float, width: float, height: float, fill: str) -> None:
    place = {"x": x, "y": y, "width": width, "height": height}
    ET.SubElement(svg, "rect", {name: f"{value:g}" for name, value in place.items()}, fill=fill)


def _text(svg: ET.Element, x: float, y: float, text: str, anchor: str = "start", weight: str = "normal") -> None:
    look = {"font-family": "sans-serif", "font-size": "12", "font-weight": weight, "text-anchor": anchor}
    ET.SubElement(svg, "text", look | {"x": f"{x:g}", "y": f"{y:g}"}, fill=_INK).text = text
