"""Marks between words: judged by the words, the page's own rate, and left alone in doubt."""

from __future__ import annotations

import pytest

import onar
from onar.language.gaps import MARKS, before, behind
from onar.reading.marks import GROUPS, Weights, rates


def test_every_mark_has_a_group_and_every_group_its_weights() -> None:
    weights = Weights.load()
    assert len(GROUPS) == len(MARKS)
    for group in set(GROUPS):
        assert (group, "always") in weights.added
        assert (group, "paragraph") in weights.added


def test_a_mark_is_mostly_read_as_itself() -> None:
    for i, row in enumerate(rates()):
        assert sum(row) == pytest.approx(1.0)
        if sum(row) > row[i] and MARKS[i] != ";":
            assert max(row) == row[i]


@pytest.mark.parametrize("word", ["gelince", "kitap", "zzz", "Ankara'da", "q"])
def test_prices_are_probabilities(word: str) -> None:
    from math import exp

    for prices in (behind(word), before(word)):
        assert len(prices) == len(MARKS)
        assert sum(exp(-price) for price in prices) == pytest.approx(1.0)


def test_a_stop_that_was_read_as_a_comma_comes_back(restorer: onar.Restorer) -> None:
    text = "Kurul diin toplandi ve biitceyi gorusiip kabul etti, Toplantiya biitiin iiyeler katildi."
    assert "kabul etti. Toplantıya bütün" in restorer.restore(text).text


@pytest.mark.parametrize("word", ["Bu", "En", "Biz"])
def test_words_that_other_languages_have_too_are_judged(restorer: onar.Restorer, word: str) -> None:
    text = f"Kurul diin toplandi ve biitceyi gorusiip kabul etti, {word} cok giizel karar aldi."
    assert f"kabul etti. {word} çok güzel" in restorer.restore(text).text


def test_a_speck_between_words_goes(restorer: onar.Restorer) -> None:
    text = "Halk sokaklara cikti ve bircok. kisi meydanda toplandi. Diin gece bitti."
    result = restorer.restore(text)
    assert "birçok kişi" in result.text
    assert ("∅>.",) in [change.rules for change in result.changes]
    assert onar.revert(result.text, result.changes) == text


@pytest.mark.parametrize(
    "text",
    [
        "The report was long, The members read it. They agreed, and left: it was late.",
        "Uyeler sunlardir: Ahmet, Mehmet, Ayse. Toplanti bitti.",
        "Gelince, once dinlendi; sonra yemek yedi.",
    ],
)
def test_right_marks_stay(restorer: onar.Restorer, text: str) -> None:
    marks = [c for c in text if not c.isalnum() and not c.isspace()]
    assert [c for c in restorer.restore(text).text if not c.isalnum() and not c.isspace()] == marks
