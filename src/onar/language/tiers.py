"""The lexicon in parts to walk: the commonest words with what is beyond each letter, all others, a user's own.

- A :class:`Tier` is an automaton (`lexicon` tells how it is walked), and for the commonest words the least price of a word
  beyond each of its nodes, so that a walk knows where it can't pay to go on.

Start reading at :func:`tiers`.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from onar.language.knowledge import compiled, manifest
from onar.language.lexicon import Lexicon

__all__ = ["Tier", "tiers"]

RARE, OWN = 15.2, 8.0  # nats that words beyond the commonest ones cost at least, and a user's own


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
