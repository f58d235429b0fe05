"""What capitals and small letters cost by where they stand.

- Sentences begin with a capital; a blank line may stand inside one, and a quoted sentence goes on after its quotation.
- Inside, a word has what words of its kind have between such neighbours, and what is its own way (`language.capitals`).
- A common word in capitals among small ones is shouted, which is rare: an acronym is likelier.

``PIC`` in running text is no ``PİÇ``. Start reading at :func:`placed`.
"""

from __future__ import annotations

import re

from onar.language import capitals
from onar.language.codes import encode
from onar.reading.candidate import Arc, Candidate
from onar.reading.shapes import is_capitals
from onar.segment import APOSTROPHES

__all__ = ["placed"]

SMALL_FIRST, UNLISTED_NAME = 2.5, 2.0  # nats for a sentence that begins small; by which an unlisted name is likelier
SMALL_ITEM = 3.4  # nats for an item that begins small: 384 of 11,837 in the wide and the parliament corpus
SMALL_AFTER_GAP, SMALL_AFTER_QUOTE = 1.5, 0.0  # nats for a small beginning after a blank line alone, after a quotation
SHOUTED = 4.0  # nats for a common word in capitals among small ones
_QUOTED = re.compile(rf"[.!?…][\"”{APOSTROPHES}]+\s")
_OPENING = frozenset('"“”„«():[*•·–—')


def placed(arcs: list[Arc], before: str, first: bool, neighbours: tuple[str, str]) -> list[Arc]:
    """Price capitals by place: sentences begin with one, words inside have what their like have between such neighbours."""
    if first:
        small = _small_first(before)
        return [_dearer(arc, _beginning(arc.candidate, small, neighbours)) for arc in arcs]
    opened = any(mark in _OPENING for mark in before)
    priced = []
    for arc in arcs:
        role, usual = arc.candidate.case, arc.candidate.usual
        if not role and {*neighbours} <= {"S", "?"} and _is_shouted(arc.candidate):
            arc = _dearer(arc, SHOUTED)
        elif role == "name":
            arc = _dearer(arc, 0.0 if opened else -UNLISTED_NAME)
        elif role in ("proper", "improper") or (role and not opened):
            more = capitals.own(encode(arc.candidate.surface), neighbours[0])
            arc = _dearer(arc, capitals.price(usual, *neighbours, role in ("proper", "common"), more))
        priced.append(arc)
    return priced


def _beginning(candidate: Candidate, small: float, neighbours: tuple[str, str]) -> float:
    """Return what *candidate* costs for its first letter at a beginning, where a word in small letters costs *small*."""
    if candidate.case == "improper":  # a name is hardly ever small, there as elsewhere
        return max(small, capitals.price(candidate.usual, *neighbours, False))
    return small if candidate.case == "small" else 0.0


def _is_shouted(candidate: Candidate) -> bool:
    """Tell whether *candidate* stands in capitals and hardly ever does."""
    return candidate.usual > 0 and not candidate.usual >> 4 & 3 and is_capitals(candidate.surface)


def _dearer(arc: Arc, nats: float) -> Arc:
    return arc._replace(candidate=arc.candidate._replace(cost=arc.candidate.cost + nats)) if nats else arc


def _small_first(before: str) -> float:
    """Return what a small beginning costs: a blank line may stand inside a sentence, and quoted sentences go on."""
    if _QUOTED.search(before):
        return SMALL_AFTER_QUOTE
    if before.startswith(")"):
        return SMALL_ITEM
    stopped = (not before.strip() and "\n\n" not in before) or any(mark in ".!?…" for mark in before)
    return SMALL_FIRST if stopped else SMALL_AFTER_GAP
