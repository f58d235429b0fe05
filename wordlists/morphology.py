"""Stems, and what may follow them, learnt from the listed forms.

A *class* says how a stem inflects: its kind of word (`noun`, `verb`, `name` before an apostrophe), its harmony
(`a e o O`, the group of the last vowel that counts) and its last sound (`V` vowel, `N` voiced or `T` voiceless consonant, `H` a
consonant that softens before vowels, `S` the softened form itself, `X` the form of a verb before -iyor that lost its vowel).

- A noun is a form of which at least three plain inflections with the right harmony are listed; a verb one whose infinitive is.
- An *ending* of a class is what follows at least three different stems of the class and keeps to vowel harmony.
- A form's price is that of its stem and that of its ending in the class; `analyses` finds them.

>>> keeps_harmony("a", "larIndan"), keeps_harmony("a", "lerinden"), keeps_harmony("e", "iyormuS")
(True, False, True)
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

VOWEL_GROUP = dict(zip("aIAeiYEouOUV", "aaaeeeeooOOo", strict=True))
HARMONIES = "aeoO"
_NARROW = {"a": "I", "e": "i", "o": "u", "O": "U"}
_WIDE = {"a": "a", "e": "e", "o": "a", "O": "e"}
_VOICELESS = frozenset("pCtkfhsS")
_SOFT = {"p": "b", "C": "c", "t": "d", "k": "G", "g": "G"}
SHORTEST = 4  # letters of a stem that teaches endings
_INFLECTED = re.compile(r"(l[ae]r)?([IiuU]?[mn]([IiuU]z)?|[IiuU])?|n[IiuU]n|[dt][ae]n?|[dt][IiuU][kG][IiuU]?[mn]?|[yae]*c[ae][kG][IiuU]?[mn]?"
                        r"|m[ae](d[IiuU][kG]|y[ae]n|y[ae]c[ae][kG])[IiuU]?[mn]?|y?[ae]n|m[IiuU]S|m[ae]z")
_FIXED = ("yor", "ken", "bil", "ver", "ki")
_FOLLOWS = {"a": "aI", "e": "ei", "o": "au", "O": "eU"}
# "between", written together with the plural: ülkelerarası, kurumlararası
_BETWEEN = {wide: [f"l{wide}rarasI{case}" for case in ("", "nda", "ndaki", "nI", "na", "nIn", "ndan", "dIr", "lIk")] for wide in "ae"}
# Letter names decide the harmony of acronyms: `AKP'nin` is read "a ke pe".
Stems = dict[str, list[str]]


def group(code: str) -> str:
    """The harmony group of the last vowel, '' without one."""
    for letter in reversed(code):
        if letter in VOWEL_GROUP:
            return VOWEL_GROUP[letter]
    return ""


def keeps_harmony(harmony: str, ending: str) -> bool:
    """Whether every vowel of the ending agrees with the one before it; -yor, -ki, -ken, -(e)bil, -(i)ver never change."""
    at, now = 0, harmony
    while at < len(ending):
        for fixed in _FIXED:
            if at and ending.startswith(fixed, at) or (fixed == "ki" and ending == "ki"):
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


def last_sound(code: str) -> str:
    """`V`, `T` or `N` after the last letter of the stem."""
    return "V" if code[-1] in VOWEL_GROUP else "T" if code[-1] in _VOICELESS else "N"


def _noun_seeds(harmony: str, sound: str) -> tuple[list[str], list[str]]:
    """Inflections that tell the narrow vowel, and those that only tell front from back."""
    narrow, wide = _NARROW[harmony], _WIDE[harmony]
    d = "t" if sound in "TH" else "d"
    buffered = {"V": ("n", "y", "s"), "S": ("", "", "")}.get(sound, ("", "", ""))
    tell = [buffered[0] + narrow + "n", buffered[1] + narrow, buffered[2] + narrow, "lI".replace("I", narrow), f"l{narrow}k"]
    if sound == "S":
        return [narrow + "n", narrow, f"{narrow}m", f"{narrow}m{narrow}z"], [wide]
    if sound == "H":
        tell = [f"l{narrow}", f"l{narrow}k", f"s{narrow}z", f"{d}{narrow}r"]
    return tell, [f"l{wide}r", buffered[1] + wide, d + wide, d + wide + "n"]


def _is_noun(stem: str, harmony: str, sound: str, forms: Mapping[str, float]) -> bool:
    tell, rest = _noun_seeds(harmony, sound)
    told = sum(stem + e in forms for e in dict.fromkeys(tell))
    if sound == "S":
        return told + sum(stem + e in forms for e in rest) >= 3
    return told >= (1 if sound == "H" else 2) and told + sum(stem + e in forms for e in rest) >= 3


def _softened(stem: str) -> Iterator[str]:
    last = stem[-1]
    if last in _SOFT:
        yield stem[:-1] + _SOFT[last]
        if stem.endswith("nk"):
            yield stem[:-1] + "g"
    if len(stem) > 3 and stem[-2] in "IiuU" and last not in VOWEL_GROUP and stem[-3] not in VOWEL_GROUP:
        yield stem[:-2] + last
        if last in _SOFT:
            yield stem[:-2] + _SOFT[last]


def nouns(forms: Mapping[str, float], verbs: Mapping[str, list[str]]) -> Stems:
    """Noun stems (and adjectives, adverbs, names) with their classes."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for stem in sorted(forms):
        if len(stem) < 2 or "'" in stem or "#" in stem or not group(stem):
            continue
        if stem[-2:] in ("ma", "me") and stem[:-2] in verbs or stem[-3:] in ("lar", "ler") and stem[:-3] in found:
            continue
        sound = last_sound(stem)
        for harmony in HARMONIES:
            if _WIDE[harmony] != _WIDE[group(stem)] and f"{stem}l{_WIDE[harmony]}r" not in forms:
                continue
            soft = [s for s in _softened(stem) if group(s + "n") and _is_noun(s, harmony, "S", forms)] if sound != "V" else []
            kind = "H" if soft and soft[0][-1] != stem[-1] else sound
            if soft or _is_noun(stem, harmony, kind, forms):
                found[stem].append("n" + harmony + kind)
                for s in soft:
                    if "n" + harmony + "S" not in found[s]:
                        found[s].append("n" + harmony + "S")
    return {stem: kinds for stem, kinds in found.items() if not _inflected(stem, found, verbs, forms)}


def _inflected(stem: str, nouns: Mapping[str, list[str]], verbs: Mapping[str, list[str]], forms: Mapping[str, float]) -> bool:
    """Whether a shorter and commoner stem with a plain inflection explains this one: its forms are made from that stem."""
    for at in range(3, len(stem)):
        base = stem[:at]
        if (base in verbs or base in nouns) and _INFLECTED.fullmatch(stem[at:]) and forms.get(base, 1.0) >= forms.get(stem, 0.0):
            return True
    return False


def verbs(forms: Mapping[str, float]) -> Stems:
    """Verb roots with their classes."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for form in sorted(forms):
        root, infinitive = form[:-3], form[-3:]
        harmony = group(root)
        if infinitive not in ("mak", "mek") or not harmony or "'" in root or infinitive[1] != _WIDE[harmony]:
            continue
        sound, narrow, wide = last_sound(root), _NARROW[harmony], _WIDE[harmony]
        soft = root[:-1] + "d"
        if root[-1] == "t" and sum(soft + e in forms for e in (narrow + "yor", wide + "n", wide + "rak")) >= 2:
            found[soft].append("v" + harmony + "S")
            sound = "H"
        found[root].append("v" + harmony + sound)
        if sound == "V":
            for h in HARMONIES:
                if root[:-1] + _NARROW[h] + "yor" in forms:
                    found[root[:-1]].append("v" + h + "X")
    return dict(found)


def learn_endings(forms: Mapping[str, float], stems: Stems) -> dict[str, dict[str, float]]:
    """The endings of each class with their weight: those that follow enough different stems and keep harmony."""
    sizes = Counter(kind for stem, kinds in stems.items() if len(stem) >= SHORTEST for kind in kinds)
    distinct: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    weight: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for form, count in forms.items():
        splits = [(i, kind) for i in range(2, len(form) + 1) if form[:i] in stems for kind in stems[form[:i]]]
        for i, kind in splits:
            ending = form[i:]
            if i >= SHORTEST and not (kind[0] == "n" and len(splits) > 1 and _verbal(stems[form[:i]])):
                distinct[kind][ending] += 1
            weight[kind][ending] += count / len(splits)
    kept: dict[str, dict[str, float]] = {}
    for kind in sorted(weight):
        harmony, soft = kind[1], kind[2] == "S"
        kept[kind] = {e: weight[kind][e] for e in sorted(weight[kind])
                      if distinct[kind][e] >= _needed(e, sizes[kind]) and keeps_harmony(harmony, e) and not (soft and e[:1] not in VOWEL_GROUP)
                      and (kind[2] != "X" or e.startswith(_NARROW[harmony] + "yor"))}
    return kept


def _needed(ending: str, stems: int) -> float:
    """How many stems an ending must follow: a letter or two are easily the rest of another word."""
    return max(3.0, (0.0, 0.06, 0.02, 0.006, 0.002)[min(len(ending), 4)] * stems) if len(ending) <= 4 else 3.0


def _verbal(kinds: list[str]) -> bool:
    return any(kind[0] == "v" for kind in kinds)


@dataclass(frozen=True)
class Morphology:
    """Stems and endings with their prices in nats."""

    stems: dict[str, dict[str, float]]
    endings: dict[str, dict[str, float]]

    def analyses(self, code: str) -> Iterator[tuple[float, str, str, str]]:
        """(price, stem, ending, class) of every way to make the form."""
        for at in range(2, len(code) + 1):
            for kind, price in self.stems.get(code[:at], {}).items():
                cost = self.endings.get(kind, {}).get(code[at:])
                if cost is not None:
                    yield price + cost, code[:at], code[at:], kind

    def price(self, code: str) -> float:
        """The price of the cheapest analysis; infinite without one."""
        return min((a[0] for a in self.analyses(code)), default=math.inf)


def learn(forms: Mapping[str, float]) -> Morphology:
    """Stems and endings of the forms with their weights."""
    stems: Stems = {}
    roots = verbs(forms)
    for part in (roots, nouns(forms, roots)):
        for stem, kinds in part.items():
            stems.setdefault(stem, []).extend(kinds)
    plain = {form: (count + 0.3) ** 0.7 for form, count in forms.items() if "'" not in form and "#" not in form}
    endings = learn_endings(plain, stems)
    for kind, more in _BETWEEN.items():
        for harmony in HARMONIES:
            for last in "VNTH":
                if kind == _WIDE[harmony] and (known := endings.get("n" + harmony + last)):
                    known.update({e: max(known.values()) * 3e-4 for e in more})
    weight: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for form, count in forms.items():
        splits = [(form[:i], kind) for i in range(2, len(form) + 1) for kind in stems.get(form[:i], ())
                  if form[i:] in endings.get(kind, ())]
        for stem, kind in splits:
            weight[stem][kind] += (count + 0.05) / len(splits)
    total = sum(w for kinds in weight.values() for w in kinds.values())
    return Morphology(
        {stem: {kind: -math.log(w / total) for kind, w in sorted(kinds.items())} for stem, kinds in sorted(weight.items())},
        {kind: {e: -math.log(w / sum(ends.values())) for e, w in ends.items()} for kind, ends in endings.items()})
