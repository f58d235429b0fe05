"""What a document's own words make of the candidates of an atom.

- The acronyms it defines (`terms`) are candidates where they can have been so misread.
- What a spelling mostly was in this document is likelier than what else it may be.
- The price of a strange word is paid once, that of misreading it each time (:func:`_shared_out`).

With ``ŞİÖ`` defined, ``$IO`` can be that. Start reading at :func:`with_own`.
"""

from __future__ import annotations

from onar import alphabet
from onar.language.context import unknown
from onar.language.lexicon import Lexicon, decode, encode
from onar.reading.candidate import MOST, Candidate, Expectations, Found, add, alone
from onar.reading.typeface import Typeface
from onar.reading.walk import walk

__all__ = ["with_own"]

A_LETTER = 3.5  # nats a letter of the longest acronym that its misreading may cost
RARE = 5.0  # nats from which a misreading is so rare that no engine makes it each time
STRANGER = 5.0  # nats that a word no list knows costs more in any context than a listed one
KNOWN = 8.0  # nats of a word that the document is known to have


def with_own(found: Found, text: str, expected: Expectations, face: Typeface, lexicon: Lexicon) -> Found:
    """Return the candidates of *text*, with the document's own, as dear as the document makes them."""
    if expected.terms.may_be(text):
        _add_terms(found, text, expected, face, lexicon)
    if told := expected.senses.get(text):
        dearer = {s: told.get(encode(c.surface), MOST) for s, c in found.items() if c.first >= 0}
        found = {s: c._replace(cost=c.cost + dearer.get(s, 0.0)) for s, c in found.items()}
    times = expected.repeats.get(text)
    return _shared_out(found, text, times, lexicon) if times else found


def _add_terms(found: Found, text: str, expected: Expectations, face: Typeface, lexicon: Lexicon) -> None:
    terms = expected.terms
    for code, cost in walk(terms.tier, face.script(text, ("upper",)), A_LETTER * terms.longest).items():
        surface = alphabet.upper(decode(code))
        listed = found.get(surface)
        if listed is not None and listed.first >= 0:  # the document makes it likelier, the context still knows it
            gain = alone(listed, lexicon) - cost - terms.costs[code]
            found[surface] = listed._replace(cost=listed.cost - max(0.0, gain))
        else:
            number = unknown(code)
            add(found, Candidate(surface, number, number, cost, terms.costs[code]), lexicon)


def _shared_out(found: Found, text: str, times: int, lexicon: Lexicon) -> Found:
    """Return the candidates, by what was printed, of a spelling *text* that a document repeats.

    A document that has a word has it again at little expense, so what the word costs is shared out over the *times* it
    stands there, down to what known words cost; what its misreading costs is paid each time. So ``AKTS`` seven times is
    no listed word misread in the same rare way, while ``diinya`` is ``dünya`` however often it stands there. Spellings no
    list knows gain alike: which of them it is (``Zeyneloglu``, ``Zeyneloğlu``) is no other question for being asked often.
    """
    share = 1.0 - 1.0 / times
    strange = found[text].letters + STRANGER
    if min((c.cost for c in found.values() if c.surface != text), default=0.0) < RARE:
        return found
    dealt = {}
    for surface, c in found.items():
        word = lexicon.cost(c.first) if c.first >= 0 else strange
        dealt[surface] = c._replace(cost=c.cost - share * max(0.0, word - KNOWN))
    return dealt
