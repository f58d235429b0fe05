"""Counts of neighbours, smoothed and cut to size (building only: needs numpy).

Interpolated absolute discounting with a discount for what was seen once, twice, more often (modified Kneser-Ney), over
weighted counts: a count keeps the weight of its sources, its discount shrinks by the same share. Under the pairs
stands not the bare frequency of a word but its frequency times how well its ending goes with the ending before it
(`agreement`): pairs of Turkish words are rare, pairs of endings are not. Pairs and triples that tell little beyond
what stands under them are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

__all__ = ["STEPS", "Model", "ending_list", "estimate"]

STEPS = 12  # prices are kept in twelfths of a nat
DISCOUNTS = (0.0, 0.7, 1.0, 1.3)
PAIR_GAIN, TRIPLE_GAIN = 2.7e-7, 2e-7  # in nats a word of corpus; see the table in README.md
ENDINGS = 1400
_BITS = 19
Array = Any


@dataclass
class Model:
    """What is written into the lists; prices in steps, words as ranks (start of sentence V, unknown V + 1)."""

    lower: Array
    agreement: Array
    backoff: Array
    pairs: tuple[Array, Array, Array]
    triples: tuple[Array, Array, Array, Array]
    pair_backoff: Array


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


def estimate(streams: Sequence[tuple[Array, float]], endings: Array, size: int) -> Model:
    """The model of weighted streams of ranks; `endings` holds the class of each rank and of the two special ones."""
    start, rows = size, size + 2
    key, count, discount, _ = _merged([((s[:-1] << _BITS) | s[1:], w) for s, w in streams])
    first, word = key >> _BITS, key & ((1 << _BITS) - 1)
    keep = ~((first == start) & (word == start))
    key, first, word, count, discount = key[keep], first[keep], word[keep], count[keep], discount[keep]
    total = count.sum()
    spread = np.bincount(word, weights=discount, minlength=rows)
    often = np.bincount(word, weights=count, minlength=rows)
    lower = np.maximum(0.5 * spread / spread.sum() + 0.5 * often / total, 0.3 / total)
    classes = int(endings.max()) + 1
    share = np.bincount(endings, weights=lower, minlength=classes)
    agreement = _agreement(endings[first], endings[word], count, share, classes)
    under = lower[word] * np.exp(agreement[endings[first], endings[word]] / STEPS)
    row = np.maximum(np.bincount(first, weights=count, minlength=rows), 1e-9)
    left = np.bincount(first, weights=discount, minlength=rows) / row
    pair = (count - discount) / row[first] + left[first] * under
    wanted = count * np.log(pair / (left[first] * under)) / total >= PAIR_GAIN
    triples, context, back = _triples(streams, key, pair, start, float(total))
    at = np.searchsorted(key, context)
    wanted[at] = True
    used = np.bincount(first[wanted], weights=pair[wanted], minlength=rows)
    beneath = np.bincount(first[wanted], weights=under[wanted], minlength=rows)
    backoff = np.clip((1 - used) / np.maximum(1 - beneath, 1e-6), 1e-4, 1)
    kept = key[wanted]
    pair_backoff = np.ones(len(kept))
    pair_backoff[np.searchsorted(kept, context)] = back
    return Model(
        steps(lower),
        agreement,
        steps(backoff),
        (first[wanted], word[wanted], steps(pair[wanted])),
        triples,
        steps(pair_backoff),
    )


def _triples(
    streams: Sequence[tuple[Array, float]], pairs: Array, pair: Array, start: int, total: float
) -> tuple[Any, Array, Array]:
    """The triples worth keeping, the pairs they continue and those pairs' backing off."""
    mask = (1 << _BITS) - 1
    keys = []
    for stream, weight in streams:
        whole = stream[1:-1] != start
        keys.append((((stream[:-2] << 2 * _BITS) | (stream[1:-1] << _BITS) | stream[2:])[whole], weight))
    key, count, discount, again = _merged(keys)
    context, word = key >> _BITS, key & mask
    distinct, inverse = np.unique(context, return_inverse=True)
    row = np.bincount(inverse, weights=count)
    left = np.bincount(inverse, weights=discount) / row
    under = pair[np.searchsorted(pairs, ((context & mask) << _BITS) | word)]
    triple = (count - discount) / row[inverse] + left[inverse] * under
    keep = again & (count * np.log(triple / (left[inverse] * under)) / total >= TRIPLE_GAIN)
    used = np.bincount(inverse[keep], weights=triple[keep], minlength=len(distinct))
    beneath = np.bincount(inverse[keep], weights=under[keep], minlength=len(distinct))
    back = np.clip((1 - used) / np.maximum(1 - beneath, 1e-6), 1e-4, 1)
    chosen = np.unique(inverse[keep])
    return (
        (context[keep] >> _BITS, context[keep] & mask, word[keep], steps(triple[keep])),
        distinct[chosen],
        back[chosen],
    )
