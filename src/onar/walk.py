"""The walk: which listed words can be printed where these characters were read, and at what cost.

- A :class:`Steps` table tells, for each character and place in the word, which letters may have been printed there.
- :func:`walk` takes those steps through the lexicon automaton, all words at once, character by character: states that
  print the same letters meet, and only the cheapest way is kept.
- What no row names (a letter read as a sign it never was read as) is *astray*: one such step may be allowed at a price.
- States much dearer than the best one, or beyond the limit, are dropped: a bound on time, not on words.
- A letter of which nothing was read is one more step that takes no character.

``diizen`` steps ``d``, ``ü`` (two characters), ``z``, ``e``, ``n`` and is at the end of ``düzen``. Start reading at
:func:`walk`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property
from math import inf
from typing import NamedTuple

from onar.codes import CODE
from onar.confusions import Astray, Channel
from onar.lexicon import Lexicon, compiled, encode, folded, manifest
from onar.segment import APOSTROPHES

__all__ = ["Script", "Steps", "Tier", "script", "tiers", "walk"]

LIMIT, LOST = 17.0, 7.5  # nats: no step that is dearer is of use, no letter without a trace
BEAM, NARROW, WORSE = 30, 8, 7.5  # states kept after each character, and how many nats worse than the best one may be
RARE, OWN = 15.2, 8.0  # nats that words beyond the commonest ones cost at least, and a user's own
REMEMBERED = 50_000  # runs of characters whose steps are kept
STRAYING = 10  # states of each place from which a misreading without a row is tried
PLAIN = 2.5  # nats up to which a misreading of one letter is plain: answered without a walk

Step = tuple[int, bytes, float]  # characters read, letters printed (codes), cost
Losses = tuple[tuple[bytes, float], ...]  # letters that left no trace, and the cost of that
Lost = tuple[Losses, Losses, Losses]  # the same at the start, inside and at the end of a word
Layer = dict[bytes, "State"]  # states by the letters printed so far
State = tuple[float, float, int]  # least cost of a word this way, cost so far, node of the automaton


_LETTERS = tuple((letter, bytes([letter])) for letter in sorted(b"abcdefghijklmnopqrstuvwxyz'" + CODE.encode()))


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


class Tier(NamedTuple):
    """A part of the lexicon to walk: its automaton, and what the commonest word beyond each node costs.

    *floor* holds ``steps`` a nat; without it every word of the tier costs *cheapest* nats at least.
    """

    units: memoryview
    cheapest: float
    floor: memoryview | None = None
    nats: tuple[float, ...] = ()


@cache
def _tree() -> Tier:
    """The commonest words, as a tree with the least cost beyond each node."""
    tree = compiled("words.tree")
    units = tree[4 : 4 + 4 * int.from_bytes(tree[:4], "little")].cast("I")
    floor = compiled("words.floor")
    nats = tuple(price / manifest()["cost_steps"] for price in range(256))
    return Tier(units, nats[floor[0]], floor, nats)


def tiers(lexicon: Lexicon) -> tuple[Tier, ...]:
    """Return the parts of *lexicon* in the order they are walked: the commonest words, all others, a user's own."""
    return (_tree(), Tier(lexicon.units, RARE), *(Tier(units, OWN) for units in lexicon.automata[1:]))


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


def walk(tier: Tier, read: Script, limit: float, astray: Astray | None = None) -> dict[str, float]:
    """Return the listed codes that can be printed where *read* was, with the cost of the reading.

    *limit* bounds reading and word together. With *astray*, one misreading that no row names is allowed too, at its
    price; those codes are given as well.
    """
    layers: list[Layer] = [{} for _ in read.ahead]
    layers[0][b""] = (tier.cheapest, 0.0, 0)
    if astray is None:
        _through(tier, layers, read, limit)
        return _ended(tier, layers[-1])
    _through(tier, layers, read._replace(ahead=_with_stray(read, astray)), limit)
    strays = _strays(tier, layers, read.ahead, astray, limit)
    _through(tier, strays, read, limit)
    return _ended(tier, strays[-1]) | _ended(tier, layers[-1])


def _with_stray(read: Script, astray: Astray) -> list[float]:
    """Return what the characters from each place to the end cost at least when one of them may be astray."""
    ahead, stray = [*read.ahead], min(astray.other, astray.added)
    for i in range(len(read.steps) - 1, -1, -1):
        named = [price + ahead[i + consumed] for consumed, _, price in read.steps[i]]
        ahead[i] = min([*named, stray + read.ahead[i + 1]])
    return ahead


def _ended(tier: Tier, last: Layer) -> dict[str, float]:
    units = tier.units
    return {code.decode("ascii"): cost for code, (_, cost, node) in last.items() if (units[node] >> 8) & 1}


def _through(tier: Tier, layers: list[Layer], read: Script, limit: float) -> None:
    """Take the states of *layers* on, character by character; those worth going on from stay in their layer."""
    units, floor, nats, beyond = tier.units, tier.floor, tier.nats, tier.cheapest
    steps, lost, ahead = read
    for i, here in enumerate(steps):
        layer = layers[i]
        if not layer:
            continue
        within = limit - ahead[i]
        worst = min(within, min(layer.values())[0] + WORSE)
        if len(layer) > NARROW:
            layer = {code: state for code, state in layer.items() if state[0] <= worst}
            if len(layer) > BEAM:
                layer = dict(sorted(layer.items(), key=_state_cost)[:BEAM])
        _lose(tier, layer, lost[1] if i else lost[0], worst)
        layers[i] = layer
        for code, (best, cost, node) in layer.items():
            room = limit - best
            for consumed, letters, price in here:
                if price > room:
                    break
                at = node
                for letter in letters:
                    unit = units[at]
                    at ^= ((unit >> 10) << ((unit & 512) >> 6)) ^ letter
                    if units[at] & 0x800000FF != letter:
                        break
                else:
                    total = cost + price
                    if floor is not None:
                        beyond = nats[floor[at]]
                        if total + beyond > limit - ahead[i + consumed]:
                            continue
                    target, printed = layers[i + consumed], code + letters
                    known = target.get(printed)
                    if known is None or total < known[1]:
                        target[printed] = (total + beyond, total, at)
    if layers[-1]:
        _lose(tier, layers[-1], lost[2], limit)


def _strays(tier: Tier, layers: Sequence[Layer], ahead: Sequence[float], astray: Astray, limit: float) -> list[Layer]:
    """Return the states that one misreading without a row leads to from the best ones of *layers*."""
    units = tier.units
    strays: list[Layer] = [{} for _ in layers]
    cheapest = min(astray)
    for i, layer in enumerate(layers):
        inside = i + 1 < len(layers)
        for code, (best, cost, node) in sorted(layer.items(), key=_state_cost)[:STRAYING]:
            if best + cheapest + (ahead[i + 1] if inside else 0.0) > limit:
                break
            if inside:
                _reach(tier, strays[i + 1], node, cost + astray.added, code, limit - ahead[i + 1])
            unit = units[node]
            base = node ^ ((unit >> 10) << ((unit & 512) >> 6))
            for letter, written in _LETTERS:
                at = base ^ letter
                if units[at] & 0x800000FF == letter:
                    _reach(tier, strays[i], at, cost + astray.lost, code + written, limit - ahead[i])
                    if inside:
                        _reach(tier, strays[i + 1], at, cost + astray.other, code + written, limit - ahead[i + 1])
    return strays


def _reach(tier: Tier, layer: Layer, node: int, cost: float, code: bytes, limit: float) -> None:
    """Put a state into *layer* if it is cheap enough and none there is cheaper."""
    most = tier.cheapest if tier.floor is None else tier.nats[tier.floor[node]]
    if cost + most <= limit:
        known = layer.get(code)
        if known is None or cost < known[1]:
            layer[code] = (cost + most, cost, node)


def _state_cost(state: tuple[bytes, State]) -> float:
    return state[1][0]


def _lose(tier: Tier, layer: Layer, lost: Losses, limit: float) -> None:
    """Add to *layer* the states reached by printed letters of which nothing was read."""
    units, floor, nats, ahead = tier.units, tier.floor, tier.nats, tier.cheapest
    edge = limit - min([price for _, price in lost], default=inf)
    for code, (best, cost, node) in [item for item in layer.items() if item[1][0] <= edge]:
        room = limit - best
        for letters, price in lost:
            if price > room:
                break
            at = node
            for letter in letters:
                unit = units[at]
                at ^= ((unit >> 10) << ((unit & 512) >> 6)) ^ letter
                if units[at] & 0x800000FF != letter:
                    break
            else:
                total = cost + price
                if floor is not None:
                    ahead = nats[floor[at]]
                    if total + ahead > limit:
                        continue
                printed = code + letters
                known = layer.get(printed)
                if known is None or total < known[1]:
                    layer[printed] = (total + ahead, total, at)
