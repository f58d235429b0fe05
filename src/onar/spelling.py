"""Whether a word is right as it stands: listed, or spelt as it was spelt once.

- Listed forms are right whatever their capitals; what follows an apostrophe is not looked at.
- ``seeds/spelling_1930s.tsv`` says how spelling changed: ``duyulmıyacaktır`` is ``duyulmayacaktır`` of its time.
- A circumflex may stand where the list has none: ``plâka``.

``is_right("kendilerile", lexicon)`` is true: it was ``kendileriyle``. Start reading at :func:`is_right`.
"""

from __future__ import annotations

import re
from functools import cache

from onar.glyph_tables import cells
from onar.lexicon import Lexicon, encode
from onar.segment import APOSTROPHES

__all__ = ["is_listed", "is_right"]


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
