"""How one engine reads one typeface: the channel's steps for small letters and for capitals, side by side.

- What stood in small letters, in capitals, or as a stem in capitals with a small suffix takes the steps of its case.
- The first letter of a small word may have been a capital: its steps are those of both cases, and what the other case
  costs is told by :meth:`Typeface.recased`.

``Ilke`` can be *İlke*, *ilke* and *ülke*. Start reading at :meth:`Typeface.script`.
"""

from __future__ import annotations

from onar import alphabet
from onar.channel.confusions import Channel
from onar.channel.rules import unified
from onar.language.codes import decode
from onar.reading import shapes
from onar.reading.steps import Script, Steps, script

__all__ = ["Typeface"]

RECASED = 4.0  # nats for small letters where capitals were read
FIGURE = 5.0  # nats for a figure read as a letter that may stand for itself: of all numbers it is that one
MARKED = 1.0  # nats at most for a marked letter: it is rare on a damaged page, which says nothing about its case


class Typeface:
    """The steps of a channel: for small letters, and for capitals."""

    def __init__(self, channel: Channel) -> None:
        """Make the channel ready for both cases."""
        self.small, self.capitals = Steps(channel, "lower"), Steps(channel, "upper")
        first, inside, end = self.small.lost
        self._lost = tuple(sorted(first + self.capitals.lost[0], key=lambda loss: loss[1])), inside, end
        self._figures = [rule for rule in channel.rules if rule.printed.isdecimal() and rule.read.isalpha()]
        self.marks = self.small.marks | self.capitals.marks

    def of(self, case: str) -> Steps:
        """Return the steps of a word, or its stem, whose letters stood in *case*."""
        return self.capitals if case in ("upper", "stem") else self.small

    def script(self, text: str, cases: tuple[str, ...]) -> Script:
        """Make *text*, whose letters stood in *cases*, ready for the walk."""
        table = self.of(cases[0])
        stem = len(shapes.parted(text)[0]) if cases[0] == "stem" else len(text)
        read = unified(text)
        steps = [(table if i < stem else self.small).at(read, i) for i in range(len(read))]
        if table is self.capitals:
            return script(steps, table.lost)
        steps[0] = tuple(sorted(steps[0] + self.capitals.at(read, 0), key=lambda step: step[2]))
        return script(steps, self._lost)

    def suffix(self, rest: str) -> Script:
        """Make *rest*, the apostrophe and suffix of a stem, ready for the walk."""
        table = self.capitals if shapes.is_capitals(rest) else self.small
        read = unified(rest)
        return script([table.at(read, i) for i in range(len(read))], table.lost)

    def figures(self, char: str) -> list[tuple[str, float]]:
        """Return the figures that may have been read as the letter *char*, each with the cost of that: ``0`` for ``O``.

        >>> from onar.channel.confusions import load_channel
        >>> [figure for figure, _ in Typeface(load_channel()).figures("O")]
        ['0']
        """
        return [(rule.printed, rule.cost + FIGURE) for rule in self._figures if rule.read == char]

    def kept(self, text: str) -> float:
        """Return what it costs that every character was read as itself."""
        return sum((self.capitals if alphabet.is_upper(c) else self.small).kept(c) for c in text if c.isalpha())

    def recased(self, char: str, letter: str, main: str, case: str) -> float:
        """Return how much dearer the first *letter* is when it stood in *case* than in the likelier of the two."""
        if main in ("upper", "stem"):
            return RECASED if case != main else 0.0
        small, capital = self.small.first(char, letter.encode()), self.capitals.first(char, letter.encode())
        if decode(letter) == char:
            small = min(small, MARKED)
        return max(0.0, small - capital if case == "lower" else capital - small)
