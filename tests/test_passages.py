"""Damaged or right? Judged by the letters an English engine can't write."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import texts

from onar.reading.passages import damage, sentences
from onar.reading.pieces import pieces
from onar.segment import cut

RIGHT = "Köylüler sabah erkenden üzüm bağlarına doğru yola çıktı. Işıklar söndü, şehir uyudu."
DAMAGED = "Koyliiler sabah erkenden iiziim baglarina dogru yola cikti. Isiklar sondii, sehir uyudu."


def test_right_text_is_not_damaged() -> None:
    assert damage(RIGHT) < 0.01


def test_damaged_text_is_damaged() -> None:
    assert damage(DAMAGED) > 0.99


def test_the_more_there_is_the_surer_it_is() -> None:
    assert damage(RIGHT * 5) <= damage(RIGHT)
    assert damage(DAMAGED * 5) >= damage(DAMAGED)


@pytest.mark.parametrize("text", ["", " ", "12.04.1987", "\0"])
def test_without_a_letter_to_go_by_damage_is_supposed(text: str) -> None:
    """Texts are brought to Onar because they are damaged."""
    assert damage(text) > 0.5


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("kabul etti. Toplantiya", 2),
        ("kabul etti. toplantiya", 2),  # t is what engines make of a dotted capital I
        ("gene! miidiirliik", 1),
        ("kabul etti\n\nsonra", 2),
        ("Prof. Ahmet", 2),
        ("A. Yilmaz", 1),
    ],
)
def test_a_mark_before_a_small_letter_ends_no_sentence(text: str, count: int) -> None:
    words = pieces(list(cut(text)))
    assert len(list(sentences(words, text, lambda passage, damaged: "damage"))) == count


@given(texts)
def test_it_is_a_probability(text: str) -> None:
    assert 0.0 <= damage(text) <= 1.0
