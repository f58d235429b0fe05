"""Turns the rows of the n-gram lists into flat arrays, and words into a table of letters."""

from __future__ import annotations

import math
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping

from onar.codes import encode
from onar.letters import ALPHABET, SIZE

__all__ = ["letter_table", "pack_pairs", "pack_triples"]

_STEPS = 12
_LETTER_STEPS = 24
_FOREIGN = 1.0  # what an English word teaches: unlisted words are often foreign
_NAME = 4.0  # how much more a name teaches about unlisted words, which are mostly names


def _bytes(values: array[int]) -> bytes:
    if sys.byteorder == "big":
        values.byteswap()
    return values.tobytes()


def _number(word: str, numbers: Mapping[str, int]) -> int:
    return numbers[word] if word in ("<s>", "<?>") else numbers[encode(word)]


def pack_pairs(
    rows: Iterable[list[str]], numbers: Mapping[str, int]
) -> tuple[dict[str, bytes], dict[tuple[int, int], int]]:
    """The files of the pairs, and the place of each pair that is continued."""
    known = {word: _number(word, numbers) for word in ("<s>", "<?>")}
    table: dict[int, tuple[int, list[tuple[int, int, int]]]] = {}
    for first, way, *cells in rows:
        found = []
        for cell in cells:
            word, *prices = cell.split(" ")
            number = known.get(word)
            if number is None:
                number = known[word] = numbers[encode(word)]
            found.append((number, int(prices[0]), int(prices[1]) if len(prices) > 1 else 0))
        table[_number(first, numbers)] = (int(way), sorted(found))
    starts, words, prices_, backs, ways = array("I", [0]), array("I"), array("B"), array("B"), array("B")
    places: dict[tuple[int, int], int] = {}
    for row in range(len(numbers)):
        back, found = table.get(row, (0, []))
        ways.append(back)
        for number, price, continued in found:
            places[row, number] = len(words)
            words.append(number)
            prices_.append(price)
            backs.append(continued)
        starts.append(len(words))
    return {
        "context.rows": _bytes(starts),
        "context.words": _bytes(words),
        "context.costs": prices_.tobytes(),
        "context.backoff": ways.tobytes(),
        "context.backoff3": backs.tobytes(),
    }, places


def pack_triples(
    rows: Iterable[list[str]], numbers: Mapping[str, int], places: Mapping[tuple[int, int], int]
) -> dict[str, bytes]:
    """The files of the triples: rows for the pairs that are continued, found by the place of the pair."""
    table = []
    for pair, *cells in rows:
        first, second = (_number(word, numbers) for word in pair.split(" "))
        found = sorted((_number(word, numbers), int(price)) for word, price in (cell.split(" ") for cell in cells))
        table.append((places[first, second], found))
    table.sort()
    pairs, starts, words, prices = array("I"), array("I", [0]), array("I"), array("B")
    for place, found in table:
        pairs.append(place)
        for number, price in found:
            words.append(number)
            prices.append(price)
        starts.append(len(words))
    return {
        "context.pairs3": _bytes(pairs),
        "context.rows3": _bytes(starts),
        "context.words3": _bytes(words),
        "context.costs3": prices.tobytes(),
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
