"""Endings of ordinals that stand apart from their figures follow the spoken number."""

from __future__ import annotations

import pytest

from onar.reading.ordinals import in_harmony
from onar.restore import Restorer

FINDER = Restorer()._knowledge.finder


@pytest.mark.parametrize(
    ("number", "read", "printed"), [("6", "nci", "ncı"), ("9", "uncu", "uncu"), ("22", "nci", "nci")]
)
def test_the_ending_in_harmony_is_the_cheapest(number: str, read: str, printed: str) -> None:
    found = in_harmony(FINDER.find(read), number, read, FINDER)
    prices = {candidate.surface: candidate.cost for candidate in found}
    assert min(prices, key=lambda surface: prices[surface]) == printed


@pytest.mark.parametrize(("number", "read"), [("6", "maddesi"), ("altı", "nci"), ("6", "de")])
def test_other_words_are_left_as_they_are(number: str, read: str) -> None:
    found = FINDER.find(read)
    assert in_harmony(found, number, read, FINDER) == found
