"""Counts of neighbours, smoothed and cut to size (building only: needs numpy).

Interpolated absolute discounting with a discount for what was seen once, twice, more often (modified Kneser-Ney), over
weighted counts: a count keeps the weight of its sources, its discount shrinks by the same share. Under the pairs
stands not the bare frequency of a word but its frequency times how well its ending goes with the ending before it
(`agreement`): pairs of Turkish words are rare, pairs of endings are not. A model from outside (`outside.py`) is mixed
in, pair by pair. Pairs and triples that tell little beyond what stands under them are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from onar.wordlists.outside import Outside

from onar.language.context import COMMON

__all__ = ["BITS", "STEPS", "Model", "ending_list", "estimate"]

STEPS = 12  # prices are kept in twelfths of a nat
DISCOUNTS = (0.0, 0.7, 1.0, 1.3)
PAIR_GAIN, TRIPLE_GAIN = 2.1e-8, 3e-7  # in nats a word of corpus; see the table in README.md
STRANGE_GAIN = 1e-7  # the same for pairs with an unlisted word: they say nothing of its ending, what is under them does
ENDINGS = 1400
BITS = 19
_MASK = (1 << BITS) - 1
OWN_PAIRS, FEW = (
    0.5,
    20.0,
)  # our own pairs' share in the mixture; less where the first word is rarer than this in our texts
OWN_WORDS = 0.7  # the same for words by themselves
Array = Any


@dataclass
class Model:
    """What is written into the lists; prices in steps, words as ranks (start of sentence V, unknown V + 1)."""

    lower: Array
    agreement: Array
    backoff: Array
    pairs: tuple[Array, Array, Array]
    triples: tuple[Array, Array, Array, Array]
    continued: tuple[Array, Array, Array]


def ending_list(counts: Mapping[str, float]) -> list[str]:
    """The commonest endings of two to four letters; the first is '' for all others."""
    found: Counter[str] = Counter()
    for code, count in counts.items():
        for length in (2, 3, 4):
            if len(code) >= length:
                found[code[-length:]] += count  # type: ignore[assignment]
    return ["", *(e for e, _ in sorted(found.items(), key=lambda item: (-item[1], item[0]))[:ENDINGS])]


def steps(probability: Array) -> Array:
    """Probabilities as prices in steps of a byte."""
    return np.clip(np.round(-np.log(np.maximum(probability, 1e-12)) * STEPS), 0, 255).astype(np.uint8)


def _merged(keys: Sequence[tuple[Array, float]]) -> tuple[Array, Array, Array, Array]:
    """Distinct keys, their weighted counts, their discounts, and whether they were seen more than once."""
    counted = [(*np.unique(k, return_counts=True), weight) for k, weight in keys]
    every = np.concatenate([k for k, _, _ in counted])
    order = np.argsort(every, kind="stable")
    raw = np.concatenate([c for _, c, _ in counted])[order].astype(np.float64)
    weighted = np.concatenate([c * weight for _, c, weight in counted])[order]
    distinct, starts = np.unique(every[order], return_index=True)
    raw, weighted = np.add.reduceat(raw, starts), np.add.reduceat(weighted, starts)
    return distinct, weighted, np.array(DISCOUNTS)[np.minimum(raw, 3).astype(int)] * weighted / raw, raw > 1


def _agreement(left: Array, right: Array, counts: Array, share: Array, classes: int) -> Array:
    """ln P(ending | ending before) - ln P(ending), in steps: the classes with little evidence say little."""
    seen = np.bincount(left * classes + right, weights=counts, minlength=classes * classes).reshape(classes, classes)
    total = seen.sum(1, keepdims=True)
    sure = np.maximum(seen - 1.0, 0)
    rest = total - sure.sum(1, keepdims=True)
    given = (sure + (rest + 100.0) * share) / (total + 100.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        told = np.where(share > 0, np.log(given / np.maximum(share, 1e-15)), 0)
    return np.clip(np.round(told * STEPS), -127, 127).astype(np.int64)


@dataclass
class _Pairs:
    """Pairs by key: probability, and what stands under it; `share` is how often each first word stands in text."""

    key: Array
    given: Array
    under: Array
    share: Array

    def backoff(self, wanted: Array, rows: int) -> Array:
        """What is left of each first word when only the wanted pairs are kept."""
        first = self.key[wanted] >> BITS
        used = np.bincount(first, weights=self.given[wanted], minlength=rows)
        beneath = np.bincount(first, weights=self.under[wanted], minlength=rows)
        return np.clip((1 - used) / np.maximum(1 - beneath, 1e-6), 1e-4, 1)

    def worth(self, backoff: Array) -> Array:
        """What each pair saves, in nats a word of text."""
        first = self.key >> BITS
        with np.errstate(divide="ignore", invalid="ignore"):
            return self.share[first] * self.given * np.log(self.given / (backoff[first] * self.under))


def _counted(streams: Sequence[tuple[Array, float]], start: int) -> tuple[Array, Array, Array]:
    """Pairs, weighted counts and discounts, but for sentences without words."""
    key, count, discount, _ = _merged([((s[:-1] << BITS) | s[1:], w) for s, w in streams])
    keep = key != (start << BITS | start)
    return key[keep], count[keep], discount[keep]


def _words(row: Array, lower: Array, other: Outside | None) -> tuple[Array, Array, Array]:
    """Share and lower price of each word, and how far our own pairs after it are to be trusted."""
    share = row / row.sum()
    if other is None:
        return share, lower, np.ones(len(row))
    both = other.share > 0
    theirs = np.where(both, 0.5 * other.lower + 0.5 * other.share, lower)
    theirs *= lower[both].sum() / theirs[both].sum()
    return (
        OWN_WORDS * share + (1 - OWN_WORDS) * np.where(both, other.share, share),
        OWN_WORDS * lower + (1 - OWN_WORDS) * theirs,
        np.where(both, OWN_PAIRS * row / (row + FEW), 1.0),
    )


def _mixed(
    streams: Sequence[tuple[Array, float]], endings: Array, size: int, other: Outside | None
) -> tuple[_Pairs, Array, Array]:
    """The pairs of the texts, mixed with those of the other model; prices of words by themselves; the agreement."""
    rows, classes = size + 2, int(endings.max()) + 1
    key, count, discount = _counted(streams, size)
    first, word = key >> BITS, key & _MASK
    row = np.bincount(first, weights=count, minlength=rows)
    spread = np.bincount(word, weights=discount, minlength=rows)
    often = np.bincount(word, weights=count, minlength=rows)
    total = float(often.sum())
    own_lower = np.maximum(0.5 * spread / spread.sum() + 0.5 * often / total, 0.3 / total)
    left = np.bincount(first, weights=discount, minlength=rows) / np.maximum(row, 1e-9)
    share, lower, trust = _words(row, own_lower, other)
    parts = np.bincount(endings, weights=lower, minlength=classes)
    agreement = _agreement(endings[first], endings[word], count, parts, classes)
    sure = (count - discount) / row[first]
    if other is not None:
        every = np.union1d(key, other.key[other.key != (size << BITS | size)])
        grown = np.zeros(len(every))
        grown[np.searchsorted(every, key)] = sure
        key, sure, first, word = every, grown, every >> BITS, every & _MASK
    under = lower[word] * np.exp(agreement[endings[first], endings[word]] / STEPS)
    given = sure + left[first] * under
    if other is not None:
        # how many words are unlisted, the other model doesn't tell
        theirs = np.where(word == size + 1, given, other.probability(key, BITS))
        given = trust[first] * given + (1 - trust[first]) * theirs
    return _Pairs(key, given, under, share), lower, agreement


def estimate(streams: Sequence[tuple[Array, float]], endings: Array, size: int, other: Outside | None = None) -> Model:
    """The model of weighted streams of ranks; `endings` holds the class of each rank and of the two special ones."""
    rows = size + 2
    pairs, lower, agreement = _mixed(streams, endings, size, other)
    total = sum(weight * (len(stream) - 1) for stream, weight in streams)
    triples, context, back = _triples(streams, pairs.key, pairs.given, size, total)
    wanted = np.ones(len(pairs.key), bool)
    strange = (pairs.key >> BITS == size + 1) | (pairs.key & _MASK == size + 1)
    for _ in range(2):
        wanted = pairs.worth(pairs.backoff(wanted, rows)) >= np.where(strange, STRANGE_GAIN, PAIR_GAIN)
        wanted[np.searchsorted(pairs.key, context)] = True
    kept = pairs.key[wanted]
    return Model(
        steps(lower),
        agreement,
        steps(pairs.backoff(wanted, rows)),
        (kept >> BITS, kept & _MASK, steps(pairs.given[wanted])),
        triples,
        (context >> BITS, context & _MASK, steps(back)),
    )


def _triples(
    streams: Sequence[tuple[Array, float]], pairs: Array, pair: Array, start: int, total: float
) -> tuple[Any, Array, Array]:
    """The triples worth keeping, the pairs they continue and those pairs' backing off."""
    keys = []
    for stream, weight in streams:
        whole = stream[1:-1] != start
        keys.append((((stream[:-2] << 2 * BITS) | (stream[1:-1] << BITS) | stream[2:])[whole], weight))
    key, count, discount, again = _merged(keys)
    context, word = key >> BITS, key & _MASK
    distinct, inverse = np.unique(context, return_inverse=True)
    row = np.bincount(inverse, weights=count)
    left = np.bincount(inverse, weights=discount) / row
    under = pair[np.searchsorted(pairs, ((context & _MASK) << BITS) | word)]
    triple = (count - discount) / row[inverse] + left[inverse] * under
    # rare third words say little and would not fit into 16 bits
    keep = (
        again
        & ((word < COMMON) | (word >= start))
        & (count * np.log(triple / (left[inverse] * under)) / total >= TRIPLE_GAIN)
    )
    used = np.bincount(inverse[keep], weights=triple[keep], minlength=len(distinct))
    beneath = np.bincount(inverse[keep], weights=under[keep], minlength=len(distinct))
    back = np.clip((1 - used) / np.maximum(1 - beneath, 1e-6), 1e-4, 1)
    chosen = np.unique(inverse[keep])
    return (
        (context[keep] >> BITS, context[keep] & _MASK, word[keep], steps(triple[keep])),
        distinct[chosen],
        back[chosen],
    )
