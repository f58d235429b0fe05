"""A candidate: one reading of an atom with its price; and what a document lets us expect.

- A :class:`Candidate` is a value: as printed, its number in the lexicon for the context model, its cost.
- An :class:`Arc` is a candidate in its place: which pieces and which source text it stands for.
- :class:`Expectations` are what a first reading of a document has taught about its words.

``giivenligi`` has the candidate ``güvenliği`` at the cost of ``ü>ii`` and ``ğ>g``. Start reading at :class:`Candidate`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from onar.alphabet import fold
from onar.language.houses import NO_HABIT, Habit
from onar.language.lexicon import Lexicon
from onar.reading.terms import NO_TERMS, Terms

__all__ = ["FOREIGN", "MOST", "Arc", "Candidate", "Expectations"]

MOST = 3.0  # nats at most by which a document's usual reading of a spelling is likelier than another

FOREIGN = -3  # the word number of a candidate in another language


class Candidate(NamedTuple):
    """A reading of an atom: as printed, with the words it brings to the context and its cost but for context."""

    surface: str
    first: int
    last: int
    cost: float
    letters: float = 0.0  # the cost of the spelling, for words no list knows
    case: str = ""  # what its first letter says of a word in small letters (`shapes.role`); nothing for all others
    usual: int = 0  # how the word is normally capitalised


class Arc(NamedTuple):
    """A candidate for the pieces up to *end*, which replaces the source text from *start* to *stop*, read as *read*."""

    end: int
    candidate: Candidate
    start: int
    stop: int
    read: str
    at: int = 0
    gap: str = ""


Found = dict[str, Candidate]  # by what was printed


@dataclass(frozen=True)
class Expectations:
    """What a document has taught.

    Its acronyms, nats by which its own words are likelier, its apostrophe, its circumflexes, how often it repeats strange
    spellings, nats by which each other reading of a spelling is less likely than its usual one, and which foreign words
    it repeats that others were misread from, with the cost of that.
    """

    terms: Terms = NO_TERMS
    bonus: Mapping[str, float] = field(default_factory=dict)
    apostrophe: str = "’"
    habit: Habit = NO_HABIT
    repeats: Mapping[str, int] = field(default_factory=dict)
    senses: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    strangers: Mapping[str, tuple[str, float]] = field(default_factory=dict)


def alone(candidate: Candidate, lexicon: Lexicon) -> float:
    """Return the cost of a candidate in no particular context."""
    return candidate.cost + (lexicon.cost(candidate.first) if candidate.first >= 0 else candidate.letters)


def add(found: Found, candidate: Candidate, lexicon: Lexicon) -> None:
    """Add *candidate* unless the same word is *found* at no greater cost."""
    known = found.get(candidate.surface)
    if known is None or alone(candidate, lexicon) < alone(known, lexicon):
        found[candidate.surface] = candidate


def has_alike(found: Found, text: str) -> bool:
    """Tell whether a listed word that is *found* is *text* but for its marks."""
    bare = fold(text)
    return any(c.first >= 0 and c.surface != text and fold(c.surface) == bare for c in found.values())
