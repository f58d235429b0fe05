"""The walk through the lexicon finds what trying every word one by one finds."""

from __future__ import annotations

import dawg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onar.channel.confusions import Astray, Channel, load_channel
from onar.language.lexicon import Lexicon, decode, encode
from onar.language.tiers import Tier, tiers
from onar.reading.steps import Steps, script
from onar.reading.walk import walk

WORDS = (
    "ilke",
    "ülke",
    "sinir",
    "sınır",
    "bağ",
    "baş",
    "bag",
    "yanı",
    "yani",
    "çok",
    "şey",
    "kurulması",
    "tatlı",
    "öz",
)
LIMIT = 40.0
CHANNEL = load_channel()
STEPS = Steps(CHANNEL, "lower")


def tier_of(words: tuple[str, ...]) -> Tier:
    data = dawg.DAWG(sorted({encode(word) for word in words})).tobytes()
    count = int.from_bytes(data[:4], "little")
    return Tier(memoryview(data)[4 : 4 + 4 * count].cast("I"), 0.0)


def walked(words: tuple[str, ...], read: str, limit: float = LIMIT) -> dict[str, float]:
    steps = [STEPS.at(read, i) for i in range(len(read))]
    return {decode(code): cost for code, cost in walk(tier_of(words), script(steps, ((), (), ())), limit).items()}


def brute_force(word: str, read: str) -> float:
    """The cheapest way to cut *read* into steps that print *word*, by trying them all."""
    code = encode(word).encode("ascii")
    best: dict[tuple[int, int], float] = {(0, 0): 0.0}
    for i in range(len(read)):
        for j in range(len(code) + 1):
            if (i, j) not in best:
                continue
            for taken, letters, cost in STEPS.at(read, i):
                if code[j : j + len(letters)] == letters:
                    to = (i + taken, j + len(letters))
                    best[to] = min(best.get(to, 1e9), best[i, j] + cost)
    return best.get((len(read), len(code)), 1e9)


def test_a_word_read_rightly_is_found_cheaply() -> None:
    assert min(walked(WORDS, "ilke").items(), key=lambda item: item[1])[0] == "ilke"


@given(st.text(st.sampled_from("aiskrlnguityo1:"), min_size=1, max_size=6))
def test_the_walk_equals_brute_force_on_short_words(read: str) -> None:
    """One word at a time, since an automaton shares the ends of its words and keeps the cheapest way to each end."""
    for word in WORDS:
        cost = brute_force(word, read)
        assert walked((word,), read) == ({word: pytest.approx(cost)} if cost <= LIMIT else {})


@given(st.text(st.sampled_from("aiskrlnguityo1:"), min_size=1, max_size=6))
def test_the_cheapest_of_many_words_is_found(read: str) -> None:
    tried = {word: brute_force(word, read) for word in WORDS}
    found = walked(WORDS, read)
    assert all(cost == pytest.approx(tried[word]) for word, cost in found.items())
    if min(tried.values()) <= LIMIT:
        assert min(found.values()) == pytest.approx(min(tried.values()))


@pytest.mark.parametrize(
    ("word", "read"),
    [("ülke", "iilke"), ("çok", "cok"), ("sınır", "sinir"), ("baş", "bas"), ("şey", "sey"), ("öz", "oz")],
)
def test_plain_damage_costs_what_brute_force_says(word: str, read: str) -> None:
    assert walked((word,), read)[word] == pytest.approx(brute_force(word, read))


def test_a_limit_holds() -> None:
    assert all(cost <= 3.0 for cost in walked(WORDS, "sinir", 3.0).values())
    assert walked(WORDS, "qqqqqq", 3.0) == {}


def test_every_tier_of_the_real_lexicon_answers(lexicon: Lexicon, channel: Channel) -> None:
    steps = Steps(channel, "lower")
    for tier in tiers(lexicon):
        read = script([steps.at("giivenlik", i) for i in range(9)], steps.lost)
        assert isinstance(walk(tier, read, 20.0), dict)


ASTRAY = Astray(other=12.0, added=11.0, lost=10.0)


def astray(word: str, read: str, limit: float = LIMIT) -> dict[str, float]:
    steps = script([STEPS.at(read, i) for i in range(len(read))], ((), (), ()))
    return {decode(code): cost for code, cost in walk(tier_of((word,)), steps, limit, ASTRAY).items()}


@pytest.mark.parametrize(("word", "read", "kind"), [("yağmur", "ya8mur", "other"), ("emekli", "emeqkli", "added")])
def test_one_step_that_no_row_names_is_found_at_its_price(word: str, read: str, kind: str) -> None:
    assert walked((word,), read) == {}
    assert astray(word, read)[word] >= getattr(ASTRAY, kind)
    assert astray(word, read, 8.0) == {}


@given(st.sampled_from(WORDS), st.integers(0, 5), st.sampled_from("8@%"))
def test_no_second_step_may_go_astray(word: str, at: int, sign: str) -> None:
    at %= len(word)
    once = word[:at] + sign + word[at + 1 :]
    assert astray(word, once)[word] <= brute_force(word, word) + ASTRAY.other + 1e-9
    assert word not in astray(word, "~~~" + once)


def test_what_needs_nothing_astray_costs_the_same() -> None:
    for word, read in [("ülke", "iilke"), ("sınır", "sinir")]:
        assert astray(word, read)[word] == pytest.approx(brute_force(word, read))
