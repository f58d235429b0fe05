"""The channel made ready for the walk: which letters may have been printed where these characters were read.

- A :class:`Steps` table holds, for letters of one case, the steps at each character: how many characters it takes, which
  letters were printed there, and the cost.
- Most damage is *plain*, one letter read as one or two: :meth:`Steps.plainly` undoes it without a walk.
- A :class:`Script` is one piece of text with its steps, and what the rest of it costs at least from each place on.

``diizen`` has at its second character the step of two characters to ``ü``. Start reading at :meth:`Steps.at`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from math import inf
from typing import NamedTuple

from onar.channel.confusions import Channel
from onar.language.lexicon import encode, folded
from onar.segment import APOSTROPHES

__all__ = ["Losses", "Script", "Steps", "script"]

LIMIT, LOST = 17.0, 7.5  # nats: no step that is dearer is of use, no letter without a trace
REMEMBERED = 15_000  # runs of characters whose steps are kept
PLAIN = 2.5  # nats up to which a misreading of one letter is plain: answered without a walk

Step = tuple[int, bytes, float]  # characters read, letters printed (codes), cost
Losses = tuple[tuple[bytes, float], ...]  # letters that left no trace, and the cost of that
Lost = tuple[Losses, Losses, Losses]  # the same at the start, inside and at the end of a word


class Steps:
    """The channel for printed letters of one case, made ready for the walk."""

    def __init__(self, channel: Channel, case: str) -> None:
        """Encode the printed sides; rows that print what no word holds are of no use."""
        self._start, self._inside, self._end = (_encoded(channel, case, place) for place in ("start", "inside", "end"))
        self._longest = max(map(len, self._inside), default=1)
        self._kept: dict[str, float] = {}
        self._first: dict[tuple[str, bytes], float] = {}
        self._at: dict[tuple[str, bool, bool], tuple[Step, ...]] = {}
        self.lost = _lost(channel, case, "start"), _lost(channel, case, "inside"), _lost(channel, case, "end")
        self.marks = frozenset(
            read
            for read in self._inside
            if len(read) == 1 and not read.isalnum() and not read.isspace() and read not in APOSTROPHES
        )

    def at(self, text: str, i: int) -> tuple[Step, ...]:
        """Return the steps possible at character *i* of *text*, cheapest first."""
        ahead = text[i : i + self._longest]
        key = (ahead, not i, i + self._longest >= len(text))
        known = self._at.get(key)
        if known is None:
            if len(self._at) >= REMEMBERED:
                self._at.clear()
            known = self._at[key] = self._found(ahead, *key[1:])
        return known

    def _found(self, ahead: str, first: bool, last: bool) -> tuple[Step, ...]:
        found: list[Step] = []
        for size in range(1, len(ahead) + 1):
            table = self._start if first else self._end if last and size == len(ahead) else self._inside
            found += table.get(ahead[:size], ())
        return tuple(sorted(found, key=_cost))

    def kept(self, char: str) -> float:
        """Return what it costs that *char* was printed and read as itself."""
        steps = self._inside.get(char)
        if steps is None:
            return 0.0
        known = self._kept.get(char)
        if known is None:
            code = encode(char).encode("ascii", "replace")
            known = self._kept[char] = min([cost for _, letters, cost in steps if letters == code], default=0.0)
        return known

    def first(self, char: str, letter: bytes) -> float:
        """Return what it costs that a word that begins with *letter* was read to begin with *char*, by that alone."""
        steps = self._start.get(char)
        if steps is None:
            return LIMIT
        known = self._first.get((char, letter))
        if known is None:
            known = self._first[char, letter] = min(
                [cost for _, letters, cost in steps if letters[:1] == letter], default=LIMIT
            )
        return known

    @cached_property
    def plain(self) -> tuple[dict[str, str], dict[tuple[str, str], float]]:
        """What is plainly read: the bare letter for each read segment, and the costs by segment and printed letter."""
        bare: dict[str, str] = {}
        costs: dict[tuple[str, str], float] = {}
        for read, steps in self._inside.items():
            single = [(cost, letters.decode()) for _, letters, cost in steps if len(letters) == 1 and cost <= PLAIN]
            if not single or len(read) > 2:
                continue
            bare[read] = folded(min(single)[1])
            for cost, letter in single:
                if folded(letter) == bare[read]:
                    costs[read, letter] = cost
        return bare, costs

    def plainly(self, read: str) -> tuple[list[str], str]:
        """Cut *read* into what was read for one letter each, and give the bare letters; nothing where that can't be."""
        bare = self.plain[0]
        segments: list[str] = []
        i = 0
        while i < len(read):
            segment = read[i : i + 2]
            if segment not in bare:
                segment = read[i]
                if segment not in bare:
                    return [], ""
            segments.append(segment)
            i += len(segment)
        return segments, "".join([bare[segment] for segment in segments])

    def price(self, segments: list[str], code: str) -> float:
        """Return what it costs that each letter of *code* was read as its segment."""
        costs = self.plain[1]
        return sum([costs.get(pair, LIMIT) for pair in zip(segments, code, strict=True)])


def _lost(channel: Channel, case: str, place: str) -> Losses:
    """The letters of which nothing may be read at *place*, cheapest first."""
    return tuple(
        (code.encode("ascii"), option.cost)
        for option in channel.table(case, place).lost
        if (code := encode(option.printed)).isascii() and code.replace("'", "x").isalpha() and option.cost <= LOST
    )


def _encoded(channel: Channel, case: str, place: str) -> dict[str, tuple[Step, ...]]:
    table: dict[str, tuple[Step, ...]] = {}
    for read, options in channel.table(case, place).reads.items():
        steps = []
        for option in options:
            code = encode(option.printed)
            if code.isascii() and option.cost <= LIMIT and " " not in code:
                steps.append((len(read), code.encode("ascii"), option.cost))
        if steps:
            table[read] = tuple(steps)
    return table


def _cost(step: Step) -> float:
    return step[2]


class Script(NamedTuple):
    """What was read, made ready for the walk: the steps at each character, and the letters that leave no trace.

    *ahead* is what the characters from each place to the end cost at least, whatever was printed there.
    """

    steps: Sequence[Sequence[Step]]
    lost: Lost
    ahead: Sequence[float]


def script(steps: Sequence[Sequence[Step]], lost: Lost) -> Script:
    """Make *steps* ready for any number of walks."""
    ahead = [0.0] * (len(steps) + 1)
    for i in range(len(steps) - 1, -1, -1):
        ahead[i] = min([price + ahead[i + consumed] for consumed, _, price in steps[i]], default=inf)
    return Script(steps, lost, ahead)
