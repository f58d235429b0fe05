"""How likely a word is after its neighbours.

`Context.load().cost(a, b, c)` is -ln P(c | a b) in nats for word numbers of `Lexicon.id`; special numbers:

    UNKNOWN -1   a word no list knows             BOUNDARY -2   before the first and after the last word of a sentence

Figures are the listed word `#` (with their suffixes `#'lI`), so they need nothing special. `unknown(code)` gives a number
to an unlisted word that keeps what its last letters say (`UNKNOWN` says nothing); its letters are priced by
`onar.letters` and come on top. Triples stand over pairs, pairs over the word itself times the agreement of endings.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

from onar.lexicon import MADE, compiled, ending_class, manifest

__all__ = ["BOUNDARY", "UNKNOWN", "Context", "unknown"]

UNKNOWN, BOUNDARY = -1, -2
_ENDED = -16  # numbers from here down are unlisted words with an ending class
_REMEMBERED = 200_000


def unknown(code: str) -> int:
    """The number of an unlisted word.

    >>> unknown("zzz") == unknown("qqq") < -2
    True
    """
    return _ENDED - ending_class(code)


class Context:
    """The word n-gram model; see the module's docstring."""

    def __init__(self) -> None:
        """Map the compiled files; use `Context.load`."""
        settings = manifest()
        steps = settings["cost_steps"]
        self._nats = [i / steps for i in range(256)]
        self._agree_nats = [(128 - i) / steps for i in range(256)]
        self._size: int = settings["vocabulary"]
        self._classes: int = settings["endings"]
        self._rows = compiled("context.rows").cast("I")
        self._words = compiled("context.words").cast("I")
        self._costs = compiled("context.costs")
        self._backoff = compiled("context.backoff")
        self._backoff3 = compiled("context.backoff3")
        self._pairs3 = compiled("context.pairs3").cast("I")
        self._rows3 = compiled("context.rows3").cast("I")
        self._words3 = compiled("context.words3").cast("I")
        self._costs3 = compiled("context.costs3")
        self._lower = compiled("words.cost")
        self._special = compiled("context.special")
        self._agree = compiled("context.agree")
        self._ending = compiled("words.ending").cast("H")
        self._found: dict[tuple[int, int], tuple[int, int, float] | None] = {}

    @staticmethod
    @cache
    def load() -> Context:
        """The model that ships with Onar, loaded once."""
        return Context()

    def _row(self, number: int) -> int:
        """The row of a word in the tables, -1 for one without."""
        if number >= 0:
            return number if number < self._size else -1
        return self._size if number == BOUNDARY else self._size + 1

    def _class(self, number: int) -> int:
        if number >= MADE:
            return number >> 8 & 4095
        if number >= 0:
            return self._ending[number]
        if number <= _ENDED:
            return _ENDED - number
        return self._classes - 2 if number == BOUNDARY else self._classes - 1

    def _continued(self, a: int, b: int) -> tuple[int, int, float] | None:
        """Where the words after the pair stand, and what backing off from it costs."""
        first, second = self._row(a), self._row(b)
        if first < 0 or second < 0:
            return None
        low, high = self._rows[first], self._rows[first + 1]
        place = bisect_left(self._words, second, low, high)
        if place == high or self._words[place] != second:
            return None
        at = bisect_left(self._pairs3, place)
        if at == len(self._pairs3) or self._pairs3[at] != place:
            return None
        return self._rows3[at], self._rows3[at + 1], self._nats[self._backoff3[place]]

    def cost(self, a: int, b: int, c: int) -> float:
        """-ln P(c | a b) in nats."""
        try:
            continued = self._found[a, b]
        except KeyError:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            continued = self._found[a, b] = self._continued(a, b)
        if continued is None:
            return self.after(b, c)
        low, high, back = continued
        word = c if c >= 0 else self._row(c)
        at = bisect_left(self._words3, word, low, high)
        if at < high and self._words3[at] == word:
            return self._nats[self._costs3[at]]
        return back + self.after(b, c)

    def after(self, b: int, c: int) -> float:
        """-ln P(c | b) in nats."""
        row, word = self._row(b), self._row(c)
        back = 0.0
        if row >= 0:
            if word >= 0:
                low, high = self._rows[row], self._rows[row + 1]
                at = bisect_left(self._words, word, low, high)
                if at < high and self._words[at] == word:
                    return self._nats[self._costs[at]]
            back = self._nats[self._backoff[row]]
        if c >= MADE:
            price = c & 255
        else:
            price = self._lower[c] if c >= 0 else self._special[word - self._size]
        return back + self._nats[price] + self._agree_nats[self._agree[self._class(b) * self._classes + self._class(c)]]

    def cost_unknown(self, b: int, ending: int) -> float:
        """-ln P(an unlisted word of this ending class | b), without the price of its letters."""
        return self.after(b, _ENDED - ending)
