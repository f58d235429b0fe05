"""The channel: what print becomes when it is read, compiled from the confusion table.

- The table's rows say how often a printed segment was misread and how; a letter is read as itself with the probability
  its rows leave over.
- :meth:`Channel.cost` prices one reading of one printed word; :meth:`Channel.table` turns the rows round, from what was
  read to what may have been printed, for the walk through the lexicon.
- The channel bends to the page at hand: :meth:`Channel.strength` (how damaged is this passage) and
  :meth:`Channel.adapted` (what this document's typeface does).

``diizen`` was printed ``düzen``: every letter as itself and ``ü>ii`` once. Start reading at :meth:`Channel.cost`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from heapq import heappop, heappush
from importlib.resources import files
from math import exp, inf, log
from string import digits, punctuation
from typing import NamedTuple

from onar import alphabet
from onar.channel import shares
from onar.channel.rules import ANY, LONGEST_PRINTED, LONGEST_READ, WHERE, Rule, merge, read_rules, unified
from onar.errors import KnowledgeError

__all__ = ["Astray", "Channel", "Option", "Rule", "Table", "load_channel", "merge", "read_rules"]

Readings = dict[str, dict[str, Rule]]  # printed segment -> what was read for it -> the row that says so

SHIPPED = "confusions.tsv"
RIGHT_TEXT = 9.0  # nats by which right text makes any misreading dearer
SLACK = 5  # letters by which print and reading may run apart on the way, beyond the difference of their lengths
UNSEEN = 1e-3  # least probability of a letter read as itself; the engine's alphabet may lack it altogether
AS_SMALL, TO_SMALL = 4.0, 6.0  # nats: a capital misread as the small letter is, and a capital read as a small letter


class Option(NamedTuple):
    """What may have been printed where a segment was read."""

    printed: str
    cost: float
    rule: Rule


class Astray(NamedTuple):
    """What it costs, in nats, that a letter was read as a character for which it has no row, one was added, one lost."""

    other: float
    added: float
    lost: float


NEVER = Astray(inf, inf, inf)


class Table(NamedTuple):
    """The channel as the walker steps through it: read segment -> what may have been printed there."""

    reads: dict[str, tuple[Option, ...]]
    lost: tuple[Option, ...]
    longest: int


@dataclass(frozen=True)
class Channel:
    """All confusions with their costs, for text that is damaged with probability *damage*."""

    rules: tuple[Rule, ...]
    damage: float = 1.0

    def strength(self, damage: float) -> Channel:
        """Return the channel for a passage that is damaged with probability *damage*.

        A misreading costs ``-ln(damage P + (1 - damage) P e^-9)``, a letter read as itself
        ``-ln(damage P + 1 - damage)``.
        """
        return replace(self, damage=min(1.0, max(0.0, damage)))

    def adapted(self, counts: Mapping[str, float], weight: float = 100.0) -> Channel:
        """Return the channel re-estimated from *counts* of rule ids, letters read rightly (``a>a``) among them.

        Rows that are rare on the average scan rise or fall together, since poor scans are poor in every way; then the
        table is the prior, as strong as *weight* occurrences of each printed segment. Only letters teach: an apostrophe
        or a space that was lost is seldom found again with confidence, and would seem rarer than it is.

        >>> table = (Rule("ö", "o", cost=0.7, count=50), Rule("ö", "S", cost=3.0, count=5))
        >>> rules = Channel(table).adapted({"ö>S": 90, "ö>o": 10}).rules
        >>> [(rule.id, round(rule.cost, 1)) for rule in rules]
        [('ö>o', 1.2), ('ö>S', 0.5)]
        """
        return replace(self, rules=shares.adapted(self.rules, counts, weight))

    def cost(self, printed: str, read: str) -> tuple[float, tuple[Rule, ...]]:
        """Return the cheapest way to read *printed* as *read*: its cost (infinite: there is none) and its rules.

        >>> channel = Channel((Rule("ü", "ii", cost=0.5),))
        >>> cost, rules = channel.cost("düzen", "diizen")
        >>> cost, [rule.id for rule in rules]
        (0.5, ['d>d', 'ü>ii', 'z>z', 'e>e', 'n>n'])
        """
        return cheapest(self.readings, unified(printed), unified(read), self.astray)

    def table(self, case: str = "lower", place: str = "any") -> Table:
        """Return the stepping table for printed letters of *case* (``lower`` or ``upper``), always in lower case.

        Digits, marks and spaces stand in both. *place* is where in the word: ``start``, ``inside``, ``end`` or, for
        walkers that don't mind, ``any``.
        """
        table = self._tables.get((case, place))
        if table is None:
            table = self._tables[case, place] = _table(self._placed[place], upper=case == "upper")
        return table

    @cached_property
    def astray(self) -> Astray:
        """What misreadings cost that no row names: the rows of ``☐``, any character; infinite where there are none.

        >>> Channel((Rule("☐", "☐", cost=12.0),)).astray
        Astray(other=12.0, added=inf, lost=inf)
        """
        costs = {(rule.printed, rule.read): rule.cost for rule in self.rules}
        return Astray(*(costs.get(key, inf) for key in ((ANY, ANY), ("", ANY), (ANY, ""))))

    @cached_property
    def readings(self) -> dict[str, Readings]:
        """What may be read for a printed segment, by place."""
        placed: dict[str, Readings] = {}
        for place, rules in self._placed.items():
            readings = placed[place] = {}
            for rule in rules:
                readings.setdefault(rule.printed, {})[rule.read] = rule
        return placed

    @cached_property
    def _tables(self) -> dict[tuple[str, str], Table]:
        """The stepping tables made so far, by case and place."""
        return {}

    @cached_property
    def _placed(self) -> dict[str, list[Rule]]:
        return {place: self._priced(place) for place in WHERE}

    def _priced(self, place: str) -> list[Rule]:
        """The rows that speak at *place* and the letters read as themselves, at this channel's damage."""
        named = [rule for rule in self.rules if ANY not in rule.printed + rule.read]
        own = {(rule.printed, rule.read): rule for rule in named if rule.where == place}
        rules = [*own.values()]
        if place != "any":
            rules += [rule for rule in named if rule.where == "any" and (rule.printed, rule.read) not in own]
        rules += _capitals(rules)
        shift = -log(self.damage + (1 - self.damage) * exp(-RIGHT_TEXT))
        priced = [replace(rule, cost=rule.cost + shift) for rule in rules] if shift else rules
        for letter, share in _kept(rules).items():
            cost = -log(min(1.0, max(UNSEEN**2, self.damage * share + 1 - self.damage)))
            priced.append(Rule(letter, letter, cost=max(0.0, cost)))
        return priced


def cheapest(
    readings: Mapping[str, Readings], printed: str, read: str, astray: Astray = NEVER
) -> tuple[float, tuple[Rule, ...]]:
    """Find the cheapest chain of rows from *printed* to *read* (Dijkstra): most letters are read as themselves, so it is straight.

    Where *astray* allows it, a step that no row names is a row of its own.
    """
    width, size = len(read), len(printed)
    slack = abs(width - size) + SLACK
    came: dict[tuple[int, int], tuple[float, int, int, Rule | None]] = {(0, 0): (0.0, 0, 0, None)}
    steps: list[list[tuple[int, dict[str, Rule]]]] = [_steps(readings, printed, i) for i in range(size + 1)]
    heap = [(0.0, 0, 0)]
    while heap:
        here, i, j = heappop(heap)
        if i == size and j == width:
            return here, _traced(came, size, width)
        if here > came[i, j][0] or abs(i - j) > slack:
            continue
        found = [
            (i + n, j + m, rule)
            for n, reads in steps[i]
            for m in range(min(LONGEST_READ, width - j) + 1)
            if (rule := reads.get(read[j : j + m])) is not None
        ]
        found += _astray(printed, read, i, j, astray)
        for a, b, rule in found:
            cost = here + rule.cost
            known = came.get((a, b))
            if cost < inf and (known is None or cost < known[0]):
                came[a, b] = cost, i, j, rule
                heappush(heap, (cost, a, b))
    return inf, ()


def _steps(readings: Mapping[str, Readings], printed: str, i: int) -> list[tuple[int, dict[str, Rule]]]:
    """Return what may be read for the segments of *printed* that begin at *i*, with their lengths."""
    steps = []
    for n in range(min(LONGEST_PRINTED, len(printed) - i) + 1):
        reads = readings[place_of(printed, i, i + n)].get(printed[i : i + n])
        if reads is None and n == 1:  # a letter of another alphabet can only be read as itself
            reads = {printed[i]: Rule(printed[i], printed[i], cost=0.0)}
        if reads:
            steps.append((n, reads))
    return steps


def _astray(printed: str, read: str, i: int, j: int, astray: Astray) -> list[tuple[int, int, Rule]]:
    """Return the steps from there that no row names."""
    letter, char = printed[i : i + 1], read[j : j + 1]
    found = []
    if letter and char and astray.other < inf:
        found.append((i + 1, j + 1, Rule(letter, char, cost=astray.other)))
    if char and astray.added < inf:
        found.append((i, j + 1, Rule("", char, cost=astray.added)))
    if letter and astray.lost < inf:
        found.append((i + 1, j, Rule(letter, "", cost=astray.lost)))
    return found


def place_of(text: str, start: int, end: int) -> str:
    """Tell where in its word a segment of *text* stands.

    >>> place_of("bazı,", 3, 4), place_of("bazı,", 0, 1), place_of("bazı,", 1, 2), place_of("bazı,", 4, 5)
    ('end', 'start', 'inside', 'any')
    """
    if not text[start:end].isalpha():
        return "any"
    if end == len(text) or not text[end].isalpha():
        return "end"
    return "start" if start == 0 or not text[start - 1].isalpha() else "inside"


def _capitals(rules: Iterable[Rule]) -> list[Rule]:
    """Return what the rows of small letters let expect of capitals, of which scans hold too few to learn every row."""
    known = {(rule.printed, rule.read) for rule in rules}
    found: dict[tuple[str, str], Rule] = {}
    plain = [rule for rule in rules if len(rule.printed) == 1 == len(rule.read) and rule.where == "any"]
    for rule in [*plain, *(Rule(c, c, cost=shares.CERTAIN) for c in alphabet.LETTERS)]:
        capital = alphabet.upper(rule.printed)
        if capital == rule.printed or not rule.read.isalpha():
            continue
        for read, dearer in ((alphabet.fold(alphabet.upper(rule.read)), AS_SMALL), (rule.read, TO_SMALL)):
            key = capital, read
            if capital != read and key not in known and (key not in found or rule.cost + dearer < found[key].cost):
                found[key] = Rule(capital, read, cost=rule.cost + dearer)
    return list(found.values())


def _kept(rules: Iterable[Rule]) -> dict[str, float]:
    """Return how often a letter is read as itself: what its own rows and the longer ones leave over."""
    usual = shares.occurrences(rules)
    spent: dict[str, float] = {}
    for rule in rules:
        for letter in rule.printed:
            share = exp(-rule.cost)
            if len(rule.printed) > 1:
                share *= min(1.0, usual.get(rule.printed, 0.0) / usual.get(letter, inf))
            spent[letter] = spent.get(letter, 0.0) + share
    letters = sorted({*alphabet.LETTERS, *digits, *punctuation, " "} | set(spent))
    return {letter: max(UNSEEN, 1.0 - spent.get(letter, 0.0)) for letter in letters}


def _traced(came: Mapping[tuple[int, int], tuple[float, int, int, Rule | None]], i: int, j: int) -> tuple[Rule, ...]:
    """Follow the cheapest way back from there to the start."""
    path = []
    while (rule := came[i, j][3]) is not None:
        path.append(rule)
        _, i, j, _ = came[i, j]
    return tuple(reversed(path))


def _table(rules: Iterable[Rule], upper: bool) -> Table:
    reads: dict[str, dict[str, Option]] = {}
    for rule in rules:
        letters = [c for c in rule.printed if c.isalpha()]
        if any(alphabet.is_upper(c) != upper for c in letters):
            continue
        printed = alphabet.lower(rule.printed) if upper else rule.printed
        best = reads.setdefault(rule.read, {})
        known = best.get(printed)
        if known is None or rule.cost < known.cost:
            best[printed] = Option(printed, rule.cost, rule)
    ranked = {
        read: tuple(sorted(options.values(), key=lambda o: (o.cost, o.printed))) for read, options in reads.items()
    }
    lost = ranked.pop("", ())
    return Table(ranked, lost, max(map(len, ranked), default=0))


def load_channel(user: Iterable[Rule] = ()) -> Channel:
    """Return the channel of the shipped table, a user's rows over it."""
    try:
        text = files("onar.seeds").joinpath(SHIPPED).read_text(encoding="utf-8")
    except OSError as error:
        raise KnowledgeError(f"{SHIPPED} is missing from onar.seeds ({error}); install onar again") from error
    return Channel(merge(read_rules(text, SHIPPED), user))
