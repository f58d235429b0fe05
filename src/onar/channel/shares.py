"""How often things are misread: shares of the table's rows, and what a document's own counts make of them.

- A row's share is ``e^-cost``: of all the times its segment stood in print, it was so read.
- A document's counts meet the table as a prior (Dirichlet): seldom seen segments keep the table's shares.
- Rare rows rise and fall together first, by how many of them a document shows: poor scans are poor in every way.

A typeface whose ``ö`` is read ``S`` ninety times in a hundred teaches that within a page.
Start reading at :func:`adapted`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import exp, log

from onar.channel.rules import Rule

__all__ = ["CERTAIN", "adapted", "occurrences"]

CERTAIN = 1e-3  # nats: no row is free
RARE = 2.5  # nats from which a row belongs to the damage that varies from scan to scan
DEARER = 0.5  # nats a row may rise: hard readings are seldom confident, so they are counted less often than they stand
STEADY = 10.0  # rare misreadings a document must show before its own rate of them outweighs the usual one


def adapted(rules: Iterable[Rule], counts: Mapping[str, float], weight: float) -> tuple[Rule, ...]:
    """Return *rules* with the costs that *counts* of rule ids teach; the table weighs as *weight* occurrences."""
    rules = tuple(rules)
    seen = _seen(rules, counts)
    found: dict[tuple[str, str], float] = {}
    for rule in rules:
        key = rule.printed, rule.read
        found[key] = found.get(key, 0.0) + counts.get(rule.id, 0.0)
    shares = _shares(rules)
    lifted = _lifted(shares, seen, found)
    marks = any(found[key] and key[1] and not key[1].isalpha() for key in found)
    taught = []
    for rule in rules:
        key = rule.printed, rule.read
        # what the counts can't show is not unlearnt: counts of words without marks say nothing of letters read as marks
        if rule.printed.isalpha() and (marks or not rule.read or rule.read.isalpha()):
            change = (found[key] + weight * lifted[key]) / ((seen.get(rule.printed, 0.0) + weight) * shares[key])
            rule = replace(rule, cost=max(CERTAIN, rule.cost - max(-DEARER, log(change))))
        taught.append(rule)
    return tuple(taught)


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


def _seen(rules: Iterable[Rule], counts: Mapping[str, float]) -> dict[str, float]:
    """Return how often each printed segment stood in a document of which only *counts* of rule ids are known.

    Single letters are counted; longer segments are as common among their rarest letter as they usually are.
    """
    rules = tuple(rules)
    printed = {rule.id: rule.printed for rule in rules}
    usual = occurrences(rule for rule in rules if rule.where == "any")
    letters: dict[str, float] = {}
    for name, count in counts.items():
        for letter in printed.get(name, name[:1]):  # rows that no table holds are of one letter: a>a
            letters[letter] = letters.get(letter, 0.0) + count
    seen = {**letters, "": sum(letters.values())}
    for segment, common in usual.items():
        if len(segment) > 1:
            seen[segment] = min(letters.get(x, 0.0) * min(1.0, common / usual.get(x, common)) for x in segment)
    return seen
