"""How likely a capital is: by the usual capitals of a word and by its neighbours.

- Inside a sentence ``iş`` is small and ``Ankara`` is not; between capitals (``Türkiye İş Kurumu``) both are likely to have one.
- The odds are counted in the corpora (``cases.tsv``), for each kind of word and each pair of neighbours.
- A neighbour has a capital, is small, or can't be told: English OCR reads ``İ`` and ``i`` alike.
- What the engine read for the first letter is the channel's matter; the two add up.

``Sağlık il Miidiirliigii`` is ``Sağlık İl Müdürlüğü``. Start reading at :func:`price`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import product
from math import exp, log

from onar.alphabet import is_upper
from onar.language.tables import rows

__all__ = ["AFTER", "BEFORE", "UNSEEN", "begins", "kind", "own", "price"]

BEFORE, AFTER = "SC?F", "SC?E"  # small, capital, not to be told; the first word of the sentence, its end
STEP = 10  # steps in a nat
UNTOLD = 2.0  # nats up to which a small letter may be a capital misread
UNSEEN = 131  # the kind of a word no corpus has: small, as far as one can tell
ODD = 0.01  # share of words whose capitals follow no rule: headings, columns read across


def kind(usual: int) -> int:
    """Return what tells about the capitals of a word in its case byte: all but how often it stands in capitals.

    >>> kind(0b110011), kind(0b11001100)
    (3, 204)
    """
    return usual & 0b11001111


@cache
def _odds() -> dict[int, dict[str, float]]:
    places = ["".join(pair) for pair in product(BEFORE, AFTER)]
    return {
        int(usual): dict(zip(places, (int(cell) / STEP for cell in cells), strict=True))
        for usual, *cells in rows("cases.tsv", 1 + len(places))
    }


def begins(text: str, capitals: Iterable[float]) -> str:
    """Tell how a word read as *text* began: ``C`` with a capital, ``S`` with a small letter, ``?`` can't be told.

    *capitals* are the costs, in nats, at which its first letter is a misread capital.

    >>> begins("Ankara", []), begins("ev", [7.0]), begins("il", [0.8]), begins("1990", [])
    ('C', 'S', '?', '?')
    """
    if not text[0].isalpha():
        return "?"
    return "C" if is_upper(text[0]) else "?" if any(cost < UNTOLD for cost in capitals) else "S"


@cache
def _own() -> dict[str, tuple[float, float]]:
    """By how many nats a capital of a word is likelier than of its like, after a capital and elsewhere."""
    return {code: (int(after) / STEP, int(other) / STEP) for code, after, other in rows("own_cases.tsv", 3)}


def own(code: str, before: str) -> float:
    """Return by how many nats a capital of the word is likelier than of its like, where the word before began so.

    >>> own("ilCesinde", "C") < 0, own("zurbakgil", "S")
    (True, 0.0)
    """
    known = _own().get(code)
    return known[before != "C"] if known else 0.0


@cache
def price(usual: int, before: str, after: str, capital: bool, more: float = 0.0) -> float:
    """Return what it costs, in nats, that a word has a *capital* or has none between two neighbours.

    *more* is the :func:`own` inclination of the word.

    >>> price(3, "S", "S", False) < price(3, "C", "C", False) < price(3, "S", "S", True)
    True
    """
    known = _odds()
    odds = known.get(kind(usual) or UNSEEN, known[UNSEEN])[before + after] + more
    return -log((1 - ODD) / (1 + exp(-odds if capital else odds)) + ODD / 2)
