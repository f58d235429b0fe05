"""The walk: which listed words can be printed where these characters were read, and at what cost.

- A :class:`Script` tells, for each character, which letters may have been printed there (`steps`).
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

from onar.channel.confusions import Astray
from onar.language.codes import CODE
from onar.language.tiers import Tier
from onar.reading.steps import Losses, Script

__all__ = ["walk"]

BEAM, NARROW, WORSE = 40, 8, 10.0  # states kept after each character, and how many nats worse than the best one may be
STRAYING = 10  # states of each place from which a misreading without a row is tried

Layer = dict[bytes, "State"]  # states by the letters printed so far
State = tuple[float, float, int]  # least cost of a word this way, cost so far, node of the automaton


_LETTERS = tuple((letter, bytes([letter])) for letter in sorted(b"abcdefghijklmnopqrstuvwxyz'" + CODE.encode()))


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
    return {code.decode("ascii"): cost for code, (_, cost, node) in last.items() if tier.is_end(node)}


def _through(tier: Tier, layers: list[Layer], read: Script, limit: float) -> None:
    """Take the states of *layers* on, character by character; those worth going on from stay in their layer."""
    ways, floor, nats, beyond = tier.ways, tier.floor, tier.nats, tier.cheapest
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
            known = ways.get(node) or tier.come_by(node)
            for consumed, letters, price in here:
                if price > room:
                    break
                at = known.get(letters)
                if at is None:
                    at = known[letters] = tier.follow(node, letters)
                if at >= 0:
                    total = cost + price
                    if floor is not None:
                        beyond = nats[floor[at]]
                        if total + beyond > limit - ahead[i + consumed]:
                            continue
                    target, printed = layers[i + consumed], code + letters
                    state = target.get(printed)
                    if state is None or total < state[1]:
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
    if not lost:
        return
    ways, floor, nats, beyond = tier.ways, tier.floor, tier.nats, tier.cheapest
    edge = limit - lost[0][1]
    for code, (best, cost, node) in [item for item in layer.items() if item[1][0] <= edge]:
        room = limit - best
        known = ways.get(node) or tier.come_by(node)
        for letters, price in lost:
            if price > room:
                break
            at = known.get(letters)
            if at is None:
                at = known[letters] = tier.follow(node, letters)
            if at >= 0:
                total = cost + price
                if floor is not None:
                    beyond = nats[floor[at]]
                    if total + beyond > limit:
                        continue
                printed = code + letters
                state = layer.get(printed)
                if state is None or total < state[1]:
                    layer[printed] = (total + beyond, total, at)
