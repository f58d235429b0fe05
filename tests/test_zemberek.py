"""The reader of zemberek's pairs, on a model of four words made here, and what becomes of its words."""

from __future__ import annotations

import zipfile
from pathlib import Path
from struct import pack

import numpy as np
import pytest
from onar.wordlists.ngrams import BITS, estimate
from onar.wordlists.outside import newcomers, outside, read_pairs
from onar.wordlists.zemberek import MEMBER, Slm

WORDS = ["<unk>", "<s>", "</s>", ",", ".", "bir", "evde", "evler", "ınternational", "radikal'e"]
PAIRS = {
    (1, 5): -1.0,
    (5, 6): -0.5,
    (5, 3): -1.0,
    (5, 7): -2.0,
    (3, 7): -0.5,
    (6, 4): -0.25,
    (4, 2): -0.01,
    (7, 8): -2.0,
}
PRICES = sorted(set(PAIRS.values()))
UNIGRAMS = [-5.0, -2.0, -2.0, -1.0, -1.0, -0.5, -1.0, -1.0, -2.0, -3.0]


def _hash(pair: tuple[int, int], seed: int) -> int:
    found = seed or 2166136261
    for word in pair:
        found = ((found ^ word) * 16777619) & 0xFFFFFFFF
    return found & 0x7FFFFFFF


def _level(pairs: list[tuple[int, int]], free: list[int], buckets: int, lost: int) -> tuple[bytes, dict[int, int]]:
    """Seeds of a level whose bucket `lost` falls through, and the places of the rest."""
    seeds, taken = bytearray(buckets), dict[int, int]()
    for bucket in range(buckets):
        inside = [i for i, pair in enumerate(pairs) if _hash(pair, 0) % buckets == bucket]
        for seed in range(1, 256):
            places = {_hash(pairs[i], seed) % len(free): i for i in inside}
            if bucket != lost and len(places) == len(inside) and not set(places) & set(taken):
                taken.update(places)
                seeds[bucket] = seed
                break
    return bytes(seeds), taken


@pytest.fixture(scope="module")
def data() -> bytes:
    pairs = list(PAIRS)
    lost = _hash(pairs[0], 0) % 3
    seeds, taken = _level(pairs, list(range(len(pairs))), 3, lost)
    assert seeds.count(0) == 1
    fallen = [i for i in range(len(pairs)) if i not in taken.values()]
    free = [place for place in range(len(pairs)) if place not in taken]
    seeds2, taken2 = _level([pairs[i] for i in fallen], free, 1, -1)
    taken.update({free[place]: fallen[i] for place, i in taken2.items()})
    out = pack(">iidi2i", 1, 1, 10.0, 2, len(WORDS), len(pairs))
    unigrams = sorted(set(UNIGRAMS))
    for table in (unigrams, PRICES, [-1.0]):
        out += pack(f">i{len(table)}d", len(table), *table)
    out += pack(">4i", len(WORDS), 0, 1, 1) + b"".join(bytes([unigrams.index(p), 0]) for p in UNIGRAMS)
    out += pack(">4i", len(pairs), 3, 1, 0)
    for place in range(len(pairs)):
        pair = pairs[taken[place]]
        out += (_hash(pair, 0) & 0xFFFFFF).to_bytes(3, "big") + bytes([PRICES.index(PAIRS[pair])])
    out += pack(">5i", (1 << 25) - 1, 0, 25, 1, 0)
    out += pack(">3i", 2, len(pairs), 3) + seeds + pack(f">i{len(free)}i", len(free), *free)
    out += pack(">2i", len(free), 1) + seeds2 + pack(">i", 0)
    out += pack(">i", len(WORDS))
    for word in WORDS:
        out += pack(">H", len(word.encode())) + word.encode()
    return out


def test_every_pair_is_found_and_no_other(data: bytes, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "model.whl", "w") as archive:
        archive.writestr(MEMBER, data)
    model = Slm.of_wheel(tmp_path / "model.whl")
    assert model.words == WORDS and model.probability[5] == pytest.approx(10**-0.5)
    first, second, given = read_pairs(model)
    found = dict(zip(zip(first.tolist(), second.tolist(), strict=True), np.log10(given).tolist(), strict=True))
    assert found == pytest.approx(PAIRS)


def test_words_of_the_dictionary_and_names_with_a_suffix_are_new(data: bytes) -> None:
    model = Slm(data)
    assert newcomers(model, ["bir", "radikal"], {"evler"}) == ["evler", "radikal'e"]
    assert newcomers(model, ["bir"], set()) == []


def test_commas_are_passed_over_and_stops_end_the_sentence(data: bytes) -> None:
    model = Slm(data)
    numbers = {"bir": 0, "evde": 1, "evler": 2, "international": 3}
    found = outside(model, read_pairs(model), numbers, 4, BITS)
    keys = np.array([4 << BITS | 0, 0 << BITS | 1, 0 << BITS | 2, 1 << BITS | 4, 2 << BITS | 3, 3 << BITS | 0])
    begun, plain, over_comma, ended, renamed, unseen = found.probability(keys, BITS)
    assert begun == pytest.approx(0.1, abs=0.01) and plain == pytest.approx(10**-0.5, abs=0.02)
    assert over_comma > 0.04 > unseen and ended > 0.5 and renamed > 0.01
    assert found.share[5] == 0 and found.share[:5].min() > 0


def test_pairs_of_both_are_mixed(data: bytes) -> None:
    model = Slm(data)
    numbers = {"bir": 0, "evde": 1, "evler": 2, "international": 3}
    other = outside(model, read_pairs(model), numbers, 4, BITS)
    stream = np.array([4, 0, 2, 4, 0, 2, 4] * 40)
    endings = np.array([0, 1, 2, 0, 3, 4])
    alone, mixed = (estimate([(stream, 1.0)], endings, 4, o) for o in (None, other))
    pairs = [
        dict(zip(zip(*(a.tolist() for a in m.pairs[:2]), strict=True), m.pairs[2], strict=True)) for m in (alone, mixed)
    ]
    assert (0, 1) not in pairs[0] and pairs[1][0, 1] < 30
