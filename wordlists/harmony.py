"""Vowel harmony: the group of a vowel, endings that keep harmony, endings with their vowels left open.

>>> keeps_harmony("a", "larIndan"), keeps_harmony("a", "lerinden"), keeps_harmony("e", "iyormuS")
(True, False, True)
"""

from __future__ import annotations

__all__ = ["HARMONIES", "NARROW", "VOWEL_GROUP", "WIDE", "group", "keeps_harmony", "pattern", "spoken"]

VOWEL_GROUP = dict(zip("aIAeiYEouOUV", "aaaeeeeooOOo", strict=True))
HARMONIES = "aeoO"
NARROW = {"a": "I", "e": "i", "o": "u", "O": "U"}
WIDE = {"a": "a", "e": "e", "o": "a", "O": "e"}
_FIXED = ("yor", "ken", "bil", "ver", "ki")
_FOLLOWS = {"a": "aI", "e": "ei", "o": "au", "O": "eU"}
_OPEN = {**dict.fromkeys("ae", "2"), **dict.fromkeys("IiuU", "4")}


def group(code: str) -> str:
    """The harmony group of the last vowel, '' without one."""
    for letter in reversed(code):
        if letter in VOWEL_GROUP:
            return VOWEL_GROUP[letter]
    return ""


def keeps_harmony(harmony: str, ending: str) -> bool:
    """Whether every vowel of the ending agrees with the one before it; -yor, -ki, -ken, -bil, -ver never change."""
    at, now = 0, harmony
    while at < len(ending):
        for fixed in _FIXED:
            if (at and ending.startswith(fixed, at)) or (fixed == "ki" and ending == "ki"):
                now, at = group(fixed), at + len(fixed)
                break
        else:
            letter = ending[at]
            if letter in VOWEL_GROUP:
                if letter not in _FOLLOWS[now]:
                    return False
                now = VOWEL_GROUP[letter]
            at += 1
    return True


def pattern(harmony: str, ending: str) -> str:
    """The ending with its harmonic vowels left open (`2`: a e, `4`: ı i u ü), '' where it breaks harmony.

    >>> pattern("a", "larIndan"), pattern("O", "Uyordu"), pattern("a", "lerinden")
    ('l2r4nd2n', '4yord4', '')
    """
    if not keeps_harmony(harmony, ending):
        return ""
    found, at = "", 0
    while at < len(ending):
        fixed = next((f for f in _FIXED if at and ending.startswith(f, at)), "")
        found += fixed or _OPEN.get(ending[at], ending[at])
        at += len(fixed) or 1
    return found


def spoken(harmony: str, ending: str) -> str:
    """A pattern with its vowels for a harmony.

    >>> spoken("e", "l2r4nd2n"), spoken("O", "4yord4")
    ('lerinden', 'Uyordu')
    """
    found, now, at = "", harmony, 0
    while at < len(ending):
        fixed = next((f for f in _FIXED if at and ending.startswith(f, at)), "")
        letter = fixed or (WIDE[now] if ending[at] == "2" else NARROW[now] if ending[at] == "4" else ending[at])
        now = group(letter) or now
        found += letter
        at += len(fixed) or 1
    return found
