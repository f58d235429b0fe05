"""How likely a capital is, by the kind of word and its neighbours."""

from __future__ import annotations

from itertools import product
from math import exp

import pytest

from onar import restore
from onar.language.capitals import AFTER, BEFORE, kind, price
from onar.language.codes import encode
from onar.language.lexicon import Lexicon

PLACES = list(product(BEFORE, AFTER))


@pytest.mark.parametrize(("before", "after"), PLACES)
@pytest.mark.parametrize("usual", [3, 12, 131, 195, 204, 0, 999])
def test_capital_or_none_are_all_there_is(usual: int, before: str, after: str) -> None:
    both = [exp(-price(usual, before, after, capital)) for capital in (True, False)]
    assert sum(both) == pytest.approx(1.0)


def test_neighbours_with_capitals_make_a_capital_likelier() -> None:
    for usual in (3, 67, 131, 195):
        assert price(usual, "C", "C", True) < price(usual, "C", "S", True) <= price(usual, "S", "S", True)


def test_kinds_part_words_by_how_often_they_have_capitals() -> None:
    lexicon = Lexicon.load()
    names, words = (
        [kind(lexicon.case(lexicon.id(encode(word)))) for word in group]
        for group in (["ankara", "türkiye"], ["üzere", "gibi"])
    )
    assert all(price(name, "S", "S", True) < price(name, "S", "S", False) for name in names)
    assert all(price(word, "S", "S", True) > 5 for word in words)


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Cevre ve Orman il Miidiirliigii yetkilileri", "Çevre ve Orman İl Müdürlüğü yetkilileri"),
        ("bunun Uzerine hemen yola ciktilar", "bunun üzerine hemen yola çıktılar"),
        ("Diyanet {sleri Baskanligi kararini verdi", "Diyanet İşleri Başkanlığı kararını verdi"),
    ],
)
def test_capitals_come_back_by_their_place(read: str, printed: str) -> None:
    assert restore(read).text == printed
