"""Abbreviations with a dot after each letter: ``A.Ş.``, ``M.Ö.``, ``G.T.İ.P.``

- Letter by letter nothing tells ``S`` from ``Ş``; ``wordlists/dotted.tsv`` holds the abbreviations that are nearly
  always what their plain letters stand for.
- Pieces of one letter with nothing but a dot between them, or a dot and a space, are compared with those by the channel.

``A.$.`` is ``A.Ş.``; ``B.S.`` may be anybody. Start reading at :func:`dotted`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from onar.alphabet import is_upper
from onar.language.context import unknown
from onar.language.lexicon import encode
from onar.language.tables import rows
from onar.reading.candidate import Candidate
from onar.reading.candidates import Finder
from onar.reading.pieces import Piece

__all__ = ["dotted"]

_DOTS = (".", ". ")
PLAIN, FAR = 1.5, 9.0  # nats of its reading beyond which an abbreviation is not meant: in letters, with other signs


@cache
def _table() -> dict[int, tuple[str, ...]]:
    """The abbreviations by their number of letters."""
    found: dict[int, tuple[str, ...]] = {}
    for text, _ in rows("dotted.tsv", 2):
        letters = text.count(".") + 1
        found[letters] = (*found.get(letters, ()), text)
    return found


def _may_be_a_person(words: Sequence[Piece], i: int, end: int, read: str) -> bool:
    """Tell whether the letters from *i* to *end*, with spaces, may be initials: ``A. S. Puşkin``, but ``Bank A. Ş. kuruldu``."""
    named = i > 0 and is_upper(words[i - 1].text[0])
    followed = end < len(words) and is_upper(words[end].text[0])
    return not named or (followed and read.replace(".", "").isalpha())


def dotted(words: Sequence[Piece], i: int, finder: Finder) -> Iterator[tuple[int, Candidate, str]]:
    """Yield the abbreviations that begin with the one letter at *i*: the piece after them, the candidate, what was read."""
    if len(words[i].text) > 1 or (i and words[i].before in _DOTS):
        return
    end = i + 1
    while end < len(words) and words[end].before in _DOTS and len(words[end].text) == 1:
        end += 1
    read = ".".join(word.text for word in words[i:end])
    if words[end - 1].before == ". " and _may_be_a_person(words, i, end, read):
        return
    for code in _table().get(end - i, ()) if end > i + 1 else ():
        cost = finder.reading_cost(code, read)
        if cost < (PLAIN if read.replace(".", "").isalnum() else FAR):
            number = unknown(encode(code))
            gaps = [word.before for word in words[i + 1 : end]] + [""]
            printed = "".join(letter + gap for letter, gap in zip(code.split("."), gaps, strict=True))
            yield end, Candidate(printed, number, number, cost), read
