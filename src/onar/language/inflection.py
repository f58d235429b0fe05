"""What suffixes follow what: inflection classes, name suffixes, the forms of a user's words.

The classes and their endings are learnt when the lists are compiled (`wordlists/morphology.py`) and looked up here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import marisa_trie

from onar.alphabet import is_upper
from onar.language.codes import encode
from onar.language.knowledge import compiled, manifest, path

__all__ = ["bare_forms_of", "class_letter", "ending_class", "ending_of", "forms_of", "morphs", "sound_class", "takes"]

_GROUP = dict(zip("aIAeiYEouOUV", "aaaeeeeooOOo", strict=True))
_VOICELESS = frozenset("pCtkfhsS")
OWN_PRICE, OWN_REACH = 9.0, 9.0  # nats of a user's word, and of the endings it takes
UNMARKED = 3.0  # nats of a suffix that follows a name without its apostrophe
LOWER, TITLE, CAPITALS = 3, 12, 48


def class_letter(kind: str) -> str:
    """The letter of an inflection class: word kind n v p, harmony a e o O, last sound V N T H S X.

    >>> class_letter("naV"), class_letter("pOT")
    ('0', 't')
    """
    place = "nvp".index(kind[0]) * 24 + "aeoO".index(kind[1]) * 6 + "VNTHSX".index(kind[2])
    return chr(ord("0") + place)


@cache
def morphs() -> tuple[Any, Any, memoryview]:
    """Stems (their classes and prices), endings by class, and the prices of endings."""
    stems = marisa_trie.BytesTrie().mmap(str(path("stems.marisa")))
    return stems, marisa_trie.Trie().mmap(str(path("suffixes.marisa"))), compiled("suffixes.cost")


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


def sound_class(code: str) -> str:
    """Harmony and last sound of a word: what its suffixes follow.

    >>> sound_class("Sanghay"), sound_class("tUrkiye")
    ('aN', 'eV')
    """
    harmony = next((_GROUP[letter] for letter in reversed(code) if letter in _GROUP), "e")
    return harmony + ("V" if code[-1] in _GROUP else "T" if code[-1] in _VOICELESS else "N")


def takes(name: str, suffix: str) -> bool:
    """Whether a suffix fits a name after the apostrophe; acronyms are spoken letter by letter or as a word.

    >>> takes("ankara", "nIn"), takes("ankara", "nin"), takes("akp", "nin")
    (True, False, True)
    """
    kinds = {sound_class(name)}
    if len(name) <= 5 or not any(letter in _GROUP for letter in name):
        kinds |= {"eV", "aV"} if name[-1] not in _GROUP else {_GROUP[name[-1]] + "V"}
    return any(class_letter("p" + kind) + suffix in morphs()[1] for kind in kinds)


def _capitals(word: str) -> int:
    if not is_upper(word[0]):
        return LOWER
    return CAPITALS if len(word) > 1 and all(map(is_upper, word)) else TITLE


@cache
def _common_endings(kind: str) -> tuple[tuple[str, float], ...]:
    """The endings of a class, but for the empty one, that are within `OWN_REACH`, with their price."""
    _, suffixes, costs = morphs()
    steps = manifest()["cost_steps"]
    priced = ((key[1:], costs[suffixes[key]] / steps) for key in suffixes.keys(class_letter(kind)))
    return tuple((ending, price) for ending, price in priced if ending and price <= OWN_REACH)


def _forms(word: str) -> Iterable[tuple[str, float, int]]:
    """The code, price and capitals of a word and of the forms its suffixes make."""
    code, name, case = encode(word), is_upper(word[0]), _capitals(word)
    yield code, OWN_PRICE, case
    for letter, mark, dearer in (("p", "'", 0.0), ("n", "", UNMARKED)) if name else (("n", "", 0.0),):
        for ending, price in _common_endings(letter + sound_class(code)):
            yield code + mark + ending, OWN_PRICE + price + dearer, case


def forms_of(words: Iterable[str]) -> dict[str, tuple[float, int]]:
    """Price and capitals of a user's words and of their forms, by code; names may take an apostrophe first.

    >>> "zurbak'tan" in forms_of(["Zurbak"]), "zurbak'ten" in forms_of(["Zurbak"])
    (True, False)
    """
    found: dict[str, tuple[float, int]] = {}
    for word in words:
        for code, price, case in _forms(word):
            if code.isascii():
                found.setdefault(code, (price, case))
    return found


def bare_forms_of(words: Iterable[str]) -> dict[str, tuple[float, int]]:
    """Price and capitals of forms that are taken as they are, by code.

    >>> bare_forms_of(["Zurbak"])
    {'zurbak': (9.0, 12)}
    """
    return {code: (OWN_PRICE, _capitals(word)) for word in words if (code := encode(word)).isascii()}
