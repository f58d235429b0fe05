"""What stands between two atoms, and what it costs that it stands inside one word.

- A space may be one too many, a lost apostrophe (``Kayseri nin``), or follow one; a mark may be a misread letter.
- Suffixes that are no words by themselves are listed (``bare_suffixes.tsv``): apart, they have lost their apostrophe.
- What each mark costs behind a word is counted in right text (``marks.tsv``).

``PKK lilarin`` is cheap as one word, ``ev den`` is not. Start reading at :func:`price_of_gap`.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import cache
from math import log

from onar.alphabet import is_upper
from onar.language.lexicon import encode, folded
from onar.language.tables import rows
from onar.reading.candidate import Candidate
from onar.reading.candidates import Finder
from onar.reading.pieces import Piece
from onar.reading.shapes import is_capitals
from onar.segment import APOSTROPHES, is_space

__all__ = ["mark_cost", "price_of_gap", "usual_marks"]

SPACE_INSERTED = 8.0  # nats for a space inside a word
SPACE_AFTER, SPACE_BEFORE = 2.0, 4.0  # nats for a space after an apostrophe, and before it: there a quotation may begin
UNNAMED = 4.0  # nats more where no name stands before that space
STRAY = 5.0  # nats for an apostrophe at the end of a word where no quotation has begun
SUFFIX = 6  # letters of a suffix that may stand apart
BARE = 8.0  # nats by which a suffix that is no word is likelier to belong to the name before it
UNUSUAL = 9.0  # nats for a mark that hardly ever stands behind a word
FAIR = 13.0  # nats: dearer than this, a word may be half of a listed one
GOOD_ENOUGH = 16.0  # nats: an atom with a candidate this cheap needs no help from its neighbours
_PARTS = frozenset('-/"“”')  # marks that stand between a word and another, or its suffix, and are hardly ever a letter


@cache
def _mark_costs() -> tuple[dict[str, float], dict[str, float]]:
    """What each mark behind a word costs more than none does, before anything but a capital, and before a capital."""
    table = rows("marks.tsv", 3)
    found = []
    for side in (2, 1):
        shares = {row[0]: float(row[side]) / 100_000 for row in table}
        found.append({mark: log((1.0 - sum(shares.values())) / share) for mark, share in shares.items()})
    return found[0], found[1]


def usual_marks() -> AbstractSet[str]:
    """Return the marks that right text has behind words."""
    return _mark_costs()[0].keys()


def mark_cost(mark: str, after: str) -> float:
    """What *mark* behind a word costs more than none does, where *after* is the next word."""
    return _mark_costs()[not after or is_upper(after[0])].get(mark, UNUSUAL)


@cache
def _bare() -> dict[str, frozenset[str]]:
    """The suffixes that are no words, bare of marks: after any name, and after acronyms and numbers."""
    found: dict[str, frozenset[str]] = {"name": frozenset(), "acronym": frozenset()}
    for after, suffixes in rows("bare_suffixes.tsv", 2):
        found[after] |= frozenset(suffixes.split())
    return {"name": found["name"], "acronym": found["name"] | found["acronym"]}


def _belongs(stem: str, text: str) -> float | None:
    """Return by how many nats *text* is likelier to be the suffix of *stem*, with a space for its apostrophe.

    None where it can be none.

    >>> _belongs("PKK", "lilarin"), _belongs("AB", "de"), _belongs("Kayseri", "nin"), _belongs("Kayseri", "de")
    (8.0, 0.0, 8.0, None)
    """
    if len(stem) < 2 or not text.islower():
        return None
    bare = folded(encode(text))
    if stem.isdecimal() or is_capitals(stem):
        return BARE if bare in _bare()["acronym"] else 0.0 if len(text) <= SUFFIX else None
    return BARE if is_upper(stem[0]) and bare in _bare()["name"] else None


def price_of_gap(
    word: Piece, following: Piece, gap: str, found: tuple[Candidate, ...], finder: Finder, quoted: bool
) -> tuple[float | None, str]:
    """Return what it costs that the gap stands inside a word (None: it does not), and what of it is read as letters."""
    if is_space(gap):
        if (belongs := _belongs(word.text, following.text)) is not None:
            return -belongs, gap
        worst = max(finder.alone(found[0]), finder.alone(finder.find(following.text)[0]))
        if worst > GOOD_ENOUGH or (worst > FAIR and finder.looks_listed(word.text + following.text)):
            return SPACE_INSERTED, ""
        return None, ""
    if len(gap) == 1 and gap in finder.marks and gap not in _PARTS and len(word.text) > 1 and len(following.text) > 1:
        return -mark_cost(gap, following.text) - 2.0, gap
    if gap.strip() in APOSTROPHES and len(gap) <= 3 and gap.strip() and "\n" not in gap:
        if gap[0] not in APOSTROPHES:
            return SPACE_BEFORE + UNNAMED * word.text[0].islower(), gap.strip()
        return SPACE_AFTER if quoted else SPACE_AFTER - STRAY, gap.strip()
    return None, ""
