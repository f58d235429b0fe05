"""Which words print joins with a hyphen: ``sarı-lacivertli``, ``giriş-çıkış``.

- ``wordlists/hyphens.tsv`` counts words as the first and the second of two.
- A common word that is never joined tells most: :func:`loose` weighs how often a word stands anywhere against that.

Start reading at :func:`loose`.
"""

from __future__ import annotations

from functools import cache
from math import log

from onar.language.codes import encode
from onar.language.tables import rows

__all__ = ["loose"]

SEEN = 0.1  # times a word is taken to have been joined where it never was
CORPUS = 16.8  # ln of the number of words in the corpora, 19.7 millions


@cache
def _counts() -> dict[str, tuple[int, int]]:
    return {code: (int(first), int(second)) for code, first, second in rows("hyphens.tsv", 3)}


def loose(words: tuple[str, str], costs: tuple[float, float]) -> float:
    """Return how surprising a hyphen between two *words* is, in nats, by their *costs* alone and as parts of such pairs.

    >>> loose(("karşılığını", "verdi"), (10.3, 8.2)) > loose(("sarı", "lacivertli"), (8.8, 11.2))
    True
    """
    joined = (_counts().get(encode(word), (0, 0))[side] for side, word in enumerate(words))
    return sum(CORPUS - cost - log(times + SEEN) for cost, times in zip(costs, joined, strict=True))
