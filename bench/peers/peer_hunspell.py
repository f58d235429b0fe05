"""Hunspell with the Turkish dictionary: words it does not accept become its first suggestion."""

from __future__ import annotations

import os
from collections.abc import Callable

from words import by_word


def load() -> Callable[[str], str]:
    from hunspell import Hunspell

    folder = os.environ["PEER_DICTIONARY"]
    checker = Hunspell("index", hunspell_data_dir=folder)

    def one(word: str) -> str:
        if checker.spell(word):
            return word
        suggested = checker.suggest(word)
        return suggested[0] if suggested else word

    return by_word(one)
