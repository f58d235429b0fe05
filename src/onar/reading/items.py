"""Items of an enumeration: ``a) İlgili kişi``, ``(ii)``, ``ç)``.

- An item is a letter, a figure or a small Roman numeral that a bracket follows. The numeral is no word: ``(ii)`` is no *ü*.
- A sign that stands alone for an item is a letter misread, as it is inside a word: ``¢)`` is *ç)*.
- What an item begins with has a capital as a sentence has, whatever mark stands before it.

Start reading at :func:`is_item`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onar.alphabet import LETTERS
from onar.reading.candidate import Candidate
from onar.reading.candidates import Finder
from onar.reading.pieces import Piece

__all__ = ["behind_item", "is_item", "items"]

FAR = 3.0  # nats of a misreading up to which a sign alone is that letter
_ITEM = re.compile(r"[ivx]{1,4}|\d{1,2}|.")
_OPEN = re.compile(r"\A\s*\Z|[\s(]\Z")


def is_item(word: Piece, after: str) -> bool:
    """Tell whether *word*, with the text *after* it, is an item.

    >>> is_item(Piece("ii", 1, 3, "("), ") bir"), is_item(Piece("ii", 1, 3, " "), ". bir"), is_item(Piece("ev", 1, 3, "("), ") ")
    (True, False, False)
    """
    return after.startswith(")") and _ITEM.fullmatch(word.text) is not None and _OPEN.search(word.before) is not None


def items(word: Piece, finder: Finder) -> tuple[Candidate, ...]:
    """Return what the item *word* may have been: the letter for which a sign stands, or itself."""
    itself = finder.as_it_stands(word.text)
    if word.text.isalnum():
        return (itself,)
    cost, letter = min((finder.reading_cost(letter, word.text), letter) for letter in LETTERS if letter.islower())
    return (itself._replace(surface=letter, cost=cost, letters=0.0),) if cost < FAR else (itself,)


def behind_item(words: Sequence[Piece], i: int) -> bool:
    """Tell whether the word at *i* is the first of an item."""
    return i > 0 and words[i].before in (") ", ")\n") and "(" not in words[i - 1].before and is_item(words[i - 1], ")")
