"""How far the OCR engine's own word confidences speak for a word as it was read.

- ``seeds/trust.tsv`` says, by confidence, how many nats a word is likelier to have been read right than a word of the page
  in general; ``bench/engine_confidence.py`` counts it on scans read by Tesseract.
- Engines have scales of their own: where the confidences of a document don't lie as Tesseract's do, they say nothing.

A word with 0.40 is likelier to be misread than its letters say, one with 0.96 less. Start reading at :meth:`Trust.of`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from statistics import median
from typing import NamedTuple

from onar.language.tables import cells
from onar.reading.candidate import Arc

__all__ = ["NO_TRUST", "Trust"]

Confidences = Sequence[tuple[int, int, float]]  # start, end, probability; in text order

WEIGHT = 1.0  # of the table's nats: words the engine doubts look doubtful anyway
FEWEST = 20  # words with a confidence from which a document's scale shows
MIDDLE = (0.8, 0.97)  # between which the median confidence lies on Tesseract's scale


class Trust(NamedTuple):
    """Where words with a confidence begin and end in the text, and by how many nats each is likelier to be right."""

    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    nats: tuple[float, ...] = ()

    @staticmethod
    def of(confidences: Confidences) -> Trust:
        """Return what *confidences* tell; nothing where they are few, or of another scale.

        >>> words = [(10 * i, 10 * i + 5, 0.92) for i in range(30)]
        >>> trust = Trust.of([*words, (300, 305, 0.4)])
        >>> trust.at(302) < 0.0 < trust.at(0), trust.at(307), Trust.of([(0, 5, 0.4)]) == NO_TRUST
        (True, 0.0, True)
        """
        if len(confidences) < FEWEST or not MIDDLE[0] <= median(sure for _, _, sure in confidences) <= MIDDLE[1]:
            return NO_TRUST
        least, nats = _table()
        told = (nats[max(0, bisect_right(least, sure) - 1)] * WEIGHT for _, _, sure in confidences)
        starts, ends, _ = zip(*confidences, strict=True)
        return Trust(starts, ends, tuple(told))

    def at(self, place: int) -> float:
        """Return by how many nats the word at *place* is likelier to have been read right; 0 where nothing is told."""
        i = bisect_right(self.starts, place) - 1
        return self.nats[i] if i >= 0 and place < self.ends[i] else 0.0

    def weighed(self, lattice: list[list[Arc]], offset: int) -> list[list[Arc]]:
        """Return *lattice*, whose text begins at *offset*, with words as they were read dearer or cheaper."""
        return [[self._weighed(arc, offset) for arc in arcs] for arcs in lattice] if self.starts else lattice

    def _weighed(self, arc: Arc, offset: int) -> Arc:
        candidate = arc.candidate
        if candidate.surface != arc.read:
            return arc
        return arc._replace(candidate=candidate._replace(cost=candidate.cost - self.at(arc.start + offset)))


NO_TRUST = Trust()


@cache
def _table() -> tuple[list[float], list[float]]:
    """The least confidences of the rows, rising, and their nats."""
    rows = [(float(row["confidence"]), float(row["nats"])) for row in cells("trust.tsv")]
    return [least for least, _ in rows], [nats for _, nats in rows]
