"""Full stops and commas that were read one for the other.

- Specks and thin print turn ``,`` into ``.`` and back. Between two words that were read with confidence the neighbours
  tell which stood there: a sentence ends after a verb and begins with a capital, it goes on after a name.
- The context model has the price of a sentence end; the channel has the price of the misreading.
- How often *this* page shows it is estimated from the page itself: first with the usual rate, then with its own.

``dedi, Toplantı`` was printed ``dedi. Toplantı``; ``Ankara. İstanbul ve`` was ``Ankara, İstanbul ve``.
Start reading at :func:`mended_marks`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import exp, log
from typing import NamedTuple

from onar.alphabet import is_upper
from onar.confusions import Channel
from onar.context import BOUNDARY, Context
from onar.decode import Reading
from onar.mended import Edit
from onar.rules import rule_id
from onar.segment import is_abbreviation

__all__ = ["mended_marks"]

STOP, COMMA = ".", ","
COMMA_INSIDE = 2.5  # nats: one word in twelve that ends no sentence has a comma
SMALL_START, CAPITAL_INSIDE = (
    4.5,
    3.0,
)  # nats for a sentence that begins small, for a word that is no name with a capital
PARAGRAPH = 4.0  # nats for a paragraph that ends with a comma
WEIGHT = 0.5  # of the neighbours against the reading: their prices are not independent
SURE = 0.7  # probability from which a mark is changed
USUAL = 8.0  # marks of the page that the usual rate of misreading is worth


class _Place(NamedTuple):
    """A mark between two words, and by how many nats a stop is dearer there than a comma, the reading aside."""

    at: int
    read: str
    dearer: float


def mended_marks(text: str, readings: Sequence[Reading], context: Context, channel: Channel) -> Iterator[Edit]:
    """Yield the marks of *text* that were another in print."""
    places = list(_places(text, readings, context))
    usual = {mark: exp(-channel.cost(mark, other)[0]) for mark, other in ((STOP, COMMA), (COMMA, STOP))}
    rates = _rates(places, usual)
    for place in places:
        printed = COMMA if place.read == STOP else STOP
        sure = _share(place, rates)
        if sure >= SURE:
            rule = rule_id(printed, place.read)
            yield Edit(place.at, place.at + 1, printed, (rule,), round(sure, 4), ((place.read, round(1 - sure, 4)),))


def _rates(places: Iterable[_Place], usual: dict[str, float]) -> dict[str, float]:
    """Return how often a printed stop was read as a comma on this page, and the other way round."""
    misread = {mark: USUAL * rate for mark, rate in usual.items()}
    stood = dict.fromkeys(usual, USUAL)
    for place in places:
        other = COMMA if place.read == STOP else STOP
        share = _share(place, usual)
        misread[other] += share
        stood[other] += share
        stood[place.read] += 1 - share
    return {mark: misread[mark] / stood[mark] for mark in usual}


def _share(place: _Place, rates: dict[str, float]) -> float:
    """Return the probability that the other mark was printed at *place*."""
    other = COMMA if place.read == STOP else STOP
    odds = place.dearer if place.read == STOP else -place.dearer
    odds += log(rates[other]) - log(1 - rates[place.read])
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, odds))))


def _places(text: str, readings: Sequence[Reading], context: Context) -> Iterator[_Place]:
    earlier = BOUNDARY
    for one, following in pairwise(readings):
        gap = text[one.arc.stop : following.arc.start]
        word, after = one.arc.candidate, following.arc.candidate
        if gap[:1] in (STOP, COMMA) and gap[1:].isspace() and _judged(one) and after.surface[0].isalpha():
            ended = context.cost(earlier, word.last, BOUNDARY) + context.cost(BOUNDARY, BOUNDARY, after.first)
            inside = COMMA_INSIDE + context.cost(earlier, word.last, after.first)
            if not is_upper(after.surface[0]):
                ended += SMALL_START
            elif after.case in ("common", "small"):
                inside += CAPITAL_INSIDE
            if gap.count("\n") > 1:
                inside += PARAGRAPH
            elif gap[0] == COMMA and after.case != "common":
                continue  # a name has its capital after a comma too: nothing tells
            yield _Place(one.arc.stop, gap[0], WEIGHT * (ended - inside))
        earlier = word.last


def _judged(reading: Reading) -> bool:
    """Tell whether a mark after this word can be judged: initials, abbreviations and numbers have stops of their own."""
    surface = reading.arc.candidate.surface
    return surface.isalpha() and len(surface) > 2 and not is_abbreviation(surface)
