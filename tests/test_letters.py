"""The letter model: sums to one, prefers Turkish, puts marks back."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onar.language.letters import ALPHABET, START, Letters

CODES = st.text(alphabet=ALPHABET[1:], max_size=12)


@pytest.fixture(scope="module")
def letters() -> Letters:
    return Letters.load()


@given(CODES)
def test_the_next_letter_is_some_letter(code: str) -> None:
    letters, state = Letters.load(), START
    for letter in code:
        state, _ = letters.step(state, letter)
    assert math.isclose(sum(math.exp(-letters.step(state, x)[1]) for x in ALPHABET), 1.0, abs_tol=0.05)


@given(CODES)
def test_cost_is_the_sum_of_its_steps(code: str) -> None:
    letters, state, total = Letters.load(), START, 0.0
    for letter in code + "\n":
        state, price = letters.step(state, letter)
        total += price
    assert math.isclose(letters.cost(code), total)


@pytest.mark.parametrize(
    ("likely", "unlikely"),
    [("gUzel", "gUzle"), ("bozkIr", "bzokIr"), ("OztUrk", "Ozturk"), ("karlar", "karlAr"), ("ddoGlu", "ddoglU")],
)
def test_turkish_looks_cheaper(letters: Letters, likely: str, unlikely: str) -> None:
    assert letters.cost(likely) < letters.cost(unlikely)


@pytest.mark.parametrize(
    ("plain", "code"),
    [
        ("akpinarli", "akpInarlI"),
        ("karacaoglu", "karacaoGlu"),
        ("yuzbasioglu", "yUzbaSIoGlu"),
        ("kurtulus", "kurtuluS"),
    ],
)
def test_marks_come_back(letters: Letters, plain: str, code: str) -> None:
    assert code in [found for _, found in letters.best(plain, n=3)]


@given(st.text(alphabet="abcdgiou", max_size=7))
def test_best_is_the_best_of_all(plain: str) -> None:
    letters = Letters.load()
    options = {"g": "gG", "i": "iI"}
    every = [""]
    for letter in plain:
        every = [code + option for code in every for option in options.get(letter, letter)]
    assert math.isclose(letters.best(plain, options, n=1)[0][0], min(map(letters.cost, every)), abs_tol=1e-9)


def test_strange_letters_cost_most(letters: Letters) -> None:
    assert letters.step(START, "ж")[1] > max(letters.step(START, x)[1] for x in "abcde")
