"""How likely a string of letters is as a Turkish word or name: for words no list knows.

A table holds the price of each letter after each three letters (word edges included), so `step` is one look-up.
`best` puts the marks back into a plain word: the likeliest letters among the options at each place.

>>> letters = Letters.load()
>>> letters.cost("gUzel") < letters.cost("gzUel")
True
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from heapq import nsmallest

from onar.language.codes import CODE
from onar.language.knowledge import compiled

__all__ = ["ALPHABET", "SIZE", "Letters"]

ALPHABET = "\nabcdefghijklmnopqrstuvwxyz'" + CODE
SIZE = len(ALPHABET)
_STEPS = 24
_FOLDS = {"c": "cC", "g": "gG", "i": "iI", "o": "oO", "s": "sS", "u": "uU"}
START = 0


class Letters:
    """The letter model; see the module's docstring. States are numbers; `START` is the beginning of a word."""

    def __init__(self) -> None:
        """Map the table; use `Letters.load`."""
        self._table = compiled("letters.table")
        self._number = {letter: i for i, letter in enumerate(ALPHABET)}
        self._turn = SIZE**3

    @staticmethod
    @cache
    def load() -> Letters:
        """The model that ships with Onar, loaded once."""
        return Letters()

    def step(self, state: int, letter: str) -> tuple[int, float]:
        """The state after `letter` (newline ends the word) and the step's price in nats; strange letters cost most."""
        number = self._number.get(letter, -1)
        if number < 0:
            return state * SIZE % self._turn, 255 / _STEPS
        place = state * SIZE + number
        return place % self._turn, self._table[place] / _STEPS

    def cost(self, code: str) -> float:
        """-ln P(code) in nats, the end of the word included."""
        state, total = START, 0.0
        for letter in code + "\n":
            state, price = self.step(state, letter)
            total += price
        return total

    def best(self, plain: str, options: Mapping[str, str] = _FOLDS, n: int = 3) -> list[tuple[float, str]]:
        """The n likeliest codes with their prices, each letter taken from its options (itself where none are given).

        >>> Letters.load().best("guzelligi")[0][1]
        'gUzelliGi'
        """
        beam: list[tuple[float, str, int]] = [(0.0, "", START)]
        for letter in plain:
            grown = []
            for total, code, state in beam:
                for option in options.get(letter, letter):
                    after, price = self.step(state, option)
                    grown.append((total + price, code + option, after))
            beam = nsmallest(max(16, 4 * n), grown)
        ended = ((total + self.step(state, "\n")[1], code) for total, code, state in beam)
        return nsmallest(n, ended)
