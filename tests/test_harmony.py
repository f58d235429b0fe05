"""Endings of ordinals that stand apart from their figures follow the spoken number."""

from __future__ import annotations

import pytest

from onar.reading.candidates import Finder
from onar.reading.harmony import in_harmony


@pytest.mark.parametrize(
    ("number", "read", "printed"), [("6", "nci", "ncı"), ("9", "uncu", "uncu"), ("22", "nci", "nci")]
)
def test_the_ending_in_harmony_is_the_cheapest(finder: Finder, number: str, read: str, printed: str) -> None:
    found = in_harmony(finder.find(read), number, read, finder)
    prices = {candidate.surface: candidate.cost for candidate in found}
    assert min(prices, key=lambda surface: prices[surface]) == printed


@pytest.mark.parametrize(("number", "read"), [("6", "maddesi"), ("altı", "nci"), ("6", "de")])
def test_other_words_are_left_as_they_are(finder: Finder, number: str, read: str) -> None:
    found = finder.find(read)
    assert in_harmony(found, number, read, finder) == found
