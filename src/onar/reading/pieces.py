"""The pieces of a text that may be a word each: atoms, those parted by a hyphen at a line or page end joined.

- A word broken at a line end is one piece with the break remembered, so that it is judged whole and stays broken there.
- Names in a machine's spelling, ``ders-notu-arsivi``, are fixed: no letter of them is touched.

``katki-\\nlar`` is the piece ``katkilar``, broken after five letters. Start reading at :func:`pieces`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from onar.segment import Atom, breaks_word

__all__ = ["Piece", "pieces"]

CHAINED = 3  # words chained by hyphens from which they are a name in a machine's spelling


class Piece(NamedTuple):
    """An atom, or the two halves of a word broken at a line end, with the break (*at* characters in: *gap*)."""

    text: str
    start: int
    end: int
    before: str
    fixed: bool = False
    at: int = 0
    gap: str = ""


def pieces(atoms: Sequence[Atom]) -> list[Piece]:
    """Join the atoms that a hyphen at a line or page end has parted."""
    joined: list[Piece] = []
    skip = False
    for atom, after in zip(atoms, [*atoms[1:], None], strict=False):
        if skip:
            skip = False
            continue
        whole = after is not None and breaks_word(after.gap) and after.text[0].islower() and not atom.fixed
        if whole and after is not None:
            joined.append(
                Piece(atom.text + after.text, atom.start, after.end, atom.gap, after.fixed, len(atom.text), after.gap)
            )
            skip = True
        else:
            joined.append(Piece(atom.text, atom.start, atom.end, atom.gap, atom.fixed))
    return _named(joined)


def _named(words: list[Piece]) -> list[Piece]:
    """Fix the parts of names in a machine's spelling, small ASCII words chained by hyphens: ``ders-notu-arsivi``."""
    first = 0
    for i, word in enumerate([*words, None]):
        chained = word is not None and word.before == "-" and not word.at and _plain(word.text)
        if not chained:
            if i - first >= CHAINED and _plain(words[first].text):
                words[first:i] = [part._replace(fixed=True) for part in words[first:i]]
            first = i
    return words


def _plain(text: str) -> bool:
    return text.isascii() and text.isalpha() and text.islower()
