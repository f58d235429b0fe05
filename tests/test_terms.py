"""Acronyms that a document defines."""

from __future__ import annotations

import pytest

from onar.channel.confusions import Channel
from onar.reading.terms import NO_TERMS, Terms, Word, defined, merged


def words(text: str) -> list[Word]:
    """Cut ``Göller=Goller Birliği=Birligi (GB)`` into words, read right where no reading is given."""
    found = []
    parts = text.split(" ")
    for i, part in enumerate(parts):
        before = " (" if part.startswith("(") else " "
        after = ")" if part.endswith(")") else " (" if i + 1 < len(parts) and parts[i + 1].startswith("(") else " "
        restored, _, read = part.strip("()").partition("=")
        found.append(Word(before, read or restored, restored, after))
    return found


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Göller=Goller Yöresi=Yoresi Örgütü=Orgiitii (GYO)", "GYÖ"),
        ("İstanbul=Istanbul Şehir=Sehir Hatları=Hatlari (ISH)", "İŞH"),
        ("Öğrenci=Ogrenci ve Öğretmen=Ogretmen Birliği=Birligi (OOB)", "ÖÖB"),
        ("World Trade Organization (WTO)", "WTO"),
    ],
)
def test_initials_spell_the_acronym(channel: Channel, text: str, term: str) -> None:
    assert list(defined(words(text), channel).counts) == [term]


@pytest.mark.parametrize("text", ["bu yıl (GYO)", "Köy Enstitüleri (bkz)", "Ankara (A)", "yok (12345678901)"])
def test_other_brackets_define_nothing(channel: Channel, text: str) -> None:
    assert not defined(words(text), channel)


def test_terms_of_passages_are_joined() -> None:
    assert merged([Terms({"ŞİÖ": 1}), Terms({"ŞİÖ": 2, "AB": 1})]).counts == {"ŞİÖ": 3, "AB": 1}
    assert not merged([])
    assert not NO_TERMS


def test_the_oftener_the_cheaper() -> None:
    costs = Terms({"ŞİÖ": 40, "GYÖ": 1}).costs
    assert sorted(costs.values()) == [min(costs.values()), max(costs.values())]
    assert len(set(costs.values())) == 2
