"""The commonest words as a tree with, at every node, what the commonest word beyond it costs.

A walk that looks for the cheapest word and reading together needs to know at each letter how cheap a word can still be
had this way. Words that share their endings can't tell, so these few are a tree: each key has its own value, and the
automaton can't merge what differs. The walk turns to the automaton of all forms for the rest.
"""

from __future__ import annotations

from array import array

import dawg

__all__ = ["SIZE", "tree"]

SIZE = 150_000
"""Words in the tree: those beyond cost 15 nats and more."""


def tree(codes: list[str], prices: list[int]) -> tuple[bytes, bytes]:
    """Return the automaton of *codes* and, a byte a node, the least of the *prices* beyond it.

    >>> units, floor = tree(["ev", "eve"], [30, 60])
    >>> sorted(set(floor))
    [30, 60, 255]
    """
    numbered = dawg.IntDAWG(sorted((code, i) for i, code in enumerate(codes)))
    data = numbered.tobytes()
    count = int.from_bytes(data[:4], "little")
    units = array("I", data[4 : 4 + 4 * count])
    floor = bytearray([255]) * count
    for code, price in zip(codes, prices, strict=True):
        at = 0
        floor[at] = min(floor[at], price)
        for letter in code.encode("ascii"):
            unit = units[at]
            at ^= ((unit >> 10) << ((unit & 512) >> 6)) ^ letter
            floor[at] = min(floor[at], price)
    return data[: 4 + 4 * count], bytes(floor)
