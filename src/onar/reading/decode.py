"""The best reading of a sentence, and how sure each word of it is.

- A sentence is a lattice: from atom *i* each candidate leads to the atom after the one or more atoms it covers.
- Every path costs the sum of its candidates (channel) and of each word after its neighbours (context).
- The cheapest path is the reading (Viterbi); the share of all paths that go through a candidate is its confidence
  (forward-backward sums).
- Where one candidate stands alone between others that stand alone, nothing needs deciding and nothing is computed.

``sınır`` and ``sinir`` cost the same to read as ``sinir``; before ``güvenliği`` the first is the cheaper word.
Start reading at :func:`decode`.
"""

from __future__ import annotations

from math import exp, inf, log
from typing import NamedTuple

from onar.language.context import BOUNDARY, UNKNOWN, Context
from onar.reading.candidate import FOREIGN, Arc, Candidate

__all__ = ["Reading", "beside", "decode"]


Lattice = list[list[Arc]]
CONTEXT = 1.0  # weight of the context model against the channel
TEMPERATURE = 1.0
LEAST = 1e-5  # probability below which a rival is none
ENTER, STAY, LEAVE = 5.0, 0.05, 3.0  # nats to begin, go on with and end a foreign passage


class Reading(NamedTuple):
    """The chosen arc, its probability, and its rivals with theirs."""

    arc: Arc
    confidence: float
    rivals: tuple[tuple[Arc, float], ...]


class _Node:
    """An arc in its place, with the cheapest way to it and the sum over all ways."""

    __slots__ = ("arc", "back", "behind", "best", "candidate", "forward", "links", "start")

    def __init__(self, start: int, arc: Arc) -> None:
        self.start, self.arc, self.candidate = start, arc, arc.candidate
        self.best, self.forward, self.behind = inf, -inf, -inf
        self.back: _Node | None = None
        self.links: list[tuple[_Node, float]] = []


def _edge(end: int) -> Arc:
    """The edge of a sentence, as if it were a word."""
    return Arc(end, Candidate("", BOUNDARY, BOUNDARY, 0.0), 0, 0, "")


def decode(lattice: Lattice, context: Context) -> list[Reading]:
    """Return the best reading of *lattice*, word by word."""
    nodes = _forward(lattice, context)
    _backward(nodes)
    total = nodes[-1][0].forward
    readings: list[Reading] = []
    at = nodes[-1][0].back
    while at is not None and at.back is not None:
        shares = _merged([(node.arc, _share(node, total)) for node in nodes[at.start]])
        best = max((s for s in shares if s[0].end == at.arc.end and s[0].stop == at.arc.stop), key=lambda s: s[1])
        rivals = [rival for rival in shares if rival[1] >= LEAST and rival is not best]
        rivals.sort(key=lambda rival: (-rival[1], rival[0].candidate.surface))
        readings.append(Reading(best[0], best[1], tuple(rivals)))
        at = at.back
    return readings[::-1]


def _merged(shares: list[tuple[Arc, float]]) -> list[tuple[Arc, float]]:
    """Join the arcs that print the same for the same source: a word by itself, and as a stem with a suffix."""
    found: dict[tuple[str, int, int], tuple[Arc, float]] = {}
    for arc, share in shares:
        key = arc.candidate.surface, arc.end, arc.stop
        known = found.get(key)
        if known is None:
            found[key] = arc, share
        else:
            found[key] = (arc if share > known[1] else known[0]), known[1] + share
    return list(found.values())


def _share(node: _Node, total: float) -> float:
    return exp(min(0.0, node.forward + node.behind - total))


def _forward(lattice: Lattice, context: Context) -> list[list[_Node]]:
    """Build the nodes by where they start, and carry costs and sums from left to right."""
    size = len(lattice)
    ending: list[list[_Node]] = [[] for _ in range(size + 2)]
    start = _Node(-1, _edge(0))
    start.best, start.forward = 0.0, 0.0
    ending[0].append(start)
    starting: list[list[_Node]] = []
    farthest = 0  # end of the arcs so far: one that goes over a word is a choice too
    for i, arcs in enumerate([*lattice, [_edge(size + 1)]]):
        before = ending[i]
        here = [_Node(i, arc) for arc in arcs] if before else []
        alone = len(before) == 1 and len(here) == 1 and farthest <= i
        farthest = max([farthest, *(arc.end for arc in arcs)])
        for node in here:
            _reach(node, before, context, alone)
            ending[node.arc.end].append(node)
        starting.append(here)
    return starting


def _reach(node: _Node, before: list[_Node], context: Context, alone: bool) -> None:
    """Link *node* to the nodes before it."""
    candidate = node.candidate
    own = candidate.cost + candidate.letters
    word = candidate.first
    for previous in before:
        cost = own if alone else own + _beside(previous, word, context)
        node.links.append((previous, cost))
        total = previous.best + cost
        if total < node.best:
            node.best, node.back = total, previous
        node.forward = _add(node.forward, previous.forward - cost / TEMPERATURE)


def _beside(previous: _Node, word: int, context: Context) -> float:
    """What *word* costs after *previous*."""
    earlier = previous.back.candidate.last if previous.back is not None else BOUNDARY
    return beside(earlier, previous.candidate.last, word, context)


def beside(earlier: int, last: int, word: int, context: Context) -> float:
    """Return what *word* costs after *last* and, before that, *earlier*, in nats; foreign passages included."""
    if word == FOREIGN:
        return STAY if last == FOREIGN else ENTER
    if last == FOREIGN:
        return 0.0 if word == BOUNDARY else LEAVE + CONTEXT * context.cost(UNKNOWN, UNKNOWN, word)
    return CONTEXT * context.cost(earlier, last, word)


def _backward(starting: list[list[_Node]]) -> None:
    starting[-1][0].behind = 0.0
    for here in reversed(starting):
        for node in here:
            behind = node.behind
            if behind == -inf:
                continue
            for previous, cost in node.links:
                previous.behind = _add(previous.behind, behind - cost / TEMPERATURE)


def _add(a: float, b: float) -> float:
    """ln(e^a + e^b)."""
    if a < b:
        a, b = b, a
    if b - a < -30.0:
        return a
    return a + log(1.0 + exp(b - a))
