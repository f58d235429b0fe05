"""The Turkish word forms we know: spelling, frequency, usual capitals.

Forms are kept in *code*: lower case, one ASCII letter each (`encode`), because the automaton walks bytes:

    ç C   ğ G   ı I   ö O   ş S   ü U   â A   î Y   û V   é E     apostrophes '     numbers #

- `Lexicon.load()` maps the compiled files (milliseconds, shared, nothing is read before it is needed).
- `"gUven" in lexicon`, `lexicon.id(code)` (-1: not listed), `lexicon.cost(id)` nats, `lexicon.case(id)`, `lexicon.ending(id)`.
- `lexicon.similar(folded)`: all listed forms that look like `folded` once their marks are dropped.
- `lexicon.units`: the automaton itself, to be walked letter by letter: node 0 is the start, from node `i` over
  `byte` to `n = i ^ ((u >> 10) << ((u & 512) >> 6)) ^ byte` where `u = units[i]`, if `units[n] & 0x800000ff == byte`;
  a word ends at node `i` when `(units[i] >> 8) & 1`.

>>> decode(encode("Türkiye'nin"))
"türkiye'nin"
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import dawg
import marisa_trie

from onar.alphabet import lower
from onar.errors import KnowledgeError

__all__ = ["CODE", "MADE", "Lexicon", "class_letter", "compiled", "decode", "encode", "ending_class", "ending_of", "folded", "manifest"]

CODE = "CGIOSUAYVE"
_PRINT = "çğıöşüâîûé"
_ENCODE = str.maketrans(_PRINT + "’‘´`ʼ′", CODE + "''''''")
_DECODE = str.maketrans(CODE, _PRINT)
_FOLD = str.maketrans(CODE, "cgiosuaiue")
_MARKED = {"c": ["C"], "g": ["G"], "i": ["I", "Y"], "o": ["O"], "s": ["S"], "u": ["U", "V"], "a": ["A"], "e": ["E"], "I": ["Y"], "U": ["V"]}
_GROUP = dict(zip("aIAeiYEouOUV", "aaaeeeeooOOo", strict=True))
MADE = 1 << 26  # numbers from here on: forms made of a stem and an ending, or given by the user
RIVAL = 6.2  # nats: a form this much rarer than another with the same plain letters is a misspelling when it stands alone
OWN_PRICE, OWN_REACH = 9.0, 9.0  # nats of a user's word, and of the endings it takes


def encode(word: str) -> str:
    """The code of a printed word, whatever its capitals.

    >>> encode("Güneşi"), encode("IŞIK’ın")
    ('gUneSi', "ISIk'In")
    """
    return lower(word).translate(_ENCODE)


def decode(code: str) -> str:
    """The printed (lower-case) form of a code.

    >>> decode("gUneSi")
    'güneşi'
    """
    return code.translate(_DECODE)


def folded(code: str) -> str:
    """A code without its marks: what an English reader makes of it at best.

    >>> folded("gUneSi")
    'gunesi'
    """
    return code.translate(_FOLD)


def class_letter(kind: str) -> str:
    """The letter of an inflection class: word kind n v p, harmony a e o O, last sound V N T H S X.

    >>> class_letter("naV"), class_letter("pOT")
    ('0', 'r')
    """
    place = "nvp".index(kind[0]) * 24 + "aeoO".index(kind[1]) * 6 + "VNTHSX".index(kind[2])
    return chr(ord("0") + place)


def _directory() -> Any:
    return resources.files("onar.wordlists") / "compiled"


def _path(name: str) -> Path:
    compiled(name)  # says what is wrong with the file, if anything
    with resources.as_file(_directory() / name) as path:
        return Path(path)


def _units(automaton: memoryview) -> memoryview:
    size = int.from_bytes(automaton[:4], "little")
    return automaton[4 : 4 + 4 * size].cast("I")


@cache
def _morphs() -> tuple[Any, Any, memoryview]:
    stems = marisa_trie.BytesTrie().mmap(str(_path("stems.marisa")))
    return stems, marisa_trie.Trie().mmap(str(_path("suffixes.marisa"))), compiled("suffixes.cost")


@cache
def _english() -> Any:
    return marisa_trie.Trie().mmap(str(_path("english.marisa")))


@cache
def _ending_classes() -> dict[str, int]:
    return {ending: i for i, ending in enumerate(bytes(compiled("endings.txt")).decode("ascii").split("\n"))}


def ending_class(code: str) -> int:
    """The class of the longest listed ending of a code, 0 without one.

    >>> ending_class("evlerden") == ending_class("kentlerden") != ending_class("evin")
    True
    """
    return ending_of(code, _ending_classes())


def ending_of(code: str, classes: Mapping[str, int]) -> int:
    """The class of the longest ending of a code among `classes`.

    >>> ending_of("evler", {"er": 1, "ler": 2})
    2
    """
    for length in (4, 3, 2):
        if len(code) >= length and code[-length:] in classes:
            return classes[code[-length:]]
    return 0


def inflected(words: Iterable[str]) -> dict[str, tuple[str, float, int]]:
    """The codes of a user's words and of their forms, with what `_made` needs: names take suffixes after an apostrophe."""
    forms: dict[str, tuple[str, float, int]] = {}
    for word in words:
        code, name = encode(word), word[:1].isupper()
        case = (48 if word.isupper() and len(word) > 1 else 12) if name else 3
        forms[code] = (code, OWN_PRICE, case)
        harmony = next((_GROUP[c] for c in reversed(code) if c in _GROUP), "e")
        sound = "V" if code[-1] in _GROUP else "T" if code[-1] in "pCtkfhsS" else "N"
        for letter, mark in (("p", "'"), ("n", "")) if name else (("n", ""),):
            _, suffixes, costs = _morphs()
            kind = class_letter(letter + harmony + sound)
            for key in suffixes.keys(kind):
                price = costs[suffixes[key]] / manifest()["cost_steps"]
                if price <= OWN_REACH and len(key) > 1:
                    forms.setdefault(code + mark + key[1:], (code + mark + key[1:], OWN_PRICE + price + 3.0 * (name and not mark), case))
    return forms


@cache
def manifest() -> dict[str, Any]:
    """What the compiled files are: their sizes and the settings they were made with."""
    try:
        text = (_directory() / "manifest.json").read_text(encoding="utf-8")
        return dict(json.loads(text))
    except (OSError, ModuleNotFoundError, ValueError) as error:
        raise KnowledgeError(f"wordlists/compiled/manifest.json: {error}; run `python -m onar.wordlists.compile`") from error


@cache
def compiled(name: str) -> memoryview:
    """One compiled file, mapped into memory and read only where it is touched."""
    expected = manifest()["files"].get(name)
    try:
        with resources.as_file(_directory() / name) as path, path.open("rb") as file:
            view = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError) as error:
        raise KnowledgeError(f"wordlists/compiled/{name}: {error}; run `python -m onar.wordlists.compile`") from error
    if expected is None or len(view) != expected["size"]:
        raise KnowledgeError(f"wordlists/compiled/{name}: {len(view)} bytes where the manifest says otherwise; "
                             "run `python -m onar.wordlists.compile`")
    return view


class Lexicon:
    """Every form we know with its price; see the module's docstring."""

    def __init__(self, added: tuple[str, ...] = ()) -> None:
        """Map the compiled files; use `Lexicon.load` and `with_words`."""
        settings, words = manifest(), compiled("words.dawg")
        self.words = added
        self._dawg = dawg.DAWG().load(str(_path("words.dawg")))
        self._trie = marisa_trie.Trie().mmap(str(_path("words.marisa")))
        self._replaces = dawg.DAWG.compile_replaces(_MARKED)
        self.units = _units(words)
        self.automata: tuple[memoryview, ...] = (self.units,)
        self._rank = compiled("words.rank").cast("I")
        self._cost = compiled("words.cost")
        self._case = compiled("words.case")
        self._ending = compiled("words.ending").cast("H")
        self._nats = [i / settings["cost_steps"] for i in range(256)]
        self._steps: int = settings["cost_steps"]
        self._unseen: float = settings["unseen"]
        self._own: dict[str, int] = {}
        if added:
            self._own = {code: self._made(*made) for code, made in inflected(added).items() if self.id(code) < 0}
            self._extra = dawg.DAWG(sorted(self._own), input_is_sorted=True)
            self.automata += (_units(memoryview(self._extra.tobytes())),)

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
        return Lexicon(added) if added != self.words else self

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
        """The number of a known form, -1 for others; frequent forms have small numbers, made forms those from `MADE` on."""
        key = self._trie.get(code)
        if key is not None:
            return self._rank[key]
        if code in self._own:
            return self._own[code]
        if code in self._dawg:
            found = self.analyse(code)
            price = found[0][2] if found else 255 / self._steps
            return self._made(code, price, 3)
        return -1

    def _made(self, code: str, price: float, case: int) -> int:
        return MADE + (case << 20) + (ending_class(code) << 8) + min(255, round(price * self._steps))

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
        stems, suffixes, costs = _morphs()
        found = []
        for stem in stems.prefixes(code):
            kinds = stems[stem][0]
            for at in range(0, len(kinds), 2):
                ending = suffixes.get(chr(kinds[at]) + code[len(stem) :])
                if ending is not None:
                    found.append((stem, code[len(stem) :], self._nats[kinds[at + 1]] + self._nats[costs[ending]] + self._unseen))
        return sorted(found, key=lambda f: (f[2], f[0]))

    def known(self, code: str) -> bool:
        """Whether the form is Turkish we know: listed, made of stem and ending, or a known name with a suffix after its apostrophe.

        A form is not known when another with the same letters but for the marks is `RIVAL` times likelier and it is unaccented: `turk`.
        """
        stem, mark, _ = code.partition("'")
        if code not in self:
            return bool(mark) and self.known(stem)
        own = self.cost(self.id(code))
        return all(own - self.cost(self.id(rival)) <= RIVAL for rival in self.similar(folded(code)) if rival != code)

    def english(self, word: str) -> bool:
        """Whether a word (any case) is English.

        >>> Lexicon.load().english("Security"), Lexicon.load().english("güvenlik")
        (True, False)
        """
        return word.casefold() in _english()
