"""What word-by-word tools share: finding the words, and giving a suggestion the capitals of the word it replaces."""

from __future__ import annotations

import re
from collections.abc import Callable

WORD = re.compile(r"[^\W\d_]{2,}")
TO_LOWER = str.maketrans("Iİ", "ıi")
TO_UPPER = str.maketrans("iı", "İI")


def lower(word: str) -> str:
    return word.translate(TO_LOWER).lower()


def like(word: str, model: str) -> str:
    if len(model) > 1 and model.isupper():
        return word.translate(TO_UPPER).upper()
    return word[:1].translate(TO_UPPER).upper() + word[1:] if model[:1].isupper() else word


def by_word(one: Callable[[str], str]) -> Callable[[str], str]:
    """A function over texts from one over words in lower case, each word asked once."""
    known: dict[str, str] = {}

    def replace(found: re.Match[str]) -> str:
        word = lower(found[0])
        if word not in known:
            known[word] = one(word)
        return found[0] if known[word] == word else like(known[word], found[0])

    return lambda text: WORD.sub(replace, text)
