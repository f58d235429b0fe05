"""What ails a passage that was not read with the English alphabet, and the finder that reads it again.

- *glyphloss*: letters left nothing or a space behind (``Do an``): the passage lacks a letter Turkish can't do without,
  and pieces of words make known words with that letter between them.
- *turkish*: an engine that knows Turkish read poor print (``konservatuannda``): words no list knows are near words that
  a list knows, by the rows of that engine's table, far more often than in right text.
- Each has its table of confusions; candidates come from the same walk as ever. Known words of a *turkish* passage are
  not doubted: that engine is mostly right.

``Kaz lar`` is ``Kazılar`` where no ``ı`` stands in the passage. Start reading at :class:`Ward`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib import resources
from itertools import pairwise
from math import inf, log
from typing import NamedTuple

from onar.alphabet import LETTERS, fold, is_upper, upper
from onar.channel.confusions import Channel
from onar.channel.rules import read_rules, rule_id
from onar.errors import KnowledgeError
from onar.language.lexicon import Lexicon, encode
from onar.language.spelling import is_listed, is_right, is_turkish
from onar.reading.candidate import Candidate
from onar.reading.candidates import NEAR as NEAR_BY
from onar.reading.candidates import Finder
from onar.segment import Atom, breaks_word, cut

__all__ = ["ENGLISH", "TURKISH", "Ailment", "Ward", "joins", "judged_words", "lost_letters", "near_misses"]

USUAL = {"ı": 0.048, "ğ": 0.0106, "ş": 0.0153, "İ": 0.0025, "ç": 0.0101, "ö": 0.0082, "ü": 0.0185}
"""Share of each letter among the letters of right Turkish text, counted in the news corpus."""

MISSING = 0.1  # of its usual share: a letter this rare is not on the page
ENOUGH_LETTERS = 3.0  # a letter is missed where at least so many were to be expected
BEYOND = 0.4  # of the near misses that are more than marks left out, as people leave them out, too
PAIRS, PAIR_SHARE = 4, 0.02  # pieces that join over a lost letter, and their share of the words
NEAR, NEAR_SHARE, GAIN = 3, 0.005, 4.0  # near misses and their share of the words; nats a near word must be better by
LEAST_GAIN, POOR, RARE = (
    1.0,
    0.02,
    12.5,
)  # nats asked for in a poor reading; its share of near misses; nats of rare words
SHORT = 4  # letters below which a word no list knows is not doubted
LOST_FIRST = 1.5  # nats for a lost first letter
ACROSS = 5  # atoms that lost letters may have parted


class Ailment(NamedTuple):
    """A family of damage, and the letters it lost."""

    family: str
    missing: str = ""


ENGLISH, TURKISH = Ailment("english"), Ailment("turkish")


@cache
def _channel(ailment: Ailment) -> Channel:
    """The channel of an ailment: its table, without the letters that the text has."""
    name = {"glyphloss": "glyphloss.tsv", "turkish": "turkish_ocr.tsv"}[ailment.family]
    try:
        text = (resources.files("onar.seeds") / name).read_text(encoding="utf-8")
    except OSError as error:
        raise KnowledgeError(f"seeds/{name}: {error}; reinstall Onar") from error
    rules = read_rules(text, name)
    if ailment.family == "glyphloss":
        rules = tuple(r for r in rules if r.printed in ailment.missing or r.read.isalpha())
    return Channel(rules)


@lru_cache(maxsize=8)  # lexicons come and go with their users' words: those of restorers long gone must not stay
def _finder(ailment: Ailment, lexicon: Lexicon) -> Finder:
    """The finder for an ailment, made once a lexicon; each text takes a copy."""
    if ailment.family == "turkish":
        return _Guarded(lexicon, _channel(ailment))
    return _Losing(lexicon, _channel(ailment), "".join(c for c in ailment.missing if is_upper(c)))


_DIGIT = re.compile(r"\d")


class _Guarded(Finder):
    """A finder that doubts words no list knows and, in poor readings, rare ones: others must be *gain* nats better."""

    gain = GAIN
    rare = inf  # nats from which a listed word is doubted, too

    def near(self, text: str, reach: tuple[float, ...] = NEAR_BY) -> tuple[Candidate, ...]:
        return self.find(text)

    def find(self, text: str) -> tuple[Candidate, ...]:
        found = self.found.get(text)
        if found is None:
            all_ = super().find(text)
            own = tuple(c for c in all_ if c.surface == text) or (self.as_it_stands(text),)
            if self._stands(text):
                found = own
            else:
                floor = self.alone(own[0]) - self.gain
                found = (*(c for c in all_ if c.surface != text and self.alone(c) <= floor), *own)
            self.found[text] = found
        return found

    def _stands(self, text: str) -> bool:
        if is_right(text, self._lexicon) and sane_case(text):
            number = self._lexicon.id(encode(text))
            return number < 0 or self._lexicon.cost(number) < self.rare or not text.islower()
        return self.is_foreign(text)


class _Losing(Finder):
    """A finder for text that lost letters: spaces belong to words, and first letters may be gone."""

    across = ACROSS

    def __init__(self, lexicon: Lexicon, channel: Channel, capitals: str) -> None:
        super().__init__(lexicon, channel)
        self._capitals = capitals

    def near(self, text: str, reach: tuple[float, ...] = NEAR_BY) -> tuple[Candidate, ...]:
        return self.find(text)

    def find(self, text: str) -> tuple[Candidate, ...]:
        found = self.found.get(text)
        if found is None:
            best = {c.surface: c for c in super().find(text)}
            for capital in self._capitals if self._may_lack_first(text) else "":
                for c in super().find(capital + text):
                    if c.first >= 0 and c.surface[0] == capital and c.surface not in best:
                        best[c.surface] = c._replace(cost=c.cost + LOST_FIRST)
            found = self.found[text] = tuple(sorted(best.values(), key=lambda c: (self.alone(c), c.surface)))
        return found

    def _may_lack_first(self, text: str) -> bool:
        """Tell whether a capital may be lost before *text*: it begins with no long word, small or all capitals."""
        first = text.partition(" ")[0]
        return len(text) > 1 and first.isalpha() and self.is_piece(first) and (first.islower() or first.isupper())


@dataclass
class Ward:
    """Looks at one text: what ails its passages, and who reads them."""

    text: str
    lexicon: Lexicon
    _finders: dict[Ailment, tuple[Finder, Channel]] = field(default_factory=dict)

    def ailment(self, passage: str, damaged: bool) -> Ailment | None:
        """Return what ails *passage* (*damaged*: it has next to no letters the English alphabet lacks), or None."""
        missing = lost_letters(passage)
        whole = "".join(c for c in self._missing if c in missing or c not in passage)
        if whole or (missing and self._pieces(passage, missing)):
            missing = whole or missing
            return Ailment("glyphloss", missing)
        if damaged:
            return ENGLISH if is_turkish(passage, self.lexicon) else None
        return TURKISH if self.near_misses_tell else None

    @cached_property
    def _missing(self) -> str:
        """The letters that the whole text lost, if it lost any."""
        missing = lost_letters(self.text)
        return missing if missing and self._pieces(self.text, missing) else ""

    def finder(self, ailment: Ailment) -> tuple[Finder, Channel]:
        """Return the finder for *ailment*, which keeps what it finds in this text, and its channel."""
        if ailment not in self._finders:
            finder = copy(_finder(ailment, self.lexicon))
            finder.found = {}
            self._finders[ailment] = finder, _channel(ailment)
        return self._finders[ailment]

    @cached_property
    def near_misses_tell(self) -> bool:
        """Tell whether so many words are near misses that a Turkish engine must have read the text."""
        words = judged_words(self.text)
        doubted = [word for word in dict.fromkeys(words) if not is_right(word, self.lexicon)]
        if len(doubted) < NEAR or len(doubted) < NEAR_SHARE * len(words):
            return False
        misses = dict(near_misses(doubted, self))
        beyond = sum(fold(read) != fold(printed) for read, printed in misses.items())
        share = sum(word in misses for word in words) / len(words)
        told = share >= NEAR_SHARE and len(misses) >= NEAR and beyond >= BEYOND * len(misses)
        if told:
            self._school(misses, share)
        return told

    def _school(self, misses: Mapping[str, str], share: float) -> None:
        """Make a finder for this text's own engine: its misreadings as common as in *misses*, less gain asked for."""
        _, channel = self.finder(TURKISH)
        counts: Counter[str] = Counter()
        for char, count in Counter(self.text).items():
            if char.isalpha():
                counts[rule_id(char, char)] = count
        for read, printed in misses.items():
            counts.update(rule.id for rule in channel.cost(printed, read)[1] if rule.printed != rule.read)
        adapted = channel.adapted(counts)
        finder = _Guarded(self.lexicon, adapted)
        finder.gain = max(LEAST_GAIN, GAIN - log(share / NEAR_SHARE))
        finder.rare = RARE if share >= POOR else inf
        self._finders[TURKISH] = finder, adapted

    def _pieces(self, passage: str, missing: str) -> bool:
        atoms = list(cut(passage))
        found = sum(1 for _ in joins(atoms, missing, self.lexicon))
        return found >= PAIRS and found >= PAIR_SHARE * len(atoms)


def lost_letters(passage: str) -> str:
    """Return the letters that *passage* lacks although so long a Turkish text should have them, with their capitals.

    >>> lost_letters("Kaz lar n yap lmas ve yeni bir dönemde say lar n n çok artmas , özellikle köy yollar nda " * 2)
    'ı'
    """
    counts = Counter(passage)
    letters = sum(counts[c] for c in LETTERS)
    found = ""
    for letter, share in USUAL.items():
        capital = upper(letter) if upper(letter) not in "Iİ" else ""
        seen = counts[letter] + (counts[capital] if capital else 0)
        if share * letters >= ENOUGH_LETTERS and seen <= MISSING * share * letters:
            found += letter + capital
    return found


def joins(atoms: list[Atom], missing: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Yield what neighbouring pieces are and make where one letter of *missing* between them makes a known word."""
    small = [c for c in missing if c.islower() or c == "İ"]
    for left, right in pairwise(atoms):
        if right.gap != " " or not (left.text.isalpha() and right.text.isalpha()):
            continue
        if is_listed(left.text, lexicon) and is_listed(right.text, lexicon) and len(right.text) > 1:
            continue
        for letter in small:
            whole = left.text + letter + right.text
            if len(whole) >= SHORT and is_listed(whole, lexicon):
                yield f"{left.text} {right.text}", whole
                break


def sane_case(word: str) -> bool:
    """Tell whether *word* is small, has one capital in front, or is all capitals.

    >>> sane_case("Kilise"), sane_case("KİLiSE")
    (True, False)
    """
    capitals = sum(map(is_upper, word))
    return not capitals or (capitals == 1 and is_upper(word[0])) or not any(map(str.islower, word))


def judged_words(text: str) -> list[str]:
    """Return the words of *text* that can be judged: long enough, whole, without digits, no addresses."""
    found = []
    atoms = [*cut(text)]
    for atom, after in zip(atoms, [*atoms[1:], None], strict=True):
        whole = not breaks_word(atom.gap) and (after is None or not breaks_word(after.gap))
        if whole and not atom.fixed and len(atom.text) >= SHORT and not _DIGIT.search(atom.text):
            found.append(atom.text)
    return found


def near_misses(words: Iterable[str], ward: Ward) -> Iterator[tuple[str, str]]:
    """Yield those of *words* that are near misses, each with the known word it is a miss of."""
    finder, _ = ward.finder(TURKISH)
    for word in words:
        best = finder.find(word)[0].surface
        if best != word:
            yield word, best
