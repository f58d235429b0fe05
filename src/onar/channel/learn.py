"""Learns the confusion table from pages whose print is known: pairs of print and OCR text.

- Pages are cut into pairs of words, and these into the places where print and reading differ (`pairing`).
- :func:`fit` shares every difference out among the segments that may explain it, round after round (expectation
  maximisation), and takes out the rows that the others explain as well.
- What was too rare for a row of its own is priced together: rows of ``☐``, any character (:func:`unnamed`).
- :func:`placed` adds rows for the start, the inside and the end of words where that pays.
- Every row goes home with a witness: a word of the pages, and what was read for it.

From ``bazı günler`` read ``baz: giinler`` come ``ı>:`` and ``ü>ii``. Start reading at :func:`learn`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import exp, inf, log
from pathlib import Path

from onar.channel.confusions import Channel, cheapest, place_of
from onar.channel.pairing import Pairs, allowed, counted, first_guess, read_pairs, segments, windows
from onar.channel.rules import ANY, LONGEST_PRINTED, LONGEST_READ, WHERE, Rule, rule_id
from onar.errors import InputError

__all__ = ["Lesson", "bits", "fit", "learn", "study"]

Weights = dict[str, dict[str, float]]  # printed segment -> what may be read for it -> probability
Shares = dict[tuple[str, str], float]

ROUNDS = 8
FAINT = 0.5  # expected witnesses below which a confusion is but another's shadow
LEAST = 1.5  # expected witnesses of a row: two, or one and a half that are shared
GAIN = 20.0  # nats a longer row must save in all over the rows that explain it otherwise
EDGE = 1.0  # nats it must save each time
DISCOUNT = 0.5  # taken off each count: what was seen thrice is rarer than it looks
STRANGE = 11.0  # nats for a difference no row explains, a character
PLACED = 15.0  # nats a row with a place must save in all over the row without
WITNESS = 24  # letters a witness may be long
LONGEST_PAGE = 300_000  # characters: pages are aligned whole, in quadratic time
JUNK = 3.0  # nats a printed character above which a pair was aligned by mistake


def _guessed(wins: Pairs) -> Weights:
    """Give every allowed segment of *wins* its first weight."""
    weights: Weights = {}
    for printed, read in wins:
        for i in range(len(printed) + 1):
            for j in range(len(read) + 1):
                for p, r in _pieces(printed, read, i, j):
                    found = weights.setdefault(p, {})
                    if r not in found and allowed(p, r):
                        found[r] = exp(-first_guess(p, r))
    return weights


def _pieces(printed: str, read: str, i: int, j: int) -> Iterator[tuple[str, str]]:
    for n in range(min(LONGEST_PRINTED, len(printed) - i) + 1):
        for m in range(min(LONGEST_READ, len(read) - j) + 1):
            if n or m == 1:
                yield printed[i : i + n], read[j : j + m]


def _lattice(printed: str, read: str, weights: Weights) -> list[tuple[int, int, int, int, float]]:
    """Return the steps that lead from the start of a pair: from (i, j) to (k, l), with weights."""
    width = len(read)
    reached = [[False] * (width + 1) for _ in range(len(printed) + 1)]
    reached[0][0] = True
    steps = []
    for i in range(len(printed) + 1):
        found = [(i + n, weights.get(printed[i : i + n])) for n in range(min(LONGEST_PRINTED, len(printed) - i) + 1)]
        for j in range(width + 1):
            if not reached[i][j]:
                continue
            for k, reads in found:
                for m in range(min(LONGEST_READ, width - j) + 1) if reads else ():
                    weight = reads.get(read[j : j + m]) if reads else None
                    if weight is not None:
                        steps.append((i, j, k, j + m, weight))
                        reached[k][j + m] = True
    return steps


def share(printed: str, read: str, count: float, weights: Weights, expected: Shares) -> float:
    """Add to *expected* how often each segment explains a pair seen *count* times; return its likelihood."""
    steps = _lattice(printed, read, weights)
    before = [[0.0] * (len(read) + 1) for _ in range(len(printed) + 1)]
    after = [[0.0] * (len(read) + 1) for _ in range(len(printed) + 1)]
    before[0][0] = after[-1][-1] = 1.0
    for i, j, k, l, weight in steps:  # noqa: E741
        before[k][l] += before[i][j] * weight
    total = before[-1][-1]
    if total < exp(-JUNK * max(len(printed), len(read)) - 10.0):
        return 0.0
    for i, j, k, l, weight in reversed(steps):  # noqa: E741
        ahead = after[k][l] * weight
        if ahead:
            after[i][j] += ahead
            key = printed[i:k], read[j:l]
            expected[key] = expected.get(key, 0.0) + count * before[i][j] * ahead / total
    return total


def priced(expected: Shares, stood: Counter[str], least: float) -> dict[tuple[str, str], Rule]:
    """Turn expected counts into rows; a count is worth its share of all the times the segment stood in print."""
    return {
        (p, r): Rule(p, r, cost=max(1e-3, round(-log(min(1.0, (count - DISCOUNT) / stood[p])), 3)), count=count)
        for (p, r), count in expected.items()
        if p != r and count >= least and stood[p]
    }


def _weighted(channel: Channel) -> Weights:
    return {p: {r: exp(-rule.cost) for r, rule in reads.items()} for p, reads in channel.readings["any"].items()}


def fit(pairs: Pairs, tell: Callable[[str], None] = lambda _: None) -> tuple[Rule, ...]:
    """Learn rows from counted pairs."""
    stood = segments(pairs)
    wins: Pairs = Counter()
    for (printed, read), count in pairs.items():
        for window in windows(printed, read):
            wins[window] += count
    weights = _guessed(wins)
    tell(f"{sum(wins.values())} differences of {len(wins)} kinds")
    rows: dict[tuple[str, str], Rule] = {}
    rest: tuple[Rule, ...] = ()
    for number in range(ROUNDS):
        expected: Shares = {}
        for (printed, read), count in wins.items():
            share(printed, read, count, weights, expected)
        rows = priced(expected, stood, 0.6 if number < 3 else LEAST)
        if number == 3:
            rest = unnamed(expected, stood)
        before = len(rows)
        if number >= 3:
            rows = prune(rows)
        weights = _weighted(Channel(tuple(sorted(rows.values()))))
        tell(f"round {number + 1}: {before} rows, {len(rows)} kept")
    return witnessed((*placed(sorted(rows.values()), pairs), *rest), pairs)


def unnamed(expected: Shares, stood: Counter[str]) -> tuple[Rule, ...]:
    """Price the single characters read otherwise, added and lost that are too rare for rows of their own, as three rows.

    What such a character is read as, or which one is added, is any of those that were.
    """
    found: dict[tuple[str, str], dict[tuple[str, str], float]] = {}
    for (p, r), count in expected.items():
        if FAINT <= count < LEAST and p != r and len(p) < 2 and len(r) < 2 and " " not in p + r:
            found.setdefault((ANY if p else "", ANY if r else ""), {})[p, r] = count
    letters = sum(count for segment, count in stood.items() if len(segment) == 1)
    rows = []
    for (p, r), counts in found.items():
        many, kinds = sum(counts.values()), len({read for _, read in counts})
        rows.append(Rule(p, r, cost=round(-log(many / letters / kinds), 3), count=many))
    return tuple(rows)


def witnessed(rules: Iterable[Rule], pairs: Pairs) -> tuple[Rule, ...]:
    """Give every row the plainest pair it heals; a row that heals none is of no use and goes."""
    rules = tuple(rules)
    channel = Channel(rules)
    known = {rule.id for rule in rules}
    best: dict[str, tuple[int, float, int, str]] = {}
    for (printed, read), count in sorted(pairs.items()):
        if printed == read or len(printed) > WITNESS:
            continue
        _, path = channel.cost(printed, read)
        used = {_named(rule, known) for rule in path if rule.printed != rule.read}
        rank = (len(used), -count, len(printed), f"{read}={printed}")
        used |= {rule_id(rule.printed, rule.read) for rule in path if rule.where != "any"}
        for name in used:
            if ANY in name and not (printed + read).isalpha():
                continue  # figures and marks are poor witnesses of what may befall any letter
            best[name] = min(best.get(name, rank), rank)
    found = [replace(rule, witness=best[rule.id][-1]) for rule in rules if rule.id in best]
    return tuple(sorted(found))


def _named(step: Rule, known: Container[str]) -> str:
    """Return the id of the row behind a step of a reading: its own, or that of what no row names."""
    return step.id if step.id in known else rule_id(ANY if step.printed else "", ANY if step.read else "")


def prune(rows: dict[tuple[str, str], Rule]) -> dict[tuple[str, str], Rule]:
    """Take out, longest first, the rows whose absence costs less than :data:`GAIN` nats in all."""
    kept = dict(rows)
    readings = Channel(tuple(sorted(kept.values()))).readings["any"]
    everywhere = dict.fromkeys(WHERE, readings)
    for rule in sorted(rows.values(), key=lambda r: (-len(r.printed) - len(r.read), r.printed, r.read)):
        if len(rule.printed) < 2 and len(rule.read) < 2:
            continue
        own = readings[rule.printed].pop(rule.read)
        other, _ = cheapest(everywhere, rule.printed, rule.read)
        if other - rule.cost < EDGE or rule.count * (other - rule.cost) < GAIN:
            del kept[rule.printed, rule.read]
        else:
            readings[rule.printed][rule.read] = own
    return kept


def placed(rules: Iterable[Rule], pairs: Pairs) -> tuple[Rule, ...]:
    """Add rows for the places of a word where a confusion is far commoner, or rarer, than elsewhere."""
    rules = tuple(rules)
    channel = Channel(rules)
    stood: Counter[tuple[str, str]] = Counter()
    found: Counter[tuple[str, str, str]] = Counter()
    for (printed, read), count in pairs.items():
        for i in range(len(printed)):
            for n in range(i + 1, min(len(printed), i + LONGEST_PRINTED) + 1):
                stood[printed[i:n], place_of(printed, i, n)] += count
        i = 0
        for rule in channel.cost(printed, read)[1] if printed != read else ():
            found[rule.printed, rule.read, place_of(printed, i, i + len(rule.printed))] += count
            i += len(rule.printed)
    extra = []
    for rule in rules:
        for place in WHERE[1:]:
            count, total = found[rule.printed, rule.read, place], stood[rule.printed, place]
            if count < LEAST or count == total:
                continue
            here, anywhere = count / total, exp(-rule.cost)
            gain = count * log(here / anywhere) + (total - count) * log((1 - here) / (1 - anywhere))
            if gain >= PLACED:
                extra.append(replace(rule, where=place, cost=round(-log((count - DISCOUNT) / total), 3), count=count))
    return (*rules, *extra)


def bits(pairs: Pairs, channel: Channel) -> tuple[float, float]:
    """Return what a word of *pairs* costs under *channel*, in bits, and the share of words no row explains."""
    total = words = lost = 0.0
    for (printed, read), count in pairs.items():
        cost, _ = channel.cost(printed, read)
        words += count
        if cost == inf:
            cost, lost = STRANGE * max(len(printed), len(read)), lost + count
        total += count * min(cost, STRANGE * max(len(printed), len(read)))
    return total / words / log(2), lost / words


def learn(pages: Iterable[tuple[str, str]], tell: Callable[[str], None] = lambda _: None) -> tuple[Rule, ...]:
    """Learn the confusion table from *pages*, print and OCR text of each; *tell* hears how it goes.

    >>> [rule.id for rule in learn([("bazı günler yazı düzeni ", "baz: giinler yaz: diizeni ")])]
    ['ü>ii', 'ı>:']
    """
    return fit(counted(pages), tell)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A learnt table, the remarks that stand above it, and how well it explains pages: ``(name, bits, lost)``.

    ``bits`` is what a word costs, ``lost`` the share of words no row explains.
    """

    rules: tuple[Rule, ...]
    remarks: tuple[str, ...]
    figures: tuple[tuple[str, float, float], ...]


def study(paths: Sequence[Path], keep_back: int = 5, tell: Callable[[str], None] = lambda _: None) -> Lesson:
    """Learn from files of pairs, all pages but every *keep_back*-th (0: all of them), and check on those.

    Raises :class:`InputError` for files that can't be read and for pages without enough words to learn from.
    """
    pages = [page for path in paths for page in read_pairs(path)]
    for number, page in enumerate(pages, 1):
        if (size := max(map(len, page))) > LONGEST_PAGE:
            raise InputError(f"page {number} has {size} characters: cut it into pages of at most {LONGEST_PAGE}")
    back = range(0, len(pages), keep_back) if keep_back else range(0)
    learnt = counted(page for i, page in enumerate(pages) if i not in back)
    if not any(printed != read for printed, read in learnt):
        many = f"{learnt.total()} words, none misread, in {len(pages) - len(back)} pages"
        raise InputError(f"{many}: give pairs whose ocr differs from their print, or keep back fewer pages")
    rules = fit(learnt, tell)
    names = ", ".join(path.name for path in paths)
    source = f"{names}: {len(pages) - len(back)} pages, {learnt.total()} words"
    channel = Channel(rules)
    sets = (("learnt", learnt), ("kept back", counted(pages[i] for i in back)))
    figures = tuple((name, *bits(pairs, channel)) for name, pairs in sets if pairs)
    return Lesson(rules, tuple(remarks(source, len(back))), figures)


def remarks(source: str, back: int) -> list[str]:
    """Return what stands above the rows of a table learnt from *source*."""
    return [
        "What OCR makes of Turkish print. Learnt from aligned pairs by onar learn; may be edited by hand.",
        f"source: {source}; {back} pages kept back for checking",
        f"date: {date.today().isoformat()}",
        "cost: -ln of how often the printed segment was so read; where: start, inside or end of a word, or any;",
        "count: expected witnesses among the pages; witness: read=printed; ∅ is nothing, ␣ a space",
    ]
