"""Turns the rows of the n-gram lists into flat arrays, and words into a table of letters."""

from __future__ import annotations

import math
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

from onar.errors import KnowledgeError
from onar.language.codes import encode
from onar.language.context import COMMON, tabled
from onar.language.letters import ALPHABET, SIZE

__all__ = ["Pairs", "letter_table", "pack_triples"]

_STEPS = 12
_LETTER_STEPS = 24
_FOREIGN = 1.0  # what an English word teaches: unlisted words are often foreign
_NAME = 4.0  # how much more a name teaches about unlisted words, which are mostly names


def _bytes(values: array[int]) -> bytes:
    if sys.byteorder == "big":
        values = array(values.typecode, values)
        values.byteswap()
    return values.tobytes()


def _number(word: str, numbers: Mapping[str, int]) -> int:
    return numbers[word] if word in ("<s>", "<?>") else numbers[encode(word)]


class Pairs:
    """The pairs as they ship, row by row: words with numbers of 16 bits in one array, the rarer ones in another.

    A row of the first array is searched for a common word, one of the second for a rare one; the wheel is smaller for
    it, and a search shorter. The place of a pair is its place in the first array or, that array's length later, in the
    second.
    """

    def __init__(self, rows: Iterable[list[str]], numbers: Mapping[str, int]) -> None:
        """Read the rows of the list."""
        size = len(numbers) - 2
        known = {word: tabled(_number(word, numbers), size) for word in ("<s>", "<?>")}
        table: dict[int, tuple[int, list[tuple[int, int]]]] = {}
        for opening, back, *cells in rows:
            cut = []
            for cell in cells:
                word, _, price = cell.partition(" ")
                if word not in known:
                    known[word] = tabled(numbers[encode(word)], size)
                cut.append((known[word], int(price)))
            table[_number(opening, numbers)] = (int(back), sorted(cut))
        self._size = size
        self.words = array("H"), array("I")
        self.starts = array("I", [0]), array("I", [0])
        self._prices = array("B"), array("B")
        self._ways = array("B")
        for row in range(len(numbers)):
            way, found = table.pop(row, (0, []))
            self._ways.append(way)
            for number, cost in found:
                rare = number > COMMON + 1
                self.words[rare].append(number)
                self._prices[rare].append(cost)
            for part in (0, 1):
                self.starts[part].append(len(self.words[part]))

    def place(self, first: int, second: int) -> int:
        """The place of a pair that is there."""
        word = tabled(second, self._size)
        rare = word > COMMON + 1
        low, high = self.starts[rare][first : first + 2]
        at = bisect_left(self.words[rare], word, low, high)
        if at == high or self.words[rare][at] != word:
            raise KnowledgeError(f"triples.tsv.xz: a pair of words ({first}, {second}) that pairs.tsv.xz doesn't have")
        return at + len(self.words[0]) * rare

    def files(self) -> dict[str, bytes]:
        """The files of the pairs."""
        return {
            "context.rows": _bytes(self.starts[0]),
            "context.rows_rare": _bytes(self.starts[1]),
            "context.words": _bytes(self.words[0]),
            "context.words_rare": _bytes(self.words[1]),
            "context.costs": (self._prices[0] + self._prices[1]).tobytes(),
            "context.backoff": self._ways.tobytes(),
        }


def pack_triples(rows: Iterable[list[str]], numbers: Mapping[str, int], pairs: Pairs) -> dict[str, bytes]:
    """The files of the triples: rows for the pairs that are continued, found by the place of the pair."""
    table, size = [], len(numbers) - 2
    for pair, back, *cells in rows:
        first, second = (_number(word, numbers) for word in pair.split(" "))
        cut = (cell.split(" ") for cell in cells)
        found = sorted((tabled(_number(word, numbers), size), int(price)) for word, price in cut)
        table.append((pairs.place(first, second), int(back), found))
    table.sort()
    places, starts, words = array("I"), array("I", [0]), array("H")
    prices, ways = array("B"), array("B")
    for place, way, found in table:
        places.append(place)
        ways.append(way)
        for number, cost in found:
            words.append(number)
            prices.append(cost)
        starts.append(len(words))
    return {
        "context.pairs3": _bytes(places),
        "context.rows3": _bytes(starts),
        "context.words3": _bytes(words),
        "context.costs3": prices.tobytes(),
        "context.backoff3": ways.tobytes(),
    }


def _windows(code: str) -> Iterator[tuple[int, int, int, int]]:
    numbers = [0, 0, 0, *(ALPHABET.index(letter) for letter in code), 0]
    return zip(numbers, numbers[1:], numbers[2:], numbers[3:], strict=False)


def letter_table(counts: Mapping[str, float], cases: Mapping[str, int], foreign: Iterable[str]) -> bytes:
    """Prices of each letter after each three letters, in 1/24 nat: Witten-Bell smoothing over word types."""
    tables: list[dict[int, float]] = [{}, {}, {}, {}]
    weights = {
        code: (1.0 + math.log1p(count) if count else 0.3) * (_NAME if cases.get(code, 3) & 3 == 0 and count else 1.0)
        for code, count in counts.items()
        if "#" not in code
    }
    for word in foreign:
        weights.setdefault(word, _FOREIGN)
    for code, weight in weights.items():
        for a, b, c, d in _windows(code):
            for table, key in zip(
                tables,
                (d, c * SIZE + d, (b * SIZE + c) * SIZE + d, ((a * SIZE + b) * SIZE + c) * SIZE + d),
                strict=True,
            ):
                table[key] = table.get(key, 0.0) + weight
    lower = [1.0 / SIZE] * SIZE
    for order, table in enumerate(tables):
        width = SIZE**order
        level = []
        for context in range(width):
            row = [table.get(context * SIZE + letter, 0.0) for letter in range(SIZE)]
            total, kinds = sum(row), 4.0 * sum(x > 0 for x in row)
            beneath = lower[context % (width // SIZE) * SIZE :][:SIZE] if order else lower
            level += [(x + (kinds + 0.01) * y) / (total + kinds + 0.01) for x, y in zip(row, beneath, strict=True)]
        lower = level
    return bytes(min(255, round(-math.log(p) * _LETTER_STEPS)) for p in lower)
