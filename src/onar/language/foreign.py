"""Words of other languages: how surprising they are in a foreign passage.

- The commonest words of the languages that stand beside Turkish in articles have their shares (``function_words.tsv``);
  other English words are on a list; what is on none is priced by its length.
- In capitals the i of some has a dot in Turkish texts and that of others has none (``dotless.tsv``).
- Which words of a sentence are foreign is decided with the rest of the reading (`decode`): entering and leaving a
  foreign passage costs, staying in it does not.

``the`` is cheap, ``security`` is listed, ``giivenligi`` is neither. Start reading at :func:`cost`.
"""

from __future__ import annotations

from functools import cache
from math import log

from onar.alphabet import plain_lower
from onar.language.lexicon import Lexicon, encode
from onar.language.tables import rows

__all__ = ["cost", "dotless", "likelier", "listed"]

LISTED, SPELLED, A_LETTER = 10.5, 4.0, 2.3  # nats of a word on the English list; of any other: to begin, and a letter


@cache
def _commonest() -> dict[str, float]:
    costs: dict[str, float] = {}
    for _, share, words in rows("function_words.tsv", 3):
        for word in words.split():
            price = -log(float(share) / 1000)
            costs[word] = min(price, costs.get(word, price))
    return costs


def cost(word: str, lexicon: Lexicon) -> float:
    """Return how surprising *word* is in a foreign passage, in nats.

    >>> lexicon = Lexicon.load()
    >>> cost("the", lexicon) < cost("security", lexicon) < cost("giivenligi", lexicon)
    True
    """
    plain = plain_lower(word)
    common = _commonest().get(plain)
    if common is not None:
        return common
    return LISTED if lexicon.english(plain) else SPELLED + A_LETTER * len(word)


def listed(word: str, lexicon: Lexicon) -> bool:
    """Tell whether *word* is on a list of foreign words."""
    plain = plain_lower(word)
    return plain in _commonest() or lexicon.english(plain)


def likelier(word: str, lexicon: Lexicon) -> bool:
    """Tell whether *word* is on a list of foreign words, and rarer in Turkish than in a foreign passage.

    >>> lexicon = Lexicon.load()
    >>> likelier("Object", lexicon), likelier("film", lexicon), likelier("Devlet", lexicon)
    (True, False, False)
    """
    number = lexicon.id(encode(word))
    return listed(word, lexicon) and (number < 0 or cost(word, lexicon) < lexicon.cost(number))


@cache
def _dotless() -> dict[str, float]:
    return {word: log((int(dotted) + 1) / (int(without) + 1)) for word, without, dotted in rows("dotless.tsv", 3)}


def dotless(word: str) -> float:
    """Return by how many nats a foreign *word* in capitals is less likely without the dots of its i than with them.

    >>> dotless("WASHINGTON") < dotless("PATIENCE") == 0.0 < dotless("ISTANBUL")
    True
    """
    return _dotless().get(plain_lower(word), 0.0)
