"""Words that stand apart and yet follow the word before them in vowel harmony.

- Endings of ordinal numbers, as laws and older books print them, follow the spoken number: ``14 üncü madde`` (*on dördüncü*).
- The question particle follows the last vowel before it (``oldu mu``, ``gelir misiniz``), but for loans that take the other
  kind of suffix: their genitive tells, ``saat mi`` for *saatin*.
- Those out of harmony are hardly ever printed, and it is the word before that decides, not how common each ending is.

``6 nci`` is ``6 ncı``, ``çıkılmayacak miydi`` is ``çıkılmayacak mıydı``. Start reading at :func:`in_harmony`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import inf

from onar.alphabet import FRONT, VOWELS, lower
from onar.language.lexicon import Lexicon, encode
from onar.language.suffixes import End, fits, spell, spoken_end
from onar.reading.candidate import Candidate
from onar.reading.candidates import Finder

__all__ = ["in_harmony", "question_vowel"]

# Nats, counted in the three corpora: 275 of 28,186 ordinals are out of harmony with their number, 100 of 43,261 question
# particles with the word before.
ORDINAL, PARTICLE = 4.6, 6.1
DOUBT = 4.0  # nats within which another reading of the word before may be the right one
_ORDINAL = re.compile("[IiuU]?nc[IiuU].*")  # codes
_PARTICLE = re.compile("m[IiuU](y[dmsIiuUz].*|s[IiuU]n.*|d[IiuU]r|)")

Candidates = tuple[Candidate, ...]


def in_harmony(found: Candidates, before: str, text: str, finder: Finder) -> Candidates:
    """Return the candidates *found* of *text* behind the word *before* and a space, those in harmony with it the likelier."""
    if before.isdecimal():
        return _ordinals(found, before, text, finder) if any(map(_is_ordinal, found)) else found
    return _particles(found, before, finder) if any(map(_is_particle, found)) else found


def _ordinals(found: Candidates, number: str, text: str, finder: Finder) -> Candidates:
    behind = (c.surface.removeprefix(f"{number}'") for c in finder.find(f"{number}'{text}"))
    ending = next((end for end in behind if _ORDINAL.fullmatch(encode(end)) and fits(number, end)), "")
    right = next((c for c in (*found, *finder.near(ending, ())) if c.surface == ending), None) if ending else None
    if right is None:
        return found
    right = right._replace(cost=finder.reading_cost(ending, text))
    others = (c for c in found if c.surface != ending)
    return (right, *(_dearer(c, right, ORDINAL, finder) if _is_ordinal(c) else c for c in others))


def _particles(found: Candidates, before: str, finder: Finder) -> Candidates:
    words = finder.find(before)
    likely = [c.surface for c in words if finder.alone(c) < finder.alone(words[0]) + DOUBT]
    vowels = {question_vowel(word) for word in likely}
    right = next((c for c in found if _is_particle(c) and _vowels(c.surface)[0] in vowels), None)
    if right is None or len(vowels) > 1:
        return found
    wrong = [c for c in found if _is_particle(c) and _vowels(c.surface)[0] not in vowels]
    return tuple(_dearer(c, right, PARTICLE, finder) if c in wrong else c for c in found)


@lru_cache(1 << 12)
def question_vowel(word: str) -> str:
    """Return the vowel of the question particle after *word*, empty if that has no vowel.

    >>> question_vowel("oldu"), question_vowel("gelir"), question_vowel("saat"), question_vowel("var")
    ('u', 'i', 'i', 'ı')
    """
    end = spoken_end(word)
    if end is None:
        return ""
    vowel = spell("I", end)
    if end.sound == "vowel" or vowel in FRONT:
        return vowel
    loaned = sorted({spell("I", End(front, end.sound)) for front in FRONT})
    return min((vowel, *loaned), key=lambda it: _cost(f"{word}{it}n"))


def _cost(word: str) -> float:
    lexicon = Lexicon.load()
    number = lexicon.id(encode(word))
    return lexicon.cost(number) if number >= 0 else inf


def _vowels(word: str) -> str:
    return "".join(c for c in lower(word) if c in VOWELS)


def _is_ordinal(candidate: Candidate) -> bool:
    return _ORDINAL.fullmatch(encode(candidate.surface)) is not None


def _is_particle(candidate: Candidate) -> bool:
    return _PARTICLE.fullmatch(encode(candidate.surface)) is not None


def _dearer(candidate: Candidate, right: Candidate, nats: float, finder: Finder) -> Candidate:
    """Return *candidate* dearer by *nats*, and by as much as its word is commoner than the *right* one."""
    commoner = (finder.alone(right) - right.cost) - (finder.alone(candidate) - candidate.cost)
    return candidate._replace(cost=candidate.cost + nats + max(0.0, commoner))
