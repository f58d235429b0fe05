"""The context model: probabilities, backing off, decisions."""

from __future__ import annotations

import math

import pytest

from onar.language.context import BOUNDARY, UNKNOWN, Context, unknown
from onar.language.lexicon import MADE, Lexicon, encode


@pytest.fixture(scope="module")
def context() -> Context:
    return Context.load()


def numbers(text: str) -> list[int]:
    return [Lexicon.load().id(encode(word)) for word in text.split()]


def price(context: Context, text: str) -> float:
    words = [BOUNDARY, BOUNDARY, *numbers(text), BOUNDARY]
    return sum(context.cost(a, b, c) for a, b, c in zip(words, words[1:], words[2:], strict=False))


@pytest.mark.parametrize(
    ("likely", "unlikely"),
    [
        ("türkiye büyük millet meclisi", "türkiye büyük millet mecusi"),
        ("sınır güvenliği sağlanmalıdır", "sinir güvenliği sağlanmalıdır"),
        ("bunun yanı sıra", "bunun yani sıra"),
        ("iki ülke arasında", "iki ilke arasında"),
        ("doğru mu", "doğru mü"),
        ("şu anda", "su anda"),
        ("bir bardak su", "bir bardak şu"),
        ("evlerin kapıları", "evlerin kapılara"),
    ],
)
def test_neighbours_decide(context: Context, likely: str, unlikely: str) -> None:
    assert price(context, likely) < price(context, unlikely)


@pytest.mark.parametrize("before", ["ve", "türkiye", "bir", "güvenliği"])
def test_probabilities_sum_to_about_one(context: Context, before: str) -> None:
    previous = numbers(before)[0]
    total = sum(math.exp(-context.after(previous, c)) for c in range(context._size))
    total += sum(math.exp(-context.after(previous, c)) for c in (BOUNDARY, UNKNOWN))
    assert 0.8 < total < 1.2


def test_every_kind_of_number_has_a_price(context: Context) -> None:
    made = Lexicon.load().id(encode("ilerletilmiştir"))
    kinds = [BOUNDARY, UNKNOWN, unknown("xyzlerin"), made, *numbers("ve türkiye #")]
    assert made >= MADE
    for a in kinds:
        for b in kinds:
            for c in kinds:
                assert 0 <= context.cost(a, b, c) < 60


def test_an_ending_tells_even_of_unlisted_words(context: Context) -> None:
    bir = numbers("bir")[0]
    lerin, agreement = unknown("xyzlerin"), numbers("sorunları")[0]
    assert context.after(lerin, agreement) < context.after(unknown("xyzyor"), agreement)
    assert context.cost_unknown(bir, unknown("a")) > 0


def test_what_is_remembered_changes_nothing(context: Context) -> None:
    words = numbers("türkiye büyük millet meclisi")
    first = [context.cost(*words[i : i + 3]) for i in range(2)]
    context._found.clear()
    assert [context.cost(*words[i : i + 3]) for i in range(2)] == first
