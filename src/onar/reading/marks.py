"""Marks between words that were read one for the other, or that are specks.

- Specks and thin print turn ``,`` into ``.`` and back, and put marks where none were printed. Between two words the
  neighbours tell which stood there: their endings (`gaps`), the context model's price of a sentence end, the capital.
- ``seeds/marks.tsv`` counts how marks are misread; how often *this* page shows each misreading is estimated from the
  page itself: first at the usual rate, then at its own.
- ``seeds/mark_weights.tsv`` says how much each piece of evidence counts; both are made by ``bench/marks.py``.
- A comma or stop is changed, any mark is taken out, where that is plainly likelier. Other marks are not changed: what
  follows them tells too little. None is put where none was read.

``dedi, Toplantı`` was printed ``dedi. Toplantı``; ``bir. kitap`` was ``bir kitap``. Start reading at
:func:`mended_marks`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from math import exp
from typing import NamedTuple

from onar.alphabet import is_upper, lower
from onar.changelog.mended import Edit
from onar.channel.rules import rule_id
from onar.language import gaps
from onar.language.context import BOUNDARY, Context
from onar.language.gaps import MARKS
from onar.language.tables import cells
from onar.reading.decode import Reading
from onar.segment import is_abbreviation

__all__ = ["ENDS", "GROUPS", "Place", "Weights", "gaps_seen", "mended_marks", "rates"]

GROUPS = ("none", "comma", "stop", "colon", "semicolon", "stop", "stop")  # what each of the marks is weighed as
ENDS = frozenset(".!?")
CONFUSED = {",", "."}  # marks that are changed one into the other
LIKELIER = 1.9  # times likelier than the mark as it was read that another, or none, must be
USUAL = 2.0  # misreadings of a mark on this page that outweigh the usual rate
SEEN = 0.3  # times a misreading is taken to have been seen that never was
SHORTEST = 3  # letters of a word whose mark is judged: initials and abbreviations have stops of their own
EITHER = 0.01  # share of the other case from which a word that was read small may have had it
_GAP = re.compile(rf"([{re.escape(''.join(MARKS))}]?)(\s+)\Z")

Rates = tuple[tuple[float, ...], ...]  # by printed mark, then by the mark it is read as


class Place(NamedTuple):
    """A gap between two words: where its mark stands, as what it was read, and the price of each printed mark there."""

    at: int
    read: int
    prices: tuple[float, ...]


class Evidence(NamedTuple):
    """What a gap shows but for the mark: prices by the words and the context model, the next case, a new paragraph.

    *cases* are two where engines read a letter small in either case: a capital behind a stop, a small one elsewhere.
    """

    left: tuple[float, ...]
    right: tuple[float, ...]
    ended: float
    inside: float
    cases: tuple[str, ...]
    paragraph: bool
    words: tuple[str, str]


class Weights(NamedTuple):
    """How much each piece of evidence counts, and what a case, a paragraph or nothing at all adds, by group of marks."""

    left: float
    right: float
    context: float
    added: dict[tuple[str, str], float]

    @staticmethod
    @cache
    def load() -> Weights:
        """The weights that ship with Onar."""
        rows = {(row["group"], row["evidence"]): float(row["weight"]) for row in cells("mark_weights.tsv")}
        return Weights(rows.pop(("all", "left")), rows.pop(("all", "right")), rows.pop(("all", "context")), rows)

    def prices(self, seen: Evidence) -> tuple[float, ...]:
        """Return the price of each printed mark where *seen* was."""
        found = []
        for i, (mark, group) in enumerate(zip(MARKS, GROUPS, strict=True)):
            context = seen.ended if mark and mark in ENDS else seen.inside
            price = self.left * seen.left[i] + self.right * seen.right[i] + self.context * context
            price += min(self.added.get((group, case), 0.0) for case in seen.cases) + self.added[group, "always"]
            found.append(price + (self.added[group, "paragraph"] if seen.paragraph else 0.0))
        return tuple(found)


@cache
def rates() -> Rates:
    """Return how often each printed mark is read as each, by ``seeds/marks.tsv``."""
    counts = {(_mark(row["printed"]), _mark(row["read"])): float(row["count"]) for row in cells("marks.tsv")}
    table = [[counts.get((mark, read), 0.0) + SEEN for read in MARKS] for mark in MARKS]
    return tuple(tuple(count / sum(row) for count in row) for row in table)


def _mark(cell: str) -> str:
    return cell if cell in MARKS else ""


def mended_marks(text: str, readings: Sequence[Reading], context: Context) -> Iterator[Edit]:
    """Yield the marks of *text* that were another in print, or none."""
    weights = Weights.load()
    found = [Place(at, read, weights.prices(seen)) for at, read, seen in gaps_seen(text, readings, context)]
    usual = rates()
    own = _adapted(found, usual)
    for place in found:
        if not place.read:
            continue
        shares = _shares(place, own)
        best = max(range(len(MARKS)), key=lambda i: (shares[i], -i))
        may_change = not MARKS[best] or {MARKS[best], MARKS[place.read]} == CONFUSED
        if best != place.read and may_change and shares[best] >= LIKELIER * shares[place.read]:
            printed, read = MARKS[best], MARKS[place.read]
            rivals = ((read, round(shares[place.read], 4)),)
            yield Edit(place.at, place.at + 1, printed, (rule_id(printed, read),), round(shares[best], 4), rivals)


def _shares(place: Place, table: Rates) -> list[float]:
    """Return the probability of each printed mark at *place*."""
    least = min(place.prices)
    weights = [exp(least - price) * table[i][place.read] for i, price in enumerate(place.prices)]
    total = sum(weights)
    return [weight / total for weight in weights]


def _adapted(found: Iterable[Place], usual: Rates) -> Rates:
    """Return how often each printed mark is read as each on this page."""
    size = range(len(MARKS))
    counts = [[0.0] * len(MARKS) for _ in size]
    for place in found:
        for i, share in enumerate(_shares(place, usual)):
            counts[i][place.read] += share
    table = []
    for i in size:
        known = USUAL / max(1e-4, 1.0 - usual[i][i])  # readings in which the usual rate expects that many misreadings
        total = known + sum(counts[i])
        table.append(tuple((known * usual[i][j] + counts[i][j]) / total for j in size))
    return tuple(table)


def gaps_seen(text: str, readings: Sequence[Reading], context: Context) -> Iterator[tuple[int, int, Evidence]]:
    """Yield where a mark stands or could stand, as which it was read, and what else is seen there: between Turkish words."""
    earlier = BOUNDARY
    for one, following in pairwise(readings):
        word, after = one.arc.candidate, following.arc.candidate
        gap = _GAP.match(text, one.arc.stop, following.arc.start)
        listed = word.last >= 0 and after.first >= 0
        if gap and listed and _is_judged(word.surface) and after.surface[0].isalpha():
            yield (
                one.arc.stop,
                MARKS.index(gap[1]),
                Evidence(
                    gaps.behind(word.surface),
                    gaps.before(after.surface),
                    context.cost(earlier, word.last, BOUNDARY) + context.cost(BOUNDARY, BOUNDARY, after.first),
                    context.cost(earlier, word.last, after.first),
                    _cases(following),
                    gap[2].count("\n") > 1,
                    (word.surface, after.surface),
                ),
            )
        earlier = word.last


def _cases(reading: Reading) -> tuple[str, ...]:
    """Return the case of a word, and the other one if it was read small and may have been either."""
    arcs = [reading.arc]
    if not is_upper(reading.arc.read[0]):
        same = lower(reading.arc.candidate.surface)
        arcs += [arc for arc, share in reading.rivals if share >= EITHER and lower(arc.candidate.surface) == same][:1]
    words = [arc.candidate for arc in arcs]
    return tuple(f"{'capital' if is_upper(word.surface[0]) else 'small'} {word.case or 'plain'}" for word in words)


def _is_judged(word: str) -> bool:
    return word.isalpha() and len(word) >= SHORTEST and not is_abbreviation(word)
