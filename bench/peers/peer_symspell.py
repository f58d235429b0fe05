"""SymSpell (edit distance 2) with the frequency list of this project, at most 200,000 words."""

from __future__ import annotations

import lzma
import os
from collections.abc import Callable
from pathlib import Path

from words import by_word


def load() -> Callable[[str], str]:
    from symspellpy import SymSpell, Verbosity

    speller = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
    rows = lzma.decompress(Path(os.environ["PEER_FREQUENCIES"]).read_bytes()).decode("utf-8").splitlines()
    for row in [row.split("\t") for row in rows if row and not row.startswith("#")][:200_000]:
        if row[0].isalpha():
            speller.create_dictionary_entry(row[0], max(1, round(float(row[1]))))

    def one(word: str) -> str:
        found = speller.lookup(word, Verbosity.TOP, max_edit_distance=2, include_unknown=True)
        return str(found[0].term)

    return by_word(one)
