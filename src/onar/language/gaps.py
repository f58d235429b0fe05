"""Which mark stands between two words, by the words alone.

- ``wordlists/gaps.tsv`` counts the marks after each ending and before each common word or ending; a side that no row
  names is told by all words together.
- :func:`behind` and :func:`before` give, for each of :data:`MARKS`, how surprising it is there, in nats.

``gelince`` is often followed by a comma, ``ve`` hardly ever stands behind one. Start reading at :func:`behind`.
"""

from __future__ import annotations

from functools import cache
from math import log

from onar.language.codes import encode
from onar.language.inflection import ending_of
from onar.language.tables import rows

__all__ = ["MARKS", "before", "behind"]

MARKS = ("", ",", ".", ":", ";", "!", "?")
Prices = tuple[float, ...]  # nats of each of the marks
SEEN = 0.5  # times a mark is taken to have stood where it was never counted


@cache
def _table(side: str) -> tuple[dict[str, list[str]], dict[str, int], list[str]]:
    """The counts by word or ending, the endings with their numbers, and the keys by that number (0: all words)."""
    counts = {key: cells for where, key, *cells in rows("gaps.tsv", 2 + len(MARKS)) if where == side}
    keys = ["-", *(key for key in counts if key.startswith("-") and key != "-")]
    return counts, {key[1:]: number for number, key in enumerate(keys)}, keys


@cache
def _priced(side: str, key: str) -> Prices:
    counts = [float(cell) + SEEN for cell in _table(side)[0][key]]
    return tuple(log(sum(counts) / count) for count in counts)


def _prices(side: str, word: str) -> Prices:
    counts, endings, keys = _table(side)
    code = encode(word)
    return _priced(side, code if code in counts else keys[ending_of(code, endings)])


def behind(word: str) -> Prices:
    """Return the price of each mark after *word*, in nats.

    >>> behind("gelince")[MARKS.index(",")] < behind("güzel")[MARKS.index(",")]
    True
    """
    return _prices("left", word)


def before(word: str) -> Prices:
    """Return the price of each mark before *word*, in nats.

    >>> before("ancak")[MARKS.index(",")] < before("ve")[MARKS.index(",")]
    True
    """
    return _prices("right", word)
