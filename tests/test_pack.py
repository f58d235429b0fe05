"""Pairs and triples as they ship: common words in arrays of 16 bits, the rest apart."""

from __future__ import annotations

from array import array

import pytest
from onar.wordlists.pack import Pairs, pack_triples

from onar.errors import KnowledgeError
from onar.language.context import COMMON, tabled

SIZE = COMMON + 10
NUMBERS = {"ev": 0, "su": 7, "yol": COMMON - 1, "nadir": COMMON, "ender": SIZE - 1, "<s>": SIZE, "<?>": SIZE + 1}
ROWS = [
    ["<s>", "3", "su 40", "nadir 90"],
    ["ev", "5", "ender 80", "<s> 20", "yol 30", "<?> 25", "su 10"],
    ["ender", "9", "<?> 11"],
]


def _numbers() -> dict[str, int]:
    numbers = {f"w{i}": i for i in range(SIZE)}
    taken = set(NUMBERS.values())
    return NUMBERS | {word: i for word, i in numbers.items() if i not in taken}


def test_every_word_has_its_own_place_in_the_tables() -> None:
    rows = [0, COMMON - 1, COMMON, SIZE - 1, SIZE, SIZE + 1]
    assert sorted(tabled(row, SIZE) for row in rows) == [0, COMMON - 1, COMMON, COMMON + 1, COMMON + 2, SIZE + 1]


def test_common_and_rare_words_stand_apart() -> None:
    pairs = Pairs(ROWS, _numbers())
    files = pairs.files()
    words = array("H", files["context.words"]).tolist()
    assert words == [7, COMMON - 1, COMMON, COMMON + 1, COMMON + 1, 7]
    assert array("I", files["context.words_rare"]).tolist() == [SIZE + 1, COMMON + 2]
    assert list(files["context.costs"]) == [10, 30, 20, 25, 11, 40, 80, 90]
    assert files["context.backoff"][0] == 5 and files["context.backoff"][SIZE] == 3


def test_triples_are_found_by_the_place_of_their_pair() -> None:
    numbers = _numbers()
    pairs = Pairs(ROWS, numbers)
    files = pack_triples([["<s> nadir", "4", "ev 6"], ["ev su", "2", "<s> 8", "yol 3"]], numbers, pairs)
    assert array("I", files["context.pairs3"]).tolist() == [0, 7]
    assert array("H", files["context.words3"]).tolist() == [COMMON - 1, COMMON, 0]
    assert (list(files["context.costs3"]), list(files["context.backoff3"])) == ([3, 8, 6], [2, 4])


def test_a_triple_without_its_pair_is_told() -> None:
    numbers = _numbers()
    with pytest.raises(KnowledgeError, match="triples"):
        pack_triples([["su su", "4", "ev 6"]], numbers, Pairs(ROWS, numbers))
