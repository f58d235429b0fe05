"""Damaged or right? Judged by the letters an English engine can't write."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import texts

from onar.reading.passages import damage

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


@given(texts)
def test_it_is_a_probability(text: str) -> None:
    assert 0.0 <= damage(text) <= 1.0
