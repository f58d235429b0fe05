"""A candidate: one reading of an atom with its price; and what a document lets us expect.

- A :class:`Candidate` is a value: as printed, its number in the lexicon for the context model, its cost.
- :class:`Expectations` are what a first reading of a document has taught about its words.

``giivenligi`` has the candidate ``güvenliği`` at the cost of ``ü>ii`` and ``ğ>g``. Start reading at :class:`Candidate`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from onar.language.houses import NO_HABIT, Habit
from onar.language.lexicon import Lexicon, encode
from onar.reading.terms import NO_TERMS, Terms

__all__ = ["FOREIGN", "MOST", "Candidate", "Expectations"]

MOST = 3.0  # nats at most by which a document's usual reading of a spelling is likelier than another
RARE = 5.0  # nats from which a misreading is so rare that no engine makes it each time
STRANGER = 5.0  # nats that a word no list knows costs more in any context than a listed one
KNOWN = 8.0  # nats of a word that the document is known to have

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


@dataclass(frozen=True)
class Expectations:
    """What a document has taught: its acronyms, nats by which its own words are likelier, its apostrophe, its circumflexes,
    how often it repeats strange spellings, and by how many nats what a spelling mostly was is likelier than what else it was.
    """

    terms: Terms = NO_TERMS
    bonus: Mapping[str, float] = field(default_factory=dict)
    apostrophe: str = "’"
    habit: Habit = NO_HABIT
    repeats: Mapping[str, int] = field(default_factory=dict)
    senses: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def weighed(self, found: dict[str, Candidate], text: str, lexicon: Lexicon) -> dict[str, Candidate]:
        """Return the candidates of *text*, by what was printed, as dear as the document makes them."""
        if told := self.senses.get(text):
            dearer = {s: told.get(encode(s), MOST) for s, c in found.items() if c.first >= 0}
            found = {s: c._replace(cost=c.cost + dearer.get(s, 0.0)) for s, c in found.items()}
        times = self.repeats.get(text)
        return _shared_out(found, text, times, lexicon) if times else found


def _shared_out(found: dict[str, Candidate], text: str, times: int, lexicon: Lexicon) -> dict[str, Candidate]:
    """Return the candidates, by what was printed, of a spelling *text* that a document repeats.

    A document that has a word has it again at little expense, so what the word costs is shared out over the *times* it
    stands there, down to what known words cost; what its misreading costs is paid each time. So ``AKTS`` seven times is
    no listed word misread in the same rare way, while ``diinya`` is ``dünya`` however often it stands there.
    """
    share = 1.0 - 1.0 / times
    if min((c.cost for surface, c in found.items() if surface != text), default=0.0) < RARE:
        return found
    dealt = {}
    for surface, c in found.items():
        word = lexicon.cost(c.first) if c.first >= 0 else c.letters + STRANGER
        dealt[surface] = c._replace(cost=c.cost - share * max(0.0, word - KNOWN))
    return dealt
