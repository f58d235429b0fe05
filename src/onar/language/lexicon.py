"""The Turkish word forms we know: spelling, frequency, usual capitals.

Forms are kept in *code*: lower case, one ASCII letter each (`encode`), because the automaton walks bytes:

    ç C   ğ G   ı I   ö O   ş S   ü U   â A   î Y   û V   é E     apostrophes '     numbers #

- `Lexicon.load()` maps the compiled files (milliseconds, shared, nothing is read before it is needed).
- `"gUven" in lexicon`, `lexicon.id(code)` (-1: unknown); by number: `cost` (nats), `case`, `ending` (class).
- Walked and listed alike: forms that only a stem and an ending make have numbers too (`MADE` and up), with their price.
- `lexicon.similar(folded)`: all listed forms that look like `folded` once their marks are dropped.
- `lexicon.units`: the automaton itself, to be walked letter by letter: node 0 is the start, from node `i` over
  `byte` to `n = i ^ ((u >> 10) << ((u & 512) >> 6)) ^ byte` where `u = units[i]`, if `units[n] & 0x800000ff == byte`;
  a word ends at node `i` when `(units[i] >> 8) & 1`.

>>> decode(encode("Türkiye'nin"))
"türkiye'nin"
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import dawg
import marisa_trie

from onar.language.codes import CODE, decode, encode, folded
from onar.language.inflection import bare_forms_of, class_letter, ending_class, ending_of, forms_of, morphs, takes
from onar.language.knowledge import compiled, manifest, path, units

__all__ = [
    "CODE",
    "MADE",
    "PREFIX",
    "Lexicon",
    "class_letter",
    "compiled",
    "decode",
    "encode",
    "ending_class",
    "ending_of",
    "folded",
    "manifest",
    "prefixes",
]

_MARKED = {
    "c": ["C"],
    "g": ["G"],
    "i": ["I", "Y"],
    "o": ["O"],
    "s": ["S"],
    "u": ["U", "V"],
    "a": ["A"],
    "e": ["E"],
    "I": ["Y"],
    "U": ["V"],
}
MADE = (
    1 << 26
)  # numbers from here on: forms no corpus has (dictionary, stem and ending, a user's); they hold price and class
RIVAL = (
    4.6  # nats: a form this much rarer than another with the same plain letters is a misspelling when it stands alone
)
PREFIX = 5.0  # nats of a prefix before a listed word


@cache
def prefixes() -> tuple[str, ...]:
    """The codes of the prefixes that are written together with the word after them."""
    return tuple(bytes(compiled("prefixes.txt")).decode("ascii").split("\n"))


@cache
def _english() -> Any:
    return marisa_trie.Trie().mmap(str(path("english.marisa")))


class Lexicon:
    """Every form we know with its price; see the module's docstring."""

    def __init__(self, added: tuple[str, ...] = (), bare: tuple[str, ...] = ()) -> None:
        """Map the compiled files; use `Lexicon.load`, `with_words` and `with_forms`."""
        settings, words = manifest(), compiled("words.dawg")
        self.words, self.forms = added, bare
        self._dawg = dawg.DAWG().load(str(path("words.dawg")))
        self._trie = marisa_trie.Trie().mmap(str(path("words.marisa")))
        self._replaces = dawg.DAWG.compile_replaces(_MARKED)
        self.units = units(words)
        self.automata: tuple[memoryview, ...] = (self.units,)
        self._rank = compiled("words.rank").cast("I")
        self._cost = compiled("words.cost")
        self._case = compiled("words.case")
        self._rare_cost, self._rare_case = compiled("rare.cost"), compiled("rare.case")
        self._ending = compiled("words.ending").cast("H")
        self._nats: list[float] = [i / settings["cost_steps"] for i in range(256)]
        self._steps: int = settings["cost_steps"]
        self._unseen: float = settings["unseen"]
        self._own: dict[str, int] = {}
        if added or bare:
            made = bare_forms_of(bare) | forms_of(added)
            self._own = {code: self._made(code, *how) for code, how in made.items() if self.id(code) < 0}
            self._extra = dawg.DAWG(sorted(self._own), input_is_sorted=True)
            self.automata += (units(memoryview(self._extra.tobytes())),)

    @staticmethod
    @cache
    def load() -> Lexicon:
        """The lexicon that ships with Onar, loaded once."""
        return Lexicon()

    def with_words(self, words: Iterable[str]) -> Lexicon:
        """A lexicon that knows these words too, and what suffixes make of them; this one stays as it is.

        >>> "Sanghay'In" in Lexicon.load().with_words(["Şanghay"])
        True
        """
        added = tuple(dict.fromkeys((*self.words, *words)))
        return Lexicon(added, self.forms) if added != self.words else self

    def with_forms(self, forms: Iterable[str]) -> Lexicon:
        """A lexicon that knows these forms too, as they are; for lists too long for all that suffixes make of them.

        >>> forms = Lexicon.load().with_forms(["zurbakgil"])
        >>> "zurbakgil" in forms, "zurbakgilden" in forms
        (True, False)
        """
        bare = tuple(dict.fromkeys((*self.forms, *forms)))
        return Lexicon(self.words, bare) if bare != self.forms else self

    def __contains__(self, code: str) -> bool:
        """Whether the form is listed, or made of a stem and ending within reach of the automaton."""
        return code in self._dawg or code in self._own

    def similar(self, code: str) -> list[str]:
        """All known forms with these letters, marks put back in every way.

        >>> Lexicon.load().similar("sinir")
        ['sinir', 'sInIr']
        """
        found = list(self._dawg.similar_keys(code, self._replaces))
        if self._own:
            found += self._extra.similar_keys(code, self._replaces)
        return found

    def id(self, code: str) -> int:
        """The number of a known form, -1 for others; frequent forms have small numbers."""
        key = self._trie.get(code)
        if key is not None:
            rank = self._rank[key]
            return rank - 1 if rank else self._number(code, self._rare_cost[key], self._rare_case[key])
        if code in self._own:
            return self._own[code]
        if code in self._dawg:
            found = self.analyse(code)
            return self._made(code, found[0][2] if found else 255 / self._steps, 3)
        return -1

    def _made(self, code: str, price: float, case: int) -> int:
        return self._number(code, min(255, round(price * self._steps)), case)

    @staticmethod
    def _number(code: str, price: int, case: int) -> int:
        return MADE + (case << 20) + (ending_class(code) << 8) + price

    def cost(self, id_: int) -> float:
        """How surprising the form is by itself, in nats."""
        return self._nats[self._cost[id_] if id_ < MADE else id_ & 255]

    def case(self, id_: int) -> int:
        """How the form is normally capitalised: shares of lower case, Title, CAPITALS in thirds, two bits each."""
        return self._case[id_] if id_ < MADE else id_ - MADE >> 20

    def ending(self, id_: int) -> int:
        """The ending class of the form (what its last letters say about its grammar)."""
        return self._ending[id_] if id_ < MADE else id_ >> 8 & 4095

    def analyse(self, code: str) -> list[tuple[str, str, float]]:
        """Stem, ending and price of every way to make the form, the cheapest first.

        >>> Lexicon.load().analyse("jeopolitiktir")[0][:2]
        ('jeopolitik', 'tir')
        """
        stems, suffixes, costs = morphs()
        found = []
        for stem in stems.prefixes(code):
            kinds = stems[stem][0]
            for at in range(0, len(kinds), 2):
                ending = suffixes.get(chr(kinds[at]) + code[len(stem) :])
                if ending is not None:
                    found.append(
                        (stem, code[len(stem) :], self._nats[kinds[at + 1]] + self._nats[costs[ending]] + self._unseen)
                    )
        for prefix in prefixes():
            if (
                code.startswith(prefix)
                and (rest := self._trie.get(code[len(prefix) :])) is not None
                and (rank := self._rank[rest])
            ):
                found.append((prefix, code[len(prefix) :], PREFIX + self._nats[self._cost[rank - 1]]))
        return sorted(found, key=lambda f: (f[2], f[0]))

    def known(self, code: str) -> bool:
        """Whether the form by itself is Turkish we know: listed, of stem and ending, or a known name and suffix.

        A form is not known when one that differs in marks only is `RIVAL` nats likelier: `turk` beside `türk`.
        """
        stem, mark, suffix = code.partition("'")
        if mark:
            return bool(stem) and self.known(stem) and takes(stem, suffix)
        if code not in self:
            return False
        own = self.cost(self.id(code))
        return all(own - self.cost(self.id(rival)) <= RIVAL for rival in self.similar(folded(code)) if rival != code)

    def english(self, word: str) -> bool:
        """Whether a word (any case) is English.

        >>> Lexicon.load().english("Security"), Lexicon.load().english("güvenlik")
        (True, False)
        """
        return word.isascii() and folded(encode(word)) in _english()
