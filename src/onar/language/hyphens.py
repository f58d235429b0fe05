"""Which words print joins with a hyphen: ``sarı-lacivertli``, ``giriş-çıkış``.

- ``wordlists/hyphens.tsv`` counts words as the first and the second of two.
- A common word that is never joined tells most: :func:`loose` weighs how often a word stands anywhere against that.

Start reading at :func:`loose`.
"""

from __future__ import annotations

from functools import cache
from math import log

from onar.language.codes import encode
from onar.language.lexicon import Lexicon
from onar.language.tables import rows

__all__ = ["loose"]

SEEN = 0.1  # times a word is taken to have been joined where it never was
CORPUS = 17.9  # ln of the number of words that were counted


@cache
def _counts() -> dict[str, tuple[int, int]]:
    return {code: (int(first), int(second)) for code, first, second in rows("hyphens.tsv", 3)}


def loose(first: str, second: str, lexicon: Lexicon) -> float:
    """Return how surprising a hyphen between two listed words is, in nats, by their own frequencies and as parts of such pairs.

    >>> known = Lexicon.load()
    >>> loose("karşılığını", "verdi", known) > loose("sarı", "lacivertli", known)
    True
    """
    total = 0.0
    for side, word in enumerate((first, second)):
        code = encode(word)
        joined = _counts().get(code, (0, 0))[side]
        total += CORPUS - lexicon.cost(lexicon.id(code)) - log(joined + SEEN)
    return total
