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
from importlib.resources import files
from math import exp, inf, log
from string import digits, punctuation
from typing import NamedTuple

from onar import alphabet
from onar.errors import KnowledgeError
from onar.rules import LONGEST_PRINTED, LONGEST_READ, WHERE, Rule, merge, read_rules

__all__ = ["Channel", "Option", "Rule", "Table", "load_channel", "merge", "read_rules"]

Readings = dict[str, dict[str, Rule]]  # printed segment -> what was read for it -> the row that says so

RIGHT_TEXT = 9.0  # nats by which right text makes any misreading dearer
UNSEEN = 1e-3  # least probability of a letter read as itself; the engine's alphabet may lack it altogether
CERTAIN = 1e-3  # nats: no row is free
AS_SMALL, TO_SMALL = 4.0, 6.0  # nats: a capital misread as the small letter is, and a capital read as a small letter
RARE = 2.5  # nats from which a row belongs to the damage that varies from scan to scan
STEADY = 10.0  # rare misreadings a document must show before its own rate of them outweighs the usual one


class Option(NamedTuple):
    """What may have been printed where a segment was read."""

    printed: str
    cost: float
    rule: str


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
        table is the prior, as strong as *weight* occurrences of each printed segment.

        >>> table = (Rule("ö", "o", cost=0.7, count=50), Rule("ö", "S", cost=3.0, count=5))
        >>> rules = Channel(table).adapted({"ö>S": 90, "ö>o": 10}).rules
        >>> [(rule.id, round(rule.cost, 1)) for rule in rules]
        [('ö>o', 1.5), ('ö>S', 0.5)]
        """
        seen = _seen(self.rules, {rule.id: rule.printed for rule in self._priced("any")}, counts)
        found: dict[tuple[str, str], float] = {}
        for rule in self.rules:
            key = rule.printed, rule.read
            found[key] = found.get(key, 0.0) + counts.get(rule.id, 0.0)
        shares = _shares(self.rules)
        lifted = _lifted(shares, seen, found)
        rules = []
        for rule in self.rules:
            key = rule.printed, rule.read
            stood = seen.get(rule.printed, 0.0) + weight
            change = (found[key] + weight * lifted[key]) / (stood * shares[key])
            rules.append(replace(rule, cost=max(CERTAIN, rule.cost - log(change))))
        return replace(self, rules=tuple(rules))

    def cost(self, printed: str, read: str) -> tuple[float, tuple[Rule, ...]]:
        """Return the cheapest way to read *printed* as *read*: its cost (infinite: there is none) and its rules.

        >>> channel = Channel((Rule("ü", "ii", cost=0.5),))
        >>> cost, rules = channel.cost("düzen", "diizen")
        >>> cost, [rule.id for rule in rules]
        (0.5, ['d>d', 'ü>ii', 'z>z', 'e>e', 'n>n'])
        """
        return cheapest(self.readings, printed, read)

    def table(self, case: str = "lower", place: str = "any") -> Table:
        """Return the stepping table for printed letters of *case* (``lower`` or ``upper``), always in lower case.

        Digits, marks and spaces stand in both. *place* is where in the word: ``start``, ``inside``, ``end`` or, for
        walkers that don't mind, ``any``.
        """
        return _table(self._priced(place), upper=case == "upper")

    @cached_property
    def readings(self) -> dict[str, Readings]:
        """What may be read for a printed segment, by place."""
        placed: dict[str, Readings] = {}
        for place in WHERE:
            readings = placed[place] = {}
            for rule in self._priced(place):
                readings.setdefault(rule.printed, {})[rule.read] = rule
        return placed

    def _priced(self, place: str) -> list[Rule]:
        """The rows that speak at *place* and the letters read as themselves, at this channel's damage."""
        own = {(rule.printed, rule.read): rule for rule in self.rules if rule.where == place}
        rules = [*own.values()]
        if place != "any":
            rules += [rule for rule in self.rules if rule.where == "any" and (rule.printed, rule.read) not in own]
        rules += _capitals(rules)
        shift = -log(self.damage + (1 - self.damage) * exp(-RIGHT_TEXT))
        priced = [Rule(rule.printed, rule.read, rule.where, rule.cost + shift, rule.count) for rule in rules]
        for letter, share in _kept(rules).items():
            cost = -log(min(1.0, max(UNSEEN**2, self.damage * share + 1 - self.damage)))
            priced.append(Rule(letter, letter, cost=max(0.0, cost)))
        return priced


def cheapest(readings: Mapping[str, Readings], printed: str, read: str) -> tuple[float, tuple[Rule, ...]]:
    """Find the cheapest chain of rows from *printed* to *read*."""
    width, size = len(read), len(printed)
    best: list[list[tuple[float, int, int, Rule | None]]] = [[(inf, 0, 0, None)] * (width + 1) for _ in range(size + 1)]
    best[0][0] = (0.0, 0, 0, None)
    for i, row in enumerate(best):
        steps = []
        for n in range(min(LONGEST_PRINTED, size - i) + 1):
            reads = readings[place_of(printed, i, i + n)].get(printed[i : i + n])
            if reads:
                steps.append((n, reads))
        for j in range(width + 1):
            here = row[j][0]
            if here == inf:
                continue
            for n, reads in steps:
                ahead = best[i + n]
                for m in range(min(LONGEST_READ, width - j) + 1):
                    rule = reads.get(read[j : j + m])
                    if rule is not None and here + rule.cost < ahead[j + m][0]:
                        ahead[j + m] = (here + rule.cost, i, j, rule)
    return best[-1][-1][0], _traced(best)


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


def _shares(rules: Iterable[Rule]) -> dict[tuple[str, str], float]:
    """Return the probability of each reading wherever it stands."""
    shares: dict[tuple[str, str], float] = {}
    for rule in rules:
        key = rule.printed, rule.read
        if rule.where == "any" or key not in shares:
            shares[key] = exp(-rule.cost)
    return shares


def _lifted(
    shares: Mapping[tuple[str, str], float], seen: Mapping[str, float], found: Mapping[tuple[str, str], float]
) -> dict[tuple[str, str], float]:
    """Return *shares* as a document of this quality has them: rare readings more or less often than usual."""
    rare = {key for key, share in shares.items() if -log(share) > RARE}
    expected = sum(seen.get(key[0], 0.0) * shares[key] for key in rare)
    lift = (sum(found[key] for key in rare) + STEADY) / (expected + STEADY)
    mass: dict[str, float] = {}
    for key in rare:
        mass[key[0]] = mass.get(key[0], 0.0) + shares[key]
    lifted = {}
    for key, share in shares.items():
        scarce = min(0.9, mass.get(key[0], 0.0))
        rest = (1 - min(0.9, scarce * lift)) / (1 - scarce)
        lifted[key] = share * (lift if key in rare else rest)
    return lifted


def occurrences(rules: Iterable[Rule]) -> dict[str, float]:
    """Tell how often each printed segment stood in the material of a table: its count over its share."""
    best: dict[str, Rule] = {}
    for rule in rules:
        if rule.count > 0 and (rule.printed not in best or rule.count > best[rule.printed].count):
            best[rule.printed] = rule
    return {printed: rule.count * exp(rule.cost) for printed, rule in best.items()}


def _capitals(rules: Iterable[Rule]) -> list[Rule]:
    """Return what the rows of small letters let expect of capitals, of which scans hold too few to learn every row."""
    known = {(rule.printed, rule.read) for rule in rules}
    found: dict[tuple[str, str], Rule] = {}
    plain = [rule for rule in rules if len(rule.printed) == 1 == len(rule.read) and rule.where == "any"]
    for rule in [*plain, *(Rule(c, c, cost=CERTAIN) for c in alphabet.LETTERS)]:
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
    usual = occurrences(rules)
    spent: dict[str, float] = {}
    for rule in rules:
        for letter in rule.printed:
            share = exp(-rule.cost)
            if len(rule.printed) > 1:
                share *= min(1.0, usual.get(rule.printed, 0.0) / usual.get(letter, inf))
            spent[letter] = spent.get(letter, 0.0) + share
    letters = sorted({*alphabet.LETTERS, *digits, *punctuation, " "} | set(spent))
    return {letter: max(UNSEEN, 1.0 - spent.get(letter, 0.0)) for letter in letters}


def _seen(rules: Iterable[Rule], printed: Mapping[str, str], counts: Mapping[str, float]) -> dict[str, float]:
    """Return how often each printed segment stood in a document of which only *counts* of rule ids are known.

    Single letters are counted; longer segments are as common among their rarest letter as they usually are.
    """
    usual = occurrences(rule for rule in rules if rule.where == "any")
    letters: dict[str, float] = {}
    for name, count in counts.items():
        for letter in printed.get(name, ""):
            letters[letter] = letters.get(letter, 0.0) + count
    seen = {**letters, "": sum(letters.values())}
    for segment, common in usual.items():
        if len(segment) > 1:
            seen[segment] = min(letters.get(x, 0.0) * min(1.0, common / usual.get(x, common)) for x in segment)
    return seen


def _traced(best: list[list[tuple[float, int, int, Rule | None]]]) -> tuple[Rule, ...]:
    """Follow the cheapest way back from the end."""
    i, j, path = len(best) - 1, len(best[0]) - 1, []
    while (rule := best[i][j][3]) is not None:
        path.append(rule)
        _, i, j, _ = best[i][j]
    return tuple(reversed(path))


def _table(rules: Iterable[Rule], upper: bool) -> Table:
    reads: dict[str, dict[str, Option]] = {}
    for rule in rules:
        letters = [c for c in rule.printed if c.isalpha()]
        if any(alphabet.is_upper(c) != upper for c in letters):
            continue
        option = Option(alphabet.lower(rule.printed) if upper else rule.printed, rule.cost, rule.id)
        best = reads.setdefault(rule.read, {})
        if option.printed not in best or option.cost < best[option.printed].cost:
            best[option.printed] = option
    ranked = {
        read: tuple(sorted(options.values(), key=lambda o: (o.cost, o.printed))) for read, options in reads.items()
    }
    lost = ranked.pop("", ())
    return Table(ranked, lost, max(map(len, ranked), default=0))


def load_channel(user: Iterable[Rule] = ()) -> Channel:
    """Return the channel of the shipped tables: the learnt rows, the observed ones beside them, a user's over both."""
    learnt, observed = _shipped("confusions.tsv"), _shipped("observed.tsv")
    return Channel(merge(merge(observed, learnt), user))


def _shipped(name: str) -> tuple[Rule, ...]:
    try:
        text = files("onar.seeds").joinpath(name).read_text(encoding="utf-8")
    except OSError as error:
        raise KnowledgeError(f"{name} is missing from onar.seeds ({error}); install onar again") from error
    return read_rules(text, name)
