"""Words of other languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import texts

import onar
from onar.language.foreign import cost, listed
from onar.language.lexicon import Lexicon


@pytest.mark.parametrize("word", ["the", "The", "of", "security", "Government", "und", "les"])
def test_foreign_words_are_listed(lexicon: Lexicon, word: str) -> None:
    assert listed(word, lexicon)


@pytest.mark.parametrize("word", ["giivenligi", "iilke", "xqzt", ""])
def test_damaged_turkish_is_not(lexicon: Lexicon, word: str) -> None:
    assert not listed(word, lexicon)


def test_common_words_cost_least(lexicon: Lexicon) -> None:
    assert cost("the", lexicon) < cost("security", lexicon) < cost("giivenligi", lexicon)


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Ekonomik biiyiime feos ve yatirim gin artti, vergi gelirleri azalinca kurul aksam toplanip yeni biitceyi gin "
         "icinde kabul etti.", "gelirleri azalınca"),
        ("Programci diin aksam evde otururken yeni Object Oriented Programming kitabini uzun uzun okudu ve cok begendi.",
         "Object Oriented Programming kitabını"),
    ],
)  # fmt: skip
def test_two_words_that_stand_together_make_a_passage(restorer: onar.Restorer, read: str, printed: str) -> None:
    assert printed in restorer.restore(read).text


@given(texts)
def test_anything_has_its_price(lexicon: Lexicon, text: str) -> None:
    assert cost(text, lexicon) >= 0.0
