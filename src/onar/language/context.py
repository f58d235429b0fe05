"""How likely a word is after its neighbours.

`Context.load().cost(a, b, c)` is -ln P(c | a b) in nats for word numbers of `Lexicon.id`; special numbers:

    UNKNOWN -1   a word no list knows             BOUNDARY -2   before the first and after the last word of a sentence

Figures are the listed word `#` (with their suffixes `#'lI`), so they need nothing special. `unknown(code)` gives
an unlisted word a number that keeps what its last letters say (`UNKNOWN` says nothing); its letters are priced by
`onar.language.letters` and come on top. Triples stand over pairs, pairs over the word itself times the agreement of endings.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

from onar.language.inflection import ending_class
from onar.language.knowledge import compiled, manifest
from onar.language.lexicon import MADE

__all__ = ["BOUNDARY", "UNKNOWN", "Context", "unknown"]

UNKNOWN, BOUNDARY = -1, -2
_NOTHING = -3  # a word before of which nothing is said
_ENDED = -16  # numbers from here down are unlisted words with an ending class
_REMEMBERED = 20_000
COMMON = (1 << 16) - 2
"""Second and third words with smaller numbers, and the two that are no words, stand in arrays of 16 bits, the others apart."""
_Prepared = tuple[int, int, float, int, int, int, int, float, int]


def unknown(code: str) -> int:
    """The number of an unlisted word.

    >>> unknown("zzz") == unknown("qqq") < -2
    True
    """
    return _ENDED - ending_class(code)


def tabled(row: int, size: int) -> int:
    """The number by which the word of a row stands after others: 65534 and 65535 are the boundary and the unlisted word.

    >>> [tabled(row, 70_000) for row in (5, 65_534, 70_000, 70_001)]
    [5, 65536, 65534, 65535]
    """
    if row >= size:
        return COMMON + row - size
    return row if row < COMMON else row + 2


class Context:
    """The word n-gram model; see the module's docstring."""

    def __init__(self) -> None:
        """Map the compiled files; use `Context.load`."""
        settings = manifest()
        steps = settings["cost_steps"]
        self._nats: list[float] = [i / steps for i in range(256)]
        self._agree_nats: list[float] = [(128 - i) / steps for i in range(256)]
        self._size: int = settings["vocabulary"]
        self._classes: int = settings["endings"]
        self._rows = compiled("context.rows").cast("I")
        self._words = compiled("context.words").cast("H")
        self._rows_rare = compiled("context.rows_rare").cast("I")
        self._words_rare = compiled("context.words_rare").cast("I")
        self._common = len(self._words)
        self._costs = compiled("context.costs")
        self._backoff = compiled("context.backoff")
        self._backoff3 = compiled("context.backoff3")
        self._pairs3 = compiled("context.pairs3").cast("I")
        self._rows3 = compiled("context.rows3").cast("I")
        self._words3 = compiled("context.words3").cast("H")
        self._costs3 = compiled("context.costs3")
        self._lower = compiled("words.cost")
        self._special = compiled("context.special")
        self._agree = compiled("context.agree")
        self._ending = compiled("words.ending").cast("H")
        self._found: dict[tuple[int, int], _Prepared] = {}

    @staticmethod
    @cache
    def load() -> Context:
        """The model that ships with Onar, loaded once."""
        return Context()

    def _row(self, number: int) -> int:
        """The row of a word in the tables, -1 for one without."""
        if 0 <= number < self._size:
            return number
        return self._size if number == BOUNDARY else self._size + 1 if number == UNKNOWN or number <= _ENDED else -1

    def _odd(self, number: int) -> tuple[int, int, int]:
        """Tabled number, price and ending class of a number that is no listed word's."""
        if number >= MADE:
            return -1, number & 255, number >> 8 & 4095
        if number == BOUNDARY:
            return COMMON, self._special[0], self._classes - 2
        return COMMON + 1, self._special[1], self._classes - 1 if number == UNKNOWN else _ENDED - number

    def _prepare(self, a: int, b: int) -> _Prepared:
        """Where words after the pair and after `b` stand, what backing off costs, the row of agreement of `b`."""
        first, second = self._row(a), self._row(b)
        ending = self._ending[b] if 0 <= b < self._size else self._odd(b)[2]
        low3, high3, back3 = self._continued(first, second) if first >= 0 and second >= 0 else (0, 0, 0.0)
        if second < 0:
            return low3, high3, back3, 0, 0, 0, 0, 0.0, ending * self._classes
        low, high = self._rows[second], self._rows[second + 1]
        low_rare, high_rare = self._rows_rare[second], self._rows_rare[second + 1]
        back = self._nats[self._backoff[second]]
        return low3, high3, back3, low, high, low_rare, high_rare, back, ending * self._classes

    def _continued(self, first: int, second: int) -> tuple[int, int, float]:
        """Where the words after a pair stand, and what backing off from it costs."""
        word = tabled(second, self._size)
        rare = word > COMMON + 1
        words, rows = (self._words_rare, self._rows_rare) if rare else (self._words, self._rows)
        place, high = bisect_left(words, word, rows[first], rows[first + 1]), rows[first + 1]
        if place == high or words[place] != word:
            return 0, 0, 0.0
        if rare:
            place += self._common
        at = bisect_left(self._pairs3, place)
        if at == len(self._pairs3) or self._pairs3[at] != place:
            return 0, 0, 0.0
        return self._rows3[at], self._rows3[at + 1], self._nats[self._backoff3[at]]

    def cost(self, a: int, b: int, c: int) -> float:
        """-ln P(c | a b) in nats.

        >>> from onar.language.lexicon import Lexicon
        >>> bir, su, this = map(Lexicon.load().id, ("bir", "su", "Su"))
        >>> Context.load().cost(BOUNDARY, bir, su) < Context.load().cost(BOUNDARY, bir, this)
        True
        """
        try:
            low3, high3, back3, low, high, low_rare, high_rare, back, left = self._found[a, b]
        except KeyError:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            low3, high3, back3, low, high, low_rare, high_rare, back, left = self._found[a, b] = self._prepare(a, b)
        if 0 <= c < self._size:
            word, price, right = c if c < COMMON else c + 2, self._lower[c], self._ending[c]
        else:
            word, price, right = self._odd(c)
        if 0 <= word <= COMMON + 1:
            if low3 != high3:
                at = bisect_left(self._words3, word, low3, high3)
                if at < high3 and self._words3[at] == word:
                    return self._nats[self._costs3[at]]
            at = bisect_left(self._words, word, low, high)
            if at < high and self._words[at] == word:
                return back3 + self._nats[self._costs[at]]
        elif low_rare != high_rare:
            at = bisect_left(self._words_rare, word, low_rare, high_rare)
            if at < high_rare and self._words_rare[at] == word:
                return back3 + self._nats[self._costs[at + self._common]]
        return back3 + back + self._nats[price] + self._agree_nats[self._agree[left + right]]

    def after(self, b: int, c: int) -> float:
        """-ln P(c | b) in nats."""
        return self.cost(_NOTHING, b, c)

    def cost_unknown(self, b: int, ending: int) -> float:
        """-ln P(an unlisted word of this ending class | b), without the price of its letters."""
        return self.cost(_NOTHING, b, _ENDED - ending)
