"""What may have been printed where an atom was read: candidates, each with its price.

- Most damaged letters only lost their marks: all listed words that look alike without marks are found at once.
- Where that leaves doubt, the atom is *walked* through the lexicon with every confusion (`walk`), and only as far as a
  better candidate could still be found.
- Letters were small, a capital and small, or capitals: the atom's *case* decides what is tried, and costs.
- A name, acronym or number with an apostrophe is a stem and a suffix in harmony with it (`suffixes`).
- The atom as it stands is always a candidate, and for a word no list knows, its likeliest marks (`letters`).

``giivenligi`` gives ``güvenliği`` at the cost of ``ü>ii``, ``ğ>g`` (nearly nothing); ``sinir`` gives ``sinir`` and
``sınır``, and the neighbours decide. Start reading at :meth:`Finder.find`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import NamedTuple

from onar import alphabet, foreign
from onar.confusions import Channel
from onar.context import unknown
from onar.letters import Letters
from onar.lexicon import Lexicon, decode, encode
from onar.segment import APOSTROPHES
from onar.suffixes import spoken_ends, suffixes_after
from onar.terms import NO_TERMS, Terms
from onar.walk import Steps, Tier, tiers, walk

__all__ = ["FOREIGN", "Candidate", "Expectations", "Finder", "is_capitals", "parted"]

FOREIGN = -3  # the word number of a candidate in another language
LONGEST = 60  # characters: longer runs are no words
FAR = (18.0, 28.0)  # nats of a word and its reading together beyond which it is not sought: at first, and at last
SUFFIX_FAR = 14.0  # nats of the reading of a suffix beyond which it is not sought
MARGIN = 4.5  # nats that the context may make up for
KEPT = 8  # candidates an atom may bring to the sentence
SLACK = 9.0  # nats by which a candidate may be worse than the best one, context aside
INFLECTED, NO_NAME = 1.0, 5.0  # nats for a stem and suffix no list has together; more where the stem is no name
CIRCUMFLEX = 5.0  # nats for a circumflex the page does not show: most print does without
FOREIGNER = 3.0  # nats by which a foreign word must be likelier than a Turkish one to count as foreign
LISTED = 10.0  # nats for a listed foreign word among Turkish ones, once it is known to be no Turkish word
RESPELLED = 3.0  # nats for marks on a word no list knows: many such words are foreign
STRANGE = 6.0  # nats for a sign inside an unlisted word
RECASED = 4.0  # nats for small letters where capitals were read
SMALL_NAME = 3.0  # nats for a name without its capital


class Candidate(NamedTuple):
    """A reading of an atom: as printed, with the words it brings to the context and its cost but for context."""

    surface: str
    first: int
    last: int
    cost: float
    letters: float = 0.0  # the cost of the spelling, for words no list knows
    case: str = ""  # "common" for a word that is no name with a capital, "small" for one without, "" for all others


@dataclass(frozen=True)
class Expectations:
    """What a document has taught: its acronyms, nats by which its own words are likelier, its apostrophe."""

    terms: Terms = NO_TERMS
    bonus: Mapping[str, float] = field(default_factory=dict)
    apostrophe: str = "’"


class Finder:
    """Finds the candidates of atoms under one channel; keeps what it found."""

    across = 1  # atoms that one word may cover where spaces are lost letters

    def __init__(self, lexicon: Lexicon, channel: Channel, expectations: Expectations | None = None) -> None:
        """Prepare the channel for walking."""
        self._lexicon = lexicon
        self._tiers = tiers(lexicon)
        self._letters = Letters.load()
        self._lower, self._upper = Steps(channel, "lower"), Steps(channel, "upper")
        self._number = lexicon.id("#")
        self._expected = expectations or Expectations()
        self.marks = self._lower.marks | self._upper.marks
        self.found: dict[str, tuple[Candidate, ...]] = {}

    def find(self, text: str) -> tuple[Candidate, ...]:
        """Return the candidates of an atom, the likeliest (context aside) first."""
        found = self.found.get(text)
        if found is None:
            found = self.found[text] = tuple(self._search(text))
        return found

    def as_it_stands(self, text: str) -> Candidate:
        """Return the candidate that nothing was misread, for a word no list knows."""
        strange = sum(not c.isalnum() and c not in APOSTROPHES for c in text)
        code = encode(text)
        letters = self._letters.cost(code)
        if letters > LISTED and self.is_foreign(text):
            letters = LISTED
        return self._unlisted(text, code, self._kept(text) + STRANGE * strange, letters)

    def is_foreign(self, text: str) -> bool:
        """Tell whether *text* is on a list of foreign words."""
        return foreign.listed(text, self._lexicon)

    def seems_foreign(self, text: str) -> bool:
        """Tell whether *text* is likelier as a word of another language than as a misread Turkish one."""
        return self.is_foreign(text) and foreign.cost(text, self._lexicon) + FOREIGNER < self.alone(self.find(text)[0])

    def foreign(self, text: str) -> Candidate:
        """Return the candidate that *text* is a word of another language, as it stands."""
        return Candidate(text, FOREIGN, FOREIGN, foreign.cost(text, self._lexicon))

    def alone(self, candidate: Candidate) -> float:
        """Return the cost of a candidate in no particular context."""
        if candidate.first < 0:
            return candidate.cost + candidate.letters
        return candidate.cost + self._lexicon.cost(candidate.first)

    def _search(self, text: str) -> list[Candidate]:
        letters = sum(map(str.isalpha, text))
        if text.isdigit() and not self._expected.terms:
            return [Candidate(text, self._number, self._number, 0.0)]
        if len(text) > LONGEST or len(text) == 1 or not letters + text.isdigit():
            return [self.as_it_stands(text)]
        best: dict[str, Candidate] = {}
        if text.isdigit():
            best[text] = Candidate(text, self._number, self._number, 0.0)
        else:
            self._read(best, text)
        stem, rest = parted(text)
        if rest:
            self._inflect(best, stem, rest)
        self._terms(best, text)
        if text not in best:
            best[text] = self.as_it_stands(text)
        ranked = sorted(best.values(), key=lambda c: (self.alone(c), c.surface))
        floor = self.alone(ranked[0]) + SLACK
        return [c for c in ranked[:KEPT] if self.alone(c) <= floor]

    def _read(self, best: dict[str, Candidate], text: str) -> None:
        """Add the listed words that *text* can be a reading of, near ones first, as far as it pays."""
        cases = _cases(text)
        small = self._upper if cases[0] in ("upper", "stem") else self._lower
        segments, key = self._plain(text, small) if cases[0] != "stem" else ([], "")
        for code in self._lexicon.similar(key) if key else ():
            self._offer_all(best, text, {code: small.price(segments, code)}, cases)
        for tier in self._tiers:
            top = min((self.alone(c) for c in best.values()), default=inf)
            for far in FAR:
                limit = min(top + MARGIN, far)
                if limit > tier.cheapest:
                    self._offer_all(best, text, self._walked(text, small, cases, tier, limit), cases)
                if best:
                    break
        if key and text.isalpha() and min((self.alone(c) for c in best.values()), default=inf) > FAR[0]:
            for cost, code in self._letters.best(key):
                surface = _CASES[cases[0]](decode(code))
                if surface not in best and surface != text:
                    best[surface] = self._unlisted(surface, code, small.price(segments, code) + RESPELLED, cost)

    def _unlisted(self, surface: str, code: str, cost: float, letters: float) -> Candidate:
        number = unknown(code)
        role = "name" if alphabet.is_upper(surface[0]) else ""
        return Candidate(surface, number, number, cost, letters, role)

    def _add(self, best: dict[str, Candidate], candidate: Candidate) -> None:
        known = best.get(candidate.surface)
        if known is None or self.alone(candidate) < self.alone(known):
            best[candidate.surface] = candidate

    def _plain(self, text: str, steps: Steps) -> tuple[list[str], str]:
        """Cut *text* into what was read for one letter each, and give the bare letters; nothing where that can't be done."""
        bare = steps.plain[0]
        segments: list[str] = []
        read = text if steps is self._upper else _small_first(text)
        i = 0
        while i < len(read):
            segment = read[i : i + 2]
            if segment not in bare:
                segment = read[i]
                if segment not in bare:
                    return [], ""
            segments.append(segment)
            i += len(segment)
        return segments, "".join([bare[segment] for segment in segments])

    def _walked(self, text: str, small: Steps, cases: tuple[str, ...], tier: Tier, limit: float) -> dict[str, float]:
        stem = len(parted(text)[0]) if cases[0] == "stem" else len(text)
        steps = [(small if i < stem else self._lower).at(text, i) for i in range(len(text))]
        if small is not self._upper:
            steps[0] = sorted(steps[0] + self._upper.at(text, 0), key=lambda step: step[2])
        return walk(tier, steps, small.lost, limit)

    def _offer_all(
        self, best: dict[str, Candidate], text: str, found: dict[str, float], cases: tuple[str, ...]
    ) -> None:
        for code, cost in found.items():
            self._offer(best, text, code, cases[0], cost)
            for case in cases[1:]:
                self._offer(best, text, code, case, cost + self._recased(text[0], code[0], cases[0], case))

    def _recased(self, char: str, letter: str, main: str, case: str) -> float:
        """Return how much dearer the first letter is when it stood in *case* and not in *main*."""
        if main == "upper":
            return RECASED
        small, capital = self._lower.first(char, letter.encode()), self._upper.first(char, letter.encode())
        return max(0.0, small - capital if case == "lower" else capital - small)

    def _offer(self, best: dict[str, Candidate], text: str, code: str, case: str, cost: float) -> None:
        number = self._lexicon.id(code)
        surface = _CASES[case](decode(code))
        if "'" in surface:
            surface = surface.replace("'", self._mark(text))
        usual = self._lexicon.case(number)
        name = (usual >> 2) & 3 > usual & 3
        cost += CIRCUMFLEX * sum(map(code.count, _CIRCUMFLEX)) + (SMALL_NAME if name and not usual & 3 and case == "lower" else 0.0)
        cost -= self._expected.bonus.get(code, 0.0)
        role = "" if case in ("upper", "stem") or name else "small" if case == "lower" else "common"
        self._add(best, Candidate(surface, number, number, cost, 0.0, role))

    def _mark(self, text: str) -> str:
        """Return the apostrophe of *text*, or the document's own where *text* has lost it."""
        return next((c for c in text if c in APOSTROPHES), self._expected.apostrophe)

    def _terms(self, best: dict[str, Candidate], text: str) -> None:
        """Add the document's own acronyms that *text* can be a reading of."""
        terms = self._expected.terms
        if not terms or len(text) > terms.longest + 2 or any(c.islower() for c in text[1:] if c != "i"):
            return
        steps = [self._upper.at(text, i) for i in range(len(text))]
        for code, cost in walk(terms.tier, steps, self._upper.lost, 3.5 * terms.longest).items():
            surface = alphabet.upper(decode(code))
            number = unknown(code)
            self._add(best, Candidate(surface, number, number, cost, terms.costs[code]))

    def _inflect(self, best: dict[str, Candidate], stem: str, rest: str) -> None:
        """Add the candidates of a stem with the suffixes that fit after it."""
        capitals = is_capitals(rest)
        table = self._upper if capitals else self._lower
        read = "".join("'" if c in APOSTROPHES else c for c in rest)
        steps = [table.at(read, i) for i in range(len(read))]
        for candidate in self.find(stem)[:4]:
            dearer = self._dearer(candidate, stem)
            for rank, end in enumerate(spoken_ends(candidate.surface)):
                fitting = suffixes_after(end)
                for code, cost in walk(fitting.tier, steps, table.lost, SUFFIX_FAR).items():
                    ending = alphabet.upper(decode(code[1:])) if capitals else decode(code[1:])
                    surface = candidate.surface + self._mark(rest) + ending
                    total = candidate.cost + cost + fitting.costs[code] + rank + dearer
                    self._add(best, candidate._replace(surface=surface, cost=total))

    def _dearer(self, candidate: Candidate, stem: str) -> float:
        """Return what it costs that the candidate of *stem* has a suffix after an apostrophe."""
        if candidate.first < 0 or candidate.first == self._number or is_capitals(stem):
            return INFLECTED
        usual = self._lexicon.case(candidate.first)
        return NO_NAME if usual & 3 > (usual >> 2) & 3 else INFLECTED

    def _kept(self, text: str) -> float:
        """Return what it costs that every character was read as itself."""
        return sum((self._upper if alphabet.is_upper(c) else self._lower).kept(c) for c in text if c.isalpha())


def _small_first(text: str) -> str:
    """Return *text* with a small first letter, a capital I without its dot being the plain one of an English engine."""
    small = alphabet.fold(alphabet.lower(text[0])) if text[0] == "I" else alphabet.lower(text[0])
    return small + text[1:]


def parted(text: str) -> tuple[str, str]:
    """Part *text* where a stem ends and an apostrophe should stand: stem, rest (empty when there is no such place).

    >>> parted("Orgiitii'niin"), parted("SIOniin"), parted("Ankara")
    (('Orgiitii', "'niin"), ('SIO', 'niin'), ('Ankara', ''))
    """
    for at in range(len(text) - 2, 0, -1):
        if text[at] in APOSTROPHES:
            while text[at - 1] in APOSTROPHES:
                at -= 1
            return text[:at], text[at:]
    at = 0
    while at < len(text) and (alphabet.is_upper(text[at]) or text[at].isdigit() or text[at] in "$§"):
        at += 1
    return (text[:at], text[at:]) if 2 <= at < len(text) else (text, "")


def is_capitals(text: str) -> bool:
    """Tell whether *text* has two letters or more, all capitals, as an acronym or a title has.

    >>> is_capitals("NATO"), is_capitals("Nato"), is_capitals("A4")
    (True, False, False)
    """
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 1 and all(map(alphabet.is_upper, letters))


def _cases(text: str) -> tuple[str, ...]:
    """Return the ways *text* may have been capitalised in print, the likeliest first.

    >>> _cases("giizel"), _cases("Ilk"), _cases("ISBIRLiGI")
    (('lower', 'title'), ('title', 'lower'), ('upper', 'title'))
    """
    letters = [c for c in text if c.isalpha()]
    capitals = sum(map(alphabet.is_upper, letters))
    if not capitals:
        return ("lower", "title")
    stem, rest = parted(text)
    if capitals == sum(map(alphabet.is_upper, stem)) > 1 and rest and rest[0] in APOSTROPHES:
        return ("stem",)
    if capitals > 1 and 2 * capitals >= len(letters):
        return ("upper", "title")
    return ("title", "lower") if alphabet.is_upper(text[0]) else ("lower", "title")


_CIRCUMFLEX = encode("âîû")


def _stem_capitals(word: str) -> str:
    stem, rest = parted(word)
    return alphabet.upper(stem) + rest


_CASES: dict[str, Callable[[str], str]] = {
    "lower": str,
    "title": alphabet.title,
    "upper": alphabet.upper,
    "stem": _stem_capitals,
}
