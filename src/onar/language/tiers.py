"""The lexicon in parts to walk: the commonest words with what is beyond each letter, all others, a user's own.

- A :class:`Tier` is an automaton (`lexicon` tells how it is walked), and for the commonest words the least price of a word
  beyond each of its nodes, so that a walk knows where it can't pay to go on.
- Walks come by the same nodes over and over (four of five visits are to 10,000 of them): where letters lead from a node is
  remembered.

Start reading at :func:`tiers`.
"""

from __future__ import annotations

from functools import cache, lru_cache

from onar.language.knowledge import compiled, manifest
from onar.language.lexicon import Lexicon

__all__ = ["Tier", "tiers"]

RARE, OWN = 15.2, 8.0  # nats that words beyond the commonest ones cost at least, and a user's own


REMEMBERED = 10_000  # nodes whose ways on are kept

NOWHERE = -1  # instead of a node, where no way leads

Ways = dict[bytes, int]  # from a node: by letters, the node they lead to, or NOWHERE


class Tier:
    """A part of the lexicon to walk: its automaton, and what the commonest word beyond each node costs.

    *floor* holds ``steps`` a nat; without it every word of the tier costs *cheapest* nats at least.
    """

    __slots__ = ("cheapest", "floor", "nats", "units", "ways")

    def __init__(
        self, units: memoryview, cheapest: float, floor: memoryview | None = None, nats: tuple[float, ...] = ()
    ) -> None:
        """Take an automaton; nothing is walked yet."""
        self.units, self.cheapest, self.floor, self.nats = units, cheapest, floor, nats
        self.ways: dict[int, Ways] = {}  # of the nodes walks have come by

    def come_by(self, node: int) -> Ways:
        """Return the ways on from *node*, none found yet."""
        if len(self.ways) >= REMEMBERED:
            self.ways.clear()
        ways = self.ways[node] = {}
        return ways

    def follow(self, node: int, letters: bytes) -> int:
        """Return the node to which *letters* lead from *node*, or NOWHERE."""
        units = self.units
        for letter in letters:
            unit = units[node]
            node ^= ((unit >> 10) << ((unit & 512) >> 6)) ^ letter
            if units[node] & 0x800000FF != letter:
                return NOWHERE
        return node

    def is_end(self, node: int) -> bool:
        """Tell whether a word ends at *node*."""
        return bool((self.units[node] >> 8) & 1)


@cache
def _tree() -> Tier:
    """The commonest words, as a tree with the least cost beyond each node."""
    tree = compiled("words.tree")
    units = tree[4 : 4 + 4 * int.from_bytes(tree[:4], "little")].cast("I")
    floor = compiled("words.floor")
    nats = tuple(price / manifest()["cost_steps"] for price in range(256))
    return Tier(units, nats[floor[0]], floor, nats)


@lru_cache(maxsize=4)
def tiers(lexicon: Lexicon) -> tuple[Tier, ...]:
    """Return the parts of *lexicon* in the order they are walked: the commonest words, all others, a user's own."""
    return (_tree(), Tier(lexicon.units, RARE), *(Tier(units, OWN) for units in lexicon.automata[1:]))
