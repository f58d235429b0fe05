"""Endings of ordinals and question particles stand apart and follow the word before them."""

from __future__ import annotations

import pytest

import onar
from onar.reading.candidates import Finder
from onar.reading.harmony import in_harmony, question_vowel


@pytest.mark.parametrize(
    ("before", "read", "printed"),
    [
        ("6", "nci", "ncı"),
        ("9", "uncu", "uncu"),
        ("22", "nci", "nci"),
        ("94", "iincii", "üncü"),
        ("yansitacak", "misin", "mısın"),
        ("gelir", "misin", "misin"),
        ("saat", "mi", "mi"),
        ("var", "mi", "mı"),
    ],
)
def test_the_ending_in_harmony_is_the_cheapest(finder: Finder, before: str, read: str, printed: str) -> None:
    found = in_harmony(finder.find(read), before, read, finder)
    prices = {candidate.surface: finder.alone(candidate) for candidate in found}
    assert min(prices, key=lambda surface: prices[surface]) == printed


@pytest.mark.parametrize(("before", "read"), [("6", "maddesi"), ("altı", "nci"), ("6", "de"), ("genel", "miidiir")])
def test_other_words_are_left_as_they_are(finder: Finder, before: str, read: str) -> None:
    found = finder.find(read)
    assert in_harmony(found, before, read, finder) == found


@pytest.mark.parametrize(
    ("word", "vowel"),
    [
        ("kadar", "ı"),
        ("kabul", "ü"),
        ("normal", "i"),
        ("hayat", "ı"),
        ("yok", "u"),
        ("güzel", "i"),
        ("NATO", "u"),
        ("§", ""),
    ],
)
def test_loans_take_the_suffixes_their_genitive_takes(word: str, vowel: str) -> None:
    assert question_vowel(word) == vowel


def test_a_question_is_asked_in_harmony(restorer: onar.Restorer) -> None:
    read = "Telefonuma yine cikilmayacak miydi? Sevmek icin giizele mi bakmali, yoksa plakada mi varmis?"
    printed = "Telefonuma yine çıkılmayacak mıydı? Sevmek için güzele mi bakmalı, yoksa plakada mı varmış?"
    assert restorer.restore(read).text == printed
