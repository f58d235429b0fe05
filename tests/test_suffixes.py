"""Suffixes after an apostrophe follow the spoken end of what they are written after."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onar.alphabet import BACK, FRONT, VOWELS
from onar.language.suffixes import End, spell, spoken_ends, suffixes_after


@pytest.mark.parametrize(
    ("stem", "template", "suffix"),
    [
        ("NATO", "(n)In", "nun"),
        ("AB", "(y)A", "ye"),
        ("ABD", "(n)In", "nin"),
        ("ŞİÖ", "(n)In", "nün"),
        ("1990", "lI", "lı"),
        ("2000", "lI", "li"),
        ("15", "(I)ncI", "inci"),
        ("74", "(y)A", "e"),
        ("1974", "DA", "te"),
        ("1999", "DA", "da"),
        ("40", "DA", "ta"),
        ("100", "(y)A", "e"),
        ("1000000", "(n)In", "un"),
        ("Ankara", "DA", "da"),
        ("Sinop", "DA", "ta"),
        ("Türkiye", "(n)In", "nin"),
        ("Atatürk", "(n)In", "ün"),
        ("Şanghay", "DAn", "dan"),
    ],
)
def test_harmony(stem: str, template: str, suffix: str) -> None:
    assert spell(template, spoken_ends(stem)[0][0]) == suffix


@pytest.mark.parametrize(
    ("stem", "template", "suffix"),
    [
        ("PKK", "(n)In", "nın"),
        ("CHP", "(n)In", "nin"),
        ("Kemal", "(n)In", "in"),
        ("Sarkozy", "(n)In", "nin"),
        ("Twitter", "DA", "da"),
        ("Google", "(n)In", "ın"),
        ("Stockholm", "(y)A", "e"),
        ("Topal", "DA", "da"),
    ],
)
def test_names_go_by_the_ear(stem: str, template: str, suffix: str) -> None:
    assert spell(template, spoken_ends(stem)[0][0]) == suffix


def test_minutes_leave_the_suffix_to_the_hour_before_them() -> None:
    ends = {end.vowel for end, _ in spoken_ends("00")}
    assert ends == set("aeoö")
    assert spoken_ends("000")[0][0] == spoken_ends("2000")[0][0]
    assert spoken_ends("0")[0][0].vowel == "ı"


def test_every_end_has_a_cost_and_the_usual_one_comes_first() -> None:
    for stem in ("PKK", "Jean", "NATO", "1990", "Ankara"):
        costs = [cost for _, cost in spoken_ends(stem)]
        assert costs == sorted(costs)
        assert costs[0] < 1.5


@given(st.builds(End, st.sampled_from("aeıioöuü"), st.sampled_from(["vowel", "soft", "hard"])))
def test_the_vowels_of_a_suffix_agree(end: End) -> None:
    for code in suffixes_after(end).costs:
        assert code.startswith("'")
    for template in ("(n)In", "DA", "lArdAn", "(y)lA"):
        vowels = [c for c in spell(template, end) if c in VOWELS]
        assert vowels
        assert set(vowels) <= (BACK if end.vowel in BACK else FRONT)


@given(st.from_regex(r"[1-9][0-9]{0,12}", fullmatch=True))
def test_every_number_can_be_spoken(number: str) -> None:
    assert spoken_ends(number)


@given(st.text(max_size=10))
def test_no_stem_is_too_strange(stem: str) -> None:
    assert isinstance(spoken_ends(stem), list)
