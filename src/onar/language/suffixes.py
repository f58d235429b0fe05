"""Suffixes written after an apostrophe, in harmony with the spoken end of what they follow.

- ``suffixes.tsv`` lists them as templates (``(n)In``, ``DA``): ``I`` is ı/i/u/ü and ``A`` a/e by vowel harmony, ``D`` and
  ``C`` harden after a hard consonant, letters in brackets stand only after a vowel (or, for vowels, a consonant).
- A name ends as it is spelled, a number as it is spoken (``numbers.tsv``), an acronym as a word or as its last letter's
  name: NATO'nun, ABD'nin, 1990'lı, 2000'li.
- Some are spoken otherwise than they are spelled: ``Kemal'in``, ``Twitter'da``, ``PKK'nın`` (``spoken.tsv``).
- For each of the few kinds of spoken end all templates are spelled out once and become a small automaton to walk.

After ``1990`` (doksan) the suffix read as ``1`` may be ``lı``, after ``2000`` (bin) ``li``. Start reading at :func:`spoken_ends`.
"""

from __future__ import annotations

from functools import cache
from math import log
from typing import NamedTuple

import dawg

from onar.alphabet import VOWELS, lower, upper
from onar.language.lexicon import encode
from onar.language.tables import rows
from onar.language.tiers import Tier

__all__ = ["End", "Suffixes", "fits", "spell", "spoken_end", "spoken_ends", "suffixes_after", "suffixes_anywhere"]

ENDING, ACRONYM, LAST = "-", "=", 3  # what rows of spoken.tsv begin with that are no names; letters of an ending
LIKE = "aeoö"  # the vowels its columns stand for
NOTHING = 2  # zeros by themselves that are minutes or hundredths
HEARD = 0.05  # share of speakers from which a way to say a name counts
EVEN = 0.7  # nats: a name no table has goes by its last letters as often as by its spelling
AS_A_WORD = 1.0  # nats for an acronym that is spoken as a word and not by its letters
_PLAIN_VOWELS = "aıoueiöü"
_I = dict(zip("aıoueiöüâîû", "ııuuiiüüiiü", strict=True))
_A = dict(zip("aıoueiöüâîû", "aaaaeeeeeee", strict=True))
_HARD = frozenset("çfhkpsşt")
_HARDENING = {"D": "td", "C": "çc"}


class End(NamedTuple):
    """How a stem ends in speech: its last vowel, and whether the last sound is a vowel, a soft or a hard consonant."""

    vowel: str
    sound: str  # "vowel", "soft" or "hard"


class Suffixes(NamedTuple):
    """The suffixes that fit one kind of end: cost by code (apostrophe first), and the automaton to walk."""

    costs: dict[str, float]
    tier: Tier


def spoken_end(word: str) -> End | None:
    """Return how *word* (a printed form) ends, or None when it has no vowel.

    >>> spoken_end("Kazakistan"), spoken_end("ülke")
    (End(vowel='a', sound='soft'), End(vowel='e', sound='vowel'))
    """
    word = lower(word)
    vowel = next((c for c in reversed(word) if c in VOWELS), None)
    if vowel is None:
        return None
    last = word[-1]
    return End(vowel, "vowel" if last in VOWELS else "hard" if last in _HARD else "soft")


def spoken_ends(stem: str) -> list[tuple[End, float]]:
    """Return the ways the printed *stem* (name, number or acronym) may end in speech, each with its cost in nats.

    >>> spoken_ends("1990"), spoken_ends("ABD")[0][0]
    ([(End(vowel='a', sound='soft'), 0.0)], End(vowel='e', sound='vowel'))
    """
    if stem[-1:].isdecimal():
        digits = "".join(str(int(c)) for c in stem if c.isdecimal())
        if len(digits) == NOTHING and not digits.strip("0"):
            return [
                (End(vowel, "soft"), log(len(LIKE))) for vowel in LIKE
            ]  # 17.00: the hour before it is what is spoken
        end = spoken_end(_spoken_number(digits))
        return [(end, 0.0)] if end else []
    end = spoken_end(stem)
    if len(stem) > 1 and stem == upper(stem) and stem[-1].isalpha() and lower(stem[-1]) not in VOWELS:
        if known := _heard(ACRONYM + lower(stem)):
            return known
        found = _heard(ACRONYM + lower(stem[-1]), "vowel")
        return found if end is None else [*found, (end, AS_A_WORD)]
    name = lower(stem)
    if known := _heard(name):
        return known
    likely = dict(_heard(ENDING + name[-LAST:]))
    if end is not None:
        likely = {one: cost + EVEN for one, cost in likely.items()} | {end: EVEN if likely else 0.0}
    return sorted(likely.items(), key=lambda one: one[1])


def _heard(key: str, sound: str = "") -> list[tuple[End, float]]:
    """Return the ends that a row of ``spoken.tsv`` tells, the usual one first."""
    told = _spoken().get(key)
    if told is None:
        return []
    ends = [(End(vowel, sound or told[0]), -log(share)) for vowel, share in told[1].items() if share >= HEARD]
    return sorted(ends, key=lambda end: end[1])


@cache
def _spoken() -> dict[str, tuple[str, dict[str, float]]]:
    table = rows("spoken.tsv", 6)
    return {
        name: (sound, {v: int(n) / 100 for v, n in zip(LIKE, shares, strict=True)}) for name, sound, *shares in table
    }


def _spoken_number(digits: str) -> str:
    zeros = len(digits) - len(digits.rstrip("0"))
    table = _numbers()
    if digits == "0":
        return table["0"]
    if zeros >= 2:
        return table["0" * max(n for n in (2, 3, 6, 9) if n <= zeros)]
    return table[digits[-2:].lstrip("0") if zeros else digits[-1]]


@cache
def _numbers() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("numbers.tsv", 2)}


@cache
def _templates() -> tuple[tuple[str, float], ...]:
    counted = [(row[0], float(row[1]) + float(row[2])) for row in rows("suffixes.tsv", 3)]
    total = sum(count for _, count in counted)
    return tuple((template, -log(count / total)) for template, count in counted)


def spell(template: str, end: End) -> str:
    """Spell a suffix template out after *end*.

    >>> spell("(n)In", End("ö", "vowel")), spell("DA", End("a", "hard"))
    ('nün', 'ta')
    """
    vowel, out, at = end.vowel, "", 0
    while at < len(template):
        letter = template[at]
        optional = letter == "("
        if optional:
            letter = template[at + 1]
        at += 3 if optional else 1
        harmonic = letter in "IA"
        if optional and (end.sound == "vowel") == (harmonic or letter in VOWELS):
            continue
        if harmonic:
            letter = vowel = (_I if letter == "I" else _A)[vowel]
        elif letter in _HARDENING:
            hard = out[-1] in _HARD if out else end.sound == "hard"
            letter = _HARDENING[letter][0 if hard else 1]
        elif letter in VOWELS:
            vowel = letter
        out += letter
    return out


@cache
def suffixes_anywhere() -> dict[str, float]:
    """Return the cost of every suffix, with its apostrophe, after the end it fits best.

    >>> "'nci" in suffixes_anywhere(), "'xyz" in suffixes_anywhere()
    (True, False)
    """
    found: dict[str, float] = {}
    for vowel in _PLAIN_VOWELS:
        for sound in ("vowel", "soft", "hard"):
            for code, cost in suffixes_after(End(vowel, sound)).costs.items():
                found[code] = min(cost, found.get(code, cost))
    return found


def fits(stem: str, suffix: str) -> bool:
    """Tell whether *suffix*, without its apostrophe, is one that the printed *stem* may take.

    >>> fits("Anadolu", "ya"), fits("Anadolu", "ne")
    (True, False)
    """
    return any("'" + encode(suffix) in suffixes_after(end).costs for end, _ in spoken_ends(stem))


@cache
def suffixes_after(end: End) -> Suffixes:
    """Return every suffix that fits after *end*, with its apostrophe and its cost in nats."""
    costs: dict[str, float] = {}
    for template, cost in _templates():
        code = "'" + encode(spell(template, end))
        costs[code] = min(cost, costs.get(code, cost))
    data = dawg.DAWG(sorted(costs)).tobytes()
    count = int.from_bytes(data[:4], "little")
    return Suffixes(costs, Tier(memoryview(data)[4 : 4 + 4 * count].cast("I"), 0.0))
