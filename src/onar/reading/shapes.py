"""The shape of an atom: its capitals, and where its stem ends.

- Letters were small, a capital and small, or capitals; an acronym keeps its capitals before a small suffix. The case an
  atom shows decides which cases are tried for its print.
- A stem ends at the last apostrophe, or where capitals or figures go over into small letters.

``ISBIRLiGI`` is in capitals, ``SIOniin`` is ``SIO`` and ``niin``. Start reading at :func:`cases`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from onar import alphabet
from onar.segment import APOSTROPHES

__all__ = ["CASES", "cases", "in_capitals", "is_capitals", "is_code", "parted", "role", "small_first"]

SHORT = 2  # letters of a word whose capitals only its neighbours tell
_POWER = re.compile("[kdcm]?m[23]")
LONGEST_ACRONYM = 5  # letters: longer words in capitals stand in a heading


def small_first(text: str) -> str:
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
    while at < len(text) and (alphabet.is_upper(text[at]) or text[at].isdecimal() or text[at] in "$§"):
        at += 1
    ends = 2 <= at < len(text) or (at == 1 < len(text) and text[0].isdecimal() and not text[1].isalnum())
    return (text[:at], text[at:]) if ends else (text, "")


def is_capitals(text: str) -> bool:
    """Tell whether *text* has two letters or more, all capitals, as an acronym or a title has.

    >>> is_capitals("NATO"), is_capitals("Nato"), is_capitals("A4")
    (True, False, False)
    """
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 1 and all(map(alphabet.is_upper, letters))


def in_capitals(text: str, *beside: str) -> str:
    """Return *text* of two letters in capitals where the words *beside* it are, their i being how engines read a capital one.

    >>> in_capitals("Mi", "DEĞİŞİR", "iTTIFAK"), in_capitals("Mi", "Değişir"), in_capitals("Mi")
    ('MI', 'Mi', 'Mi')
    """
    short = len(text) == SHORT and "i" in text and sum(map(alphabet.is_upper, text)) == 1
    words = [word.replace("i", "I") for word in beside if word.isalpha()] if short else []
    titled = all(map(is_capitals, words)) and max(map(len, words), default=0) > LONGEST_ACRONYM
    return alphabet.fold(alphabet.upper(text)) if titled else text


def is_code(text: str) -> bool:
    """Tell whether *text* is made of capitals and figures, as the names of models and viruses are, or a unit with its power.

    >>> is_code("H1N1"), is_code("km2"), is_code("6zel"), is_code("2009")
    (True, True, False, False)
    """
    figures = sum(map(str.isdecimal, text))
    named = 0 < figures < len(text) and all(c.isdecimal() or alphabet.is_upper(c) for c in text)
    return named or _POWER.fullmatch(text) is not None


def cases(text: str) -> tuple[str, ...]:
    """Return the ways *text* may have been capitalised in print, the likeliest first.

    >>> cases("giizel"), cases("Ilk"), cases("ISBIRLiGI"), cases("BUro")
    (('lower', 'title'), ('title', 'lower'), ('upper', 'title'), ('title', 'lower'))
    """
    letters = [c for c in text if c.isalpha()]
    capitals = sum(map(alphabet.is_upper, letters))
    if not capitals:
        return ("lower", "title")
    stem, rest = parted(text)
    if capitals == sum(map(alphabet.is_upper, stem)) > 1 and rest and rest[0] in APOSTROPHES:
        return ("stem",)
    dotted = letters.count("i")  # as engines read a capital İ
    if capitals > 1 and (2 * capitals > len(letters) or capitals + dotted == len(letters)):
        return ("upper", "title")
    return ("title", "lower") if alphabet.is_upper(text[0]) else ("lower", "title")


def role(case: str, usual: int) -> str:
    """Tell what a capital or none says of a word: ``common`` is odd, as ``improper`` is; ``small`` and ``proper`` are usual.

    >>> role("title", 3), role("lower", 3), role("title", 12), role("lower", 12), role("upper", 12)
    ('common', 'small', 'proper', 'improper', '')
    """
    if case not in ("lower", "title"):
        return ""
    name = (usual >> 2) & 3 > usual & 3
    return ("proper" if name else "common") if case == "title" else "improper" if name else "small"


def _stem_capitals(word: str) -> str:
    stem, rest = parted(word)
    return alphabet.upper(stem) + rest


CASES: dict[str, Callable[[str], str]] = {
    "lower": str,
    "title": alphabet.title,
    "upper": alphabet.upper,
    "stem": _stem_capitals,
}
