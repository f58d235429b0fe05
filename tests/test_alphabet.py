"""Case and marks, the Turkish way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import characters, texts

from onar.alphabet import LETTERS, fold, is_upper, like, lower, title, upper

turkish_words = st.text(st.sampled_from("abcçdefgğhıijklmnoöprsştuüvyzâîû"), max_size=12)


@pytest.mark.parametrize(
    ("small", "capital"),
    [("i", "İ"), ("ı", "I"), ("ilgi", "İLGİ"), ("ılık", "ILIK"), ("şiir", "ŞİİR"), ("çağ", "ÇAĞ"), ("kâğıt", "KÂĞIT")],
)
def test_case_is_changed_the_turkish_way(small: str, capital: str) -> None:
    assert upper(small) == capital
    assert lower(capital) == small


@pytest.mark.parametrize(
    ("word", "folded"), [("dağılması", "dagilmasi"), ("ÇÖZÜM", "COZUM"), ("İI", "II"), ("ıi", "ii")]
)
def test_marks_are_dropped(word: str, folded: str) -> None:
    assert fold(word) == folded


@pytest.mark.parametrize(
    ("word", "model", "made"),
    [
        ("istanbul", "Ab", "İstanbul"),
        ("istanbul", "AB", "İSTANBUL"),
        ("istanbul", "ab", "istanbul"),
        ("ısparta", "A", "Isparta"),
        ("ilke", "1a", "ilke"),
        ("ilke", "", "ilke"),
    ],
)
def test_one_word_takes_the_capitals_of_another(word: str, model: str, made: str) -> None:
    assert like(word, model) == made


@given(turkish_words)
def test_up_and_down_is_where_one_began(word: str) -> None:
    assert lower(upper(word)) == word


@given(texts)
def test_raising_keeps_the_length_of_any_text(text: str) -> None:
    assert len(upper(text)) == len(text)


@given(st.text(st.sampled_from(LETTERS), max_size=20))
def test_folding_keeps_the_length_and_is_done_once(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)
    assert fold(text).isascii()


@given(turkish_words)
def test_a_title_changes_the_first_letter_alone(word: str) -> None:
    assert title(word)[1:] == word[1:]
    assert not word or is_upper(title(word)[0])


@given(characters)
def test_no_character_is_too_strange(char: str) -> None:
    for function in (lower, upper, title, fold):
        assert isinstance(function(char), str)
