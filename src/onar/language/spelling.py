"""Whether a word is right as it stands: listed, or spelt as it was spelt once.

- Listed forms are right whatever their capitals; what follows an apostrophe is not looked at.
- ``seeds/spelling_1930s.tsv`` says how spelling changed: ``duyulmıyacaktır`` is ``duyulmayacaktır`` of its time.
- A circumflex may stand where the list has none: ``plâka``.

``is_right("kendilerile", lexicon)`` is true: it was ``kendileriyle``. Start reading at :func:`is_right`.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from onar.language.lexicon import Lexicon, encode, folded
from onar.language.tables import cells
from onar.segment import APOSTROPHES

__all__ = ["is_listed", "is_right", "is_turkish"]

LEAST_TURKISH = 0.16  # of the longer words of a Turkish text, however poorly read, that are known words under the marks
LONGER, FEW, MANY = 5, 8, 400  # letters of a longer word; words too few to tell; words that suffice

_LETTERS = re.compile(r"[^\W\d_]+")


@cache
def _respelt() -> tuple[tuple[str, str], ...]:
    return tuple((row["old"], row["new"]) for row in cells("spelling_1930s.tsv"))


def is_right(word: str, lexicon: Lexicon) -> bool:
    """Tell whether *word* is listed, or was in the spelling of the 1930s.

    >>> is_right("kitaplar", Lexicon.load()), is_right("duyulmıyacaktır", Lexicon.load())
    (True, True)
    """
    word = re.sub(rf"\W+\Z|[{APOSTROPHES}].*", "", word) or word
    if not word.isalpha() or is_listed(word, lexicon):
        return word.isalpha()
    plain = word.translate(_PLAIN)
    return is_listed(plain, lexicon) or any(
        old in plain and is_listed(plain.replace(old, new), lexicon) for old, new in _respelt()
    )


_PLAIN = str.maketrans("âîûÂÎÛ", "aiuAİU")


def is_listed(word: str, lexicon: Lexicon) -> bool:
    """Tell whether *word*, whatever its capitals, is a listed form."""
    return lexicon.id(encode(word)) >= 0


def is_turkish(text: str, lexicon: Lexicon, unsure: bool = True) -> bool:
    """Tell whether *text* is Turkish, its letters right or without their marks; *unsure* if it is too short to tell.

    >>> is_turkish("Die Flüsse fließen durch die größten Städte, öffentliche Gebäude stehen dort", Lexicon.load())
    False
    """
    words = [word for word in islice(_LETTERS.findall(text), MANY) if len(word) >= LONGER]
    if len(words) < FEW:
        return unsure
    known = sum(is_right(word, lexicon) or bool(lexicon.similar(_bare(word))) for word in words)
    return known >= LEAST_TURKISH * len(words)


def _bare(word: str) -> str:
    """The code of *word* without marks, the commonest misreading undone."""
    return folded(encode(word).replace("ii", "u"))
