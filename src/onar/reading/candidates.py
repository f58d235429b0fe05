"""What may have been printed where an atom was read: candidates, each with its price.

- Most damaged letters only lost their marks: all listed words that look alike without marks are found at once.
- Where that leaves doubt, the atom is *walked* through the lexicon with every confusion (`walk`), as far as may pay.
- The *case* of the letters decides what is tried, and costs; an apostrophe has a stem and a fitting suffix (`suffixes`).
- The atom as it stands is always a candidate, and for a word no list knows, its likeliest marks (`letters`).

``giivenligi`` gives ``güvenliği`` at the cost of ``ü>ii``, ``ğ>g`` (nearly nothing); ``sinir`` gives ``sinir`` and
``sınır``, and the neighbours decide. Start reading at :meth:`Finder.find`.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import inf
from string import digits

from onar import alphabet
from onar.channel.confusions import Channel, Rule
from onar.channel.rules import unified
from onar.language import capitals, foreign
from onar.language.context import UNKNOWN, unknown
from onar.language.houses import plain
from onar.language.letters import Letters
from onar.language.lexicon import PREFIX, Lexicon, decode, encode, folded, prefixes
from onar.language.suffixes import spoken_ends, suffixes_after, suffixes_anywhere
from onar.language.tiers import Tier, tiers
from onar.reading import shapes
from onar.reading.candidate import FOREIGN, Candidate, Expectations, Found, add, alone, has_alike
from onar.reading.own import with_own
from onar.reading.steps import Script
from onar.reading.typeface import Typeface
from onar.reading.walk import walk
from onar.segment import APOSTROPHES

__all__ = ["Finder"]

REMEMBERED = 30_000  # atoms whose candidates are kept
SHORTEST, LONGEST = 3, 60  # letters up to which a listed word may be a piece of another; longer runs are no words
FAR = (20.0, 28.0)  # nats of a word and its reading together beyond which it is not sought: at first, and at last
NEAR, FARTHER = (18.0,), (18.0, 24.0)  # the same for texts that are a word only perhaps
FAR_RARE = 26.0  # the same for words beyond the commonest
ASTRAY_FROM, ASTRAY_FAR = 21.0, 31.0  # nats from which, and up to which, a misreading that no row names is tried
ASTRAY_LONG, SUFFIX_FAR = 5, 14.0  # characters of such a word at least; nats of a suffix beyond which it is not sought
MARGIN = 4.5  # nats that the context may make up for
KEPT = 8  # candidates an atom may bring to the sentence
SLACK = 9.0  # nats by which a candidate may be worse than the best one, context aside
INFLECTED, NO_NAME = 1.5, 5.0  # nats for a stem and suffix no list has together; more where the stem is no name
FOREIGNER = 3.0  # nats by which a foreign word must be likelier than a Turkish one to count as foreign
LISTED, CODE = 10.0, 12.0  # nats of a listed foreign word among Turkish ones, of figures among capitals: ``H1N1``
MISFIT, RESPELLED = 5.0, 3.0  # nats for a suffix out of harmony, ``5'nci``; for marks on a word no list knows
TWICE = "+"  # behind a word that is there twice, as a whole and as a stem with its suffix
UNLISTED = 2.0  # nats for a word no list knows, beyond what context and letters say
PREFIXED, NUMERAL = 5, 6.0  # letters at least of a word behind a prefix; nats for figures beside letters: ``20mm``
USUAL = 11.5  # nats up to which a word is one of some frequency
STRANGE = 6.0  # nats for a sign inside an unlisted word
_ROMAN = frozenset("ivxlcdm")  # figures

Cases = tuple[str, ...]  # of letters, the likeliest first
Reach = tuple[float, ...]  # nats up to which words are sought, one after the other until there is one


class Finder:
    """Finds the candidates of atoms under one channel; keeps what it found."""

    across = 1  # atoms that one word may cover where spaces are lost letters

    def __init__(self, lexicon: Lexicon, channel: Channel, expectations: Expectations | None = None) -> None:
        """Prepare the channel for walking."""
        self._lexicon, self._channel = lexicon, channel
        self._steps: dict[tuple[str, str], tuple[Rule, ...]] = {}
        self._tiers = tiers(lexicon)
        self._letters = Letters.load()
        self._face = Typeface(channel)
        self._number = lexicon.id("#")
        self._expected = expectations or Expectations()
        self.apostrophe = self._expected.apostrophe
        self.marks = self._face.marks
        self.found: dict[str, tuple[Candidate, ...]] = {}
        self._nearby: dict[tuple[str, tuple[float, ...]], tuple[Candidate, ...]] = {}

    def find(self, text: str) -> tuple[Candidate, ...]:
        """Return the candidates of an atom, the likeliest (context aside) first."""
        found = self.found.get(text)
        if found is None:
            if len(self.found) >= REMEMBERED:
                self.found.clear()
            found = self.found[text] = tuple(self._search(text))
        return found

    def near(self, text: str, reach: Reach = NEAR) -> tuple[Candidate, ...]:
        """Return the candidates of a text that is an atom only perhaps, sought no further than *reach*."""
        key = text, reach
        found = self._nearby.get(key)
        if found is None:
            if len(self._nearby) >= REMEMBERED:
                self._nearby.clear()
            found = self._nearby[key] = tuple(self._search(text, reach))
        return found

    def steps(self, printed: str, read: str) -> tuple[Rule, ...]:
        """Return the rules by which *printed* was read as *read*, letters read rightly among them."""
        known = self._steps.get((printed, read))
        if known is None:
            if len(self._steps) >= REMEMBERED:
                self._steps.clear()
            known = self._steps[printed, read] = self._channel.cost(printed, read)[1]
        return known

    def reading_cost(self, printed: str, read: str) -> float:
        """Return what it costs that *printed* was read as *read*, in nats."""
        return self._channel.cost(printed, read)[0]

    def settle(self, first: Finder, texts: Iterable[str]) -> None:
        """Take the candidates of *texts* over from a *first* reading that left no doubt about them."""
        self.found.update((text, first.found[text]) for text in texts if text in first.found)
        self._channel, self._steps = first._channel, first._steps  # by which rules a word was read is no other matter

    def as_it_stands(self, text: str) -> Candidate:
        """Return the candidate that nothing was misread, for a word no list knows."""
        strange = sum(not c.isalnum() and c not in APOSTROPHES for c in text)
        code = encode(text)
        word = code.strip(digits)
        letters = self._letters.cost(word) + (NUMERAL if word != code else 0.0)
        letters = min(letters, CODE if shapes.is_code(text) else LISTED if self.is_foreign(text) else letters)
        return self._unlisted(text, code, self._face.kept(text) + STRANGE * strange, letters)

    def is_foreign(self, text: str) -> bool:
        """Tell whether *text* is on a list of foreign words."""
        return foreign.listed(text, self._lexicon)

    def is_likelier_foreign(self, text: str) -> bool:
        """Tell whether *text*, taken as it was read, is likelier as a word of another language than of Turkish."""
        return foreign.likelier(text, self._lexicon)

    def seems_foreign(self, text: str) -> bool:
        """Tell whether *text* is likelier as a word of another language than as a misread Turkish one."""
        if not self.is_foreign(text):
            return False
        best = self.find(text)[0]
        return best.first < 0 or foreign.cost(text, self._lexicon) + FOREIGNER < self.alone(best)

    def looks_listed(self, text: str) -> bool:
        """Tell whether *text* plainly is a reading of a word of some frequency."""
        key = self._face.small.plainly(shapes.small_first(text))[1]
        numbers = map(self._lexicon.id, self._lexicon.similar(key) if key else ())
        return any(number >= 0 and self._lexicon.cost(number) < USUAL for number in numbers)

    def foreign(self, text: str) -> list[Candidate]:
        """Return the candidates that *text* is a word of another language: as it stands, or one the document repeats."""
        words = [(text, foreign.cost(text, self._lexicon)), *filter(None, [self._expected.strangers.get(text)])]
        return [Candidate(word, FOREIGN, FOREIGN, cost) for word, cost in words]

    def is_piece(self, text: str) -> bool:
        """Tell whether *text* may be a piece of a word rather than one: short, or not listed."""
        return len(text) <= SHORTEST or self._lexicon.id(encode(text)) < 0

    def alone(self, candidate: Candidate) -> float:
        """Return the cost of a candidate in no particular context."""
        return alone(candidate, self._lexicon)

    def _search(self, text: str, reach: Reach = FAR) -> list[Candidate]:
        letters = sum(map(str.isalpha, text))
        if text.isdecimal() and len(text) > 1 and not self._expected.terms:
            return [Candidate(text, self._number, self._number, 0.0)]
        stem, rest = shapes.parted(text)
        if len(text) > LONGEST or (len(text) == 1 and letters) or not (letters or stem.isdecimal()):
            return [self.as_it_stands(text)]
        best: Found = {}
        if letters or len(text) == 1:
            self._read(best, text, reach)
        if text.isdecimal():
            best[text] = Candidate(text, self._number, self._number, 0.0)
        number = self._lexicon.id(alphabet.plain_lower(text)) if letters == len(text) else UNKNOWN
        if number >= 0 and shapes.is_capitals(text) and self.is_foreign(text):  # Turkish uses it too
            self._add(best, Candidate(text, number, number, self._face.kept(text) + foreign.dotless(text)))
        if rest:
            self._inflect(best, stem, rest)
            for figure, cost in self._face.figures(stem):
                self._inflect(best, figure, rest, cost)
        if text not in best:
            best[text] = self.as_it_stands(text)
        best = with_own(best, text, self._expected, self._face, self._lexicon)
        ranked = sorted(best.values(), key=lambda c: (self.alone(c), c.surface))
        floor = self.alone(ranked[0]) + SLACK
        return [c for c in ranked[:KEPT] if self.alone(c) <= floor]

    def _read(self, best: Found, text: str, reach: Reach) -> None:
        """Add the listed words that *text* can be a reading of, near ones first, as far as it pays."""
        cases = shapes.cases(text)
        table = self._face.of(cases[0])
        segments, key = table.plainly(unified(text if table is self._face.capitals else shapes.small_first(text)))
        for code in self._lexicon.similar(key) if key and cases[0] != "stem" else ():
            self._offer_all(best, text, {code: table.price(segments, code)}, cases)
        read = self._face.script(text, cases)
        for tier in self._tiers:
            self._seek(best, text, tier, read, cases, reach)
        name = text.isalpha() and alphabet.is_upper(text[0])  # unlisted as names are, and perhaps not misread at all
        if reach == FAR and not name and len(text) >= ASTRAY_LONG and (top := self._top(best)) > ASTRAY_FROM:
            far = min(top + MARGIN, ASTRAY_FAR)
            self._offer_all(best, text, walk(self._tiers[0], read, far, self._channel.astray), cases)
        if reach == FAR and self._top(best) > ASTRAY_FROM:
            self._prefixed(best, text)
        spelled = reach == FAR and key and text.isalpha() and not (self.is_foreign(text) or set(key) <= _ROMAN)
        if spelled and self._top(best) > FAR[0]:
            for cost, code in self._letters.best(key):
                surface = shapes.CASES[cases[0]](decode(code))
                if surface not in best and surface != text:
                    best[surface] = self._unlisted(surface, code, table.price(segments, code) + RESPELLED, cost)

    def _seek(self, best: Found, text: str, tier: Tier, read: Script, cases: Cases, reach: Reach) -> None:
        """Add the words of *tier*, further and further until there is one, never further than the context may make up for."""
        top = self._top(best)
        for limit in reach:
            bound = min(top + MARGIN, limit if tier.floor is not None else min(limit, FAR_RARE))
            if bound > tier.cheapest + read.ahead[0]:
                self._offer_all(best, text, walk(tier, read, bound), cases)
            if self._top(best) <= limit:
                return

    def _prefixed(self, best: Found, text: str) -> None:
        """Add listed words behind a prefix that is written together with them: ``mikroislemci``."""
        bare = alphabet.fold(alphabet.lower(text))
        for prefix in prefixes():
            rest = text[len(prefix) :]
            if len(rest) < PREFIXED or not bare.startswith(folded(prefix)):
                continue
            first = alphabet.like(decode(prefix), text[: len(prefix)])
            for c in self.find(rest)[:2]:
                if c.first >= 0 and not alphabet.is_upper(c.surface[0]):
                    letters = PREFIX + self.alone(c) - c.cost
                    self._add(best, self._unlisted(first + c.surface, prefix + encode(c.surface), c.cost, letters))

    def _top(self, best: Found) -> float:
        return min([self.alone(c) for c in best.values()], default=inf)

    def _unlisted(self, surface: str, code: str, cost: float, letters: float) -> Candidate:
        number = unknown(code)
        role = "name" if alphabet.is_upper(surface[0]) else ""
        return Candidate(surface, number, number, cost + UNLISTED, letters, role)

    def _add(self, best: Found, candidate: Candidate) -> None:
        add(best, candidate, self._lexicon)

    def _offer_all(self, best: Found, text: str, found: dict[str, float], cases: Cases) -> None:
        for code, cost in found.items():
            for case in cases:
                self._offer(best, text, code, case, cost + self._face.recased(text[0], code[0], cases[0], case))

    def _offer(self, best: Found, text: str, code: str, case: str, cost: float) -> None:
        number = self._lexicon.id(code)
        surface = shapes.CASES[case](decode(code))
        if "'" in surface:
            surface = surface.replace("'", self._mark(text))
        if plain(code) != code:
            cost += self._expected.habit.cost(code)
        cost -= self._expected.bonus.get(code, 0.0)
        usual = self._lexicon.case(number)
        self._add(best, Candidate(surface, number, number, cost, 0.0, shapes.role(case, usual), usual))

    def begins(self, text: str) -> str:
        """Tell how a word read as *text* began."""
        if alphabet.is_upper(text[0]) and self.find(text)[0].surface[0].islower():
            return "S"  # ``Gnerisi`` is *önerisi*
        return capitals.begins(text, [cost for _, _, cost in self._face.capitals.at(text, 0)])

    def _mark(self, text: str) -> str:
        """Return the apostrophe of *text*, or the document's own where *text* has lost it."""
        return next((c for c in text if c in APOSTROPHES), self.apostrophe)

    def _inflect(self, best: Found, stem: str, rest: str, misread: float = 0.0) -> None:
        """Add the candidates of a stem, at the price at which it was *misread*, with the suffixes that fit after it."""
        capitals = shapes.is_capitals(rest)
        read = self._face.suffix(rest)
        for candidate in self.find(stem)[:4]:
            dearer = self._dearer(candidate, stem) + misread
            for end, odd in spoken_ends(candidate.surface):
                fitting = suffixes_after(end)
                for code, cost in walk(fitting.tier, read, SUFFIX_FAR).items():
                    ending = alphabet.upper(decode(code[1:])) if capitals else decode(code[1:])
                    surface = candidate.surface + self._mark(rest) + ending
                    total = candidate.cost + cost + fitting.costs[code] + odd + dearer
                    self._add_suffixed(best, candidate._replace(surface=surface, cost=total))
            fits = suffixes_anywhere().get("'" + encode(rest[1:])) if rest[0] in APOSTROPHES else None
            if candidate.surface == stem and fits is not None and not has_alike(best, stem + rest):
                total = candidate.cost + self._face.kept(rest[1:]) + fits + MISFIT + dearer  # as few would write it
                self._add(best, candidate._replace(surface=stem + rest, cost=total))

    def _add_suffixed(self, best: Found, made: Candidate) -> None:
        """Add a stem with its suffix; beside the whole where a list has it, for now one has more neighbours, now the other."""
        known = best.get(made.surface)
        if known is not None and min(known.first, made.first) >= 0 and known.first != made.first:
            best[made.surface + TWICE] = made
        else:
            self._add(best, made)

    def _dearer(self, candidate: Candidate, stem: str) -> float:
        """Return what it costs that the candidate of *stem* has a suffix after an apostrophe."""
        listed = candidate.first >= 0 and candidate.first != self._number and not shapes.is_capitals(stem)
        return NO_NAME if listed and candidate.usual & 3 > (candidate.usual >> 2) & 3 else INFLECTED
