"""Whose page it is, and what a circumflex costs there."""

from __future__ import annotations

import pytest

from onar.language.codes import encode
from onar.language.houses import UNCOUNTED, Habit, plain, stem
from onar.language.lexicon import Lexicon

MINUTES = "sayın başkan değerli milletvekilleri grubu adına söz aldım hepinizi saygıyla selamlıyorum"
NEWS = "muhabirine konuşan takım maç dolar açıklama yaptı gözaltına alındı ajansı haftanın"


def habit(text: str) -> Habit:
    return Habit.of(map(encode, text.split()))


@pytest.mark.parametrize("word", ["imkân", "millî", "hâlâ", "resmî"])
def test_minutes_write_what_news_do_without(word: str) -> None:
    assert habit(MINUTES).cost(encode(word)) < habit(NEWS).cost(encode(word))


def test_shares_are_a_distribution_whatever_the_page() -> None:
    for text in (MINUTES, NEWS, "", "zzz"):
        shares = habit(text).shares
        assert abs(sum(shares) - 1.0) < 1e-9 or not shares


def test_words_no_source_has_say_nothing_and_circumflexes_no_source_has_are_dear() -> None:
    assert habit("zzz").cost(encode("imkân")) == pytest.approx(Habit().cost(encode("imkân")))
    assert habit(MINUTES).cost(encode("zzâz")) == UNCOUNTED


def test_a_form_no_source_has_goes_by_its_stem() -> None:
    rare = encode("imkânsızlıklarımızdan")
    assert habit(MINUTES).cost(rare) == habit(MINUTES).cost(encode("imkân") + "qqq")
    assert habit(MINUTES).cost(rare) < UNCOUNTED


@pytest.mark.parametrize(
    ("word", "root"), [("hâlindeki", "hâl"), ("dâhilî", "dâhilî"), ("kâğıdı", "kâğ"), ("hâlâ", "hâlâ")]
)
def test_stems(word: str, root: str) -> None:
    assert stem(encode(word)) == encode(root)
    assert plain(stem(encode(word))) in plain(encode(word))


def test_most_counted_forms_are_listed() -> None:
    lexicon = Lexicon.load()
    assert lexicon.id(encode("hâlinde")) >= 0
    assert lexicon.id(plain(encode("hâlinde"))) >= 0
