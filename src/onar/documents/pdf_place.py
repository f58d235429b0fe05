"""Where words stand on a PDF page: the words, the lines, the part of the page that is shown.

- A word is placed by its origin, direction, length and height, so that skewed and rotated lines come back as they were.
- Coordinates are PDF points from the lower left corner; only :class:`View` turns them into what a reader sees.

On a scan by Tesseract the word ``diizende`` is ``Placed("diizende", x=72.0, y=560.3, angle=0.0, length=40.2,
height=14.0)``. Start reading at :class:`Placed`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from onar.documents.marked import box_of
from onar.documents.model import Box

__all__ = ["PageText", "Placed", "View"]


@dataclass(frozen=True, slots=True)
class Placed:
    """A word on a page: where its baseline begins, its direction (radians), its length and height in points.

    ``tag`` is its number in the page's structure (MCID), or -1.
    """

    text: str
    x: float
    y: float
    angle: float
    length: float
    height: float
    tag: int = -1

    def along(self, x: float, y: float) -> float:
        """Return how far the point lies along the baseline from the origin."""
        return (x - self.x) * math.cos(self.angle) + (y - self.y) * math.sin(self.angle)

    def off(self, x: float, y: float) -> float:
        """Return how far the point lies above the baseline."""
        return (y - self.y) * math.cos(self.angle) - (x - self.x) * math.sin(self.angle)

    def part(self, text: str, start: float, end: float) -> Placed:
        """Return *text* placed from the fraction *start* of the length to the fraction *end*."""
        far = self.length * start
        x, y = self.x + far * math.cos(self.angle), self.y + far * math.sin(self.angle)
        return Placed(text, x, y, self.angle, self.length * (end - start), self.height, self.tag)

    def corners(self) -> Iterator[tuple[float, float]]:
        """Yield the four corners of the box, a fifth of the height below the baseline."""
        cos, sin = math.cos(self.angle), math.sin(self.angle)
        for along in (0.0, self.length):
            for up in (-0.2 * self.height, 0.8 * self.height):
                yield self.x + along * cos - up * sin, self.y + along * sin + up * cos


@dataclass(frozen=True, slots=True)
class View:
    """What of a page is shown: its box in points (left, bottom, right, top), and its quarter turns clockwise."""

    left: float = 0.0
    bottom: float = 0.0
    right: float = 0.0
    top: float = 0.0
    turns: int = 0

    def shown(self, x: float, y: float) -> tuple[float, float]:
        """Return the point as seen: points from the top left corner of the page as it is shown, downwards.

        >>> View(0, 0, 100, 200).shown(10, 190), View(0, 0, 100, 200, turns=1).shown(10, 190)
        ((10, 10), (190, 10))
        """
        sides = (x - self.left, self.top - y), (y - self.bottom, x - self.left)
        return (*sides, (self.right - x, y - self.bottom), (self.top - y, self.right - x))[self.turns]

    def box(self, page: int, word: Placed) -> Box | None:
        """Return the box of *word* as seen on *page* (1-based)."""
        across, down = zip(*(self.shown(x, y) for x, y in word.corners()), strict=True)
        return box_of(page, min(across), min(down), max(across), max(down))


@dataclass(frozen=True, slots=True)
class PageText:
    """The words of a page, line by line; ``gaps`` are the lines that begin a new paragraph or column.

    ``invisible`` tells that all text is drawn in the invisible mode; ``lost`` is the share of characters without
    a Unicode value.
    """

    lines: tuple[tuple[Placed, ...], ...]
    gaps: frozenset[int]
    invisible: bool
    lost: float
    view: View = View()

    def spans(self, base: int = 0) -> list[tuple[int, int, Placed]]:
        """Return where each word stands in :attr:`text`, counted from *base*."""
        found, at = [], base
        for number, line in enumerate(self.lines):
            at += number in self.gaps and number > 0
            for word in line:
                found.append((at, at + len(word.text), word))
                at += len(word.text) + 1
        return found

    @property
    def text(self) -> str:
        """The text: a line feed after each line, a blank line before a paragraph."""
        rows = (
            "\n" * (n in self.gaps and n > 0) + " ".join(word.text for word in line) + "\n"
            for n, line in enumerate(self.lines)
        )
        return "".join(rows)
