"""Stems, and what may follow them, learnt from the listed forms.

A *class* says how a stem inflects: its kind of word (`n`oun, `v`erb, `p`: name before an apostrophe), its harmony
(`a e o O`, the group of the last vowel) and its last sound (`V` vowel, `N` voiced or `T` voiceless consonant,
`H` a consonant that softens before vowels, `S` the softened form itself, `X` a verb before -iyor, without its vowel).

- A noun is a form of which at least three plain inflections with the right harmony are listed; a verb one whose
  infinitive is.
- An *ending* of a class is what follows several stems of the class (more, the shorter it is) and keeps vowel harmony.
- A form's price is that of its stem and that of its ending in the class.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onar.wordlists.harmony import HARMONIES, NARROW, VOWEL_GROUP, WIDE, group, keeps_harmony, pattern, spoken

_VOICELESS = frozenset("pCtkfhsS")
_SOFT = {"p": "b", "C": "c", "t": "d", "k": "G", "g": "G"}
FEW_STEMS = 300  # stems of a class that has too few to ask for many witnesses
OTHERS = 0.3  # how much the other harmonies say about an ending, beside its own
SHORTEST = 4  # letters of a stem that teaches endings
_INFLECTED = re.compile(
    r"(l[ae]r)?([IiuU]?[mn]([IiuU]z)?|[IiuU])?|n[IiuU]n|[dt][ae]n?|[dt][IiuU][kG][IiuU]?[mn]?|[yae]*c[ae][kG][IiuU]?[mn]?"
    r"|m[ae](d[IiuU][kG]|y[ae]n|y[ae]c[ae][kG])[IiuU]?[mn]?|y?[ae]n|m[IiuU]S|m[ae]z"
)
# "between", written together with the plural: ülkelerarası, kurumlararası
_BETWEEN = {
    wide: [f"l{wide}rarasI{case}" for case in ("", "nda", "ndaki", "nI", "na", "nIn", "ndan", "dIr", "lIk")]
    for wide in "ae"
}
Stems = dict[str, list[str]]


def last_sound(code: str) -> str:
    """`V`, `T` or `N` after the last letter of the stem."""
    return "V" if code[-1] in VOWEL_GROUP else "T" if code[-1] in _VOICELESS else "N"


def _noun_seeds(harmony: str, sound: str) -> tuple[list[str], list[str]]:
    """Inflections that tell the narrow vowel, and those that only tell front from back."""
    narrow, wide = NARROW[harmony], WIDE[harmony]
    d = "t" if sound in "TH" else "d"
    buffered = {"V": ("n", "y", "s"), "S": ("", "", "")}.get(sound, ("", "", ""))
    tell = [
        buffered[0] + narrow + "n",
        buffered[1] + narrow,
        buffered[2] + narrow,
        "lI".replace("I", narrow),
        f"l{narrow}k",
    ]
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
        if (stem[-2:] in ("ma", "me") and stem[:-2] in verbs) or (stem[-3:] in ("lar", "ler") and stem[:-3] in found):
            continue
        sound = last_sound(stem)
        for harmony in HARMONIES:
            if WIDE[harmony] != WIDE[group(stem)] and f"{stem}l{WIDE[harmony]}r" not in forms:
                continue
            soft = (
                [s for s in _softened(stem) if group(s + "n") and _is_noun(s, harmony, "S", forms)]
                if sound != "V"
                else []
            )
            kind = "H" if soft and soft[0][-1] != stem[-1] else sound
            if soft or _is_noun(stem, harmony, kind, forms):
                found[stem].append("n" + harmony + kind)
                for s in soft:
                    if "n" + harmony + "S" not in found[s]:
                        found[s].append("n" + harmony + "S")
    return {stem: kinds for stem, kinds in found.items() if not _inflected(stem, found, verbs, forms)}


def _inflected(
    stem: str, nouns: Mapping[str, list[str]], verbs: Mapping[str, list[str]], forms: Mapping[str, float]
) -> bool:
    """Whether a shorter, commoner stem with a plain inflection explains this one: its forms are made from that."""
    for at in range(3, len(stem)):
        base = stem[:at]
        if (
            (base in verbs or base in nouns)
            and _INFLECTED.fullmatch(stem[at:])
            and forms.get(base, 1.0) >= forms.get(stem, 0.0)
        ):
            return True
    return False


def verbs(forms: Mapping[str, float]) -> Stems:
    """Verb roots with their classes."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for form in sorted(forms):
        root, infinitive = form[:-3], form[-3:]
        harmony = group(root)
        if infinitive not in ("mak", "mek") or not harmony or "'" in root or infinitive[1] != WIDE[harmony]:
            continue
        sound, narrow, wide = last_sound(root), NARROW[harmony], WIDE[harmony]
        soft = root[:-1] + "d"
        if root[-1] == "t" and sum(soft + e in forms for e in (narrow + "yor", wide + "n", wide + "rak")) >= 2:
            found[soft].append("v" + harmony + "S")
            sound = "H"
        found[root].append("v" + harmony + sound)
        if sound == "V":
            for h in HARMONIES:
                if root[:-1] + NARROW[h] + "yor" in forms:
                    found[root[:-1]].append("v" + h + "X")
    return dict(found)


def learn_endings(forms: Mapping[str, float], stems: Stems) -> dict[str, dict[str, float]]:
    """The endings of each class with their weight: those that follow enough different stems, of whatever harmony."""
    sizes = Counter(kind[0] + kind[2] for stem, kinds in stems.items() if len(stem) >= SHORTEST for kind in kinds)
    distinct: defaultdict[str, Counter[str]] = defaultdict(Counter)
    weight: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    patterns: dict[tuple[str, str], str] = {}
    for form, count in forms.items():
        splits = [(i, kind) for i in range(2, len(form) + 1) if form[:i] in stems for kind in stems[form[:i]]]
        for i, kind in splits:
            key = kind[1], form[i:]
            shape = patterns.get(key)
            if shape is None:
                shape = patterns[key] = pattern(*key)
            if shape or not key[1]:
                if i >= SHORTEST and not (kind[0] == "n" and len(splits) > 1 and _verbal(stems[form[:i]])):
                    distinct[kind[0] + kind[2]][shape] += 1
                weight[kind][shape] += count / len(splits)
    kept: dict[str, dict[str, float]] = {}
    for sort in sorted(sizes):
        shapes = [
            e for e in sorted(distinct[sort]) if distinct[sort][e] >= _needed(e, sizes[sort]) and _may(sort[1], e)
        ]
        pooled = {e: sum(weight[sort[0] + h + sort[1]].get(e, 0.0) for h in HARMONIES) for e in shapes}
        for harmony in HARMONIES:
            own = weight[sort[0] + harmony + sort[1]]
            share = sum(own.values()) / max(sum(pooled.values()), 1e-9)
            if own:
                mixed = ((spoken(harmony, e), own.get(e, 0.0) + OTHERS * share * pooled[e]) for e in shapes)
                kept[sort[0] + harmony + sort[1]] = {e: w for e, w in mixed if w}
    return kept


def _may(sound: str, shape: str) -> bool:
    """Whether the ending can follow: softened stems take vowels, stems without their vowel -iyor."""
    return (sound != "S" or shape[:1] in ("2", "4")) and (sound != "X" or shape.startswith("4yor"))


def after_apostrophe(forms: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """The suffixes of names, by the last vowel and sound of the name: those at least three names take, in harmony."""
    weight: defaultdict[str, Counter[str]] = defaultdict(Counter)
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for form, count in forms.items():
        name, mark, suffix = form.partition("'")
        if mark and name and suffix and "#" not in name and (harmony := group(name)):
            kind = f"p{harmony}{last_sound(name)}"
            weight[kind][suffix] += count + 0.3  # type: ignore[assignment]
            names[kind][suffix] += 1
    return {
        kind: {e: w for e, w in sorted(found.items()) if names[kind][e] >= 3 and keeps_harmony(kind[1], e)}
        for kind, found in sorted(weight.items())
    }


def _needed(ending: str, stems: int) -> float:
    """How many stems an ending must follow: a letter or two are easily the rest of another word."""
    share = (0.0, 0.06, 0.02, 0.006, 0.002)[len(ending)] if len(ending) <= 4 else 0.0005
    return max(6.0 if stems >= FEW_STEMS else 3.0, share * stems)


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


def _prices(weights: Mapping[str, float]) -> dict[str, float]:
    total = sum(weights.values())
    return {key: -math.log(weight / total) for key, weight in weights.items()}


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
                if kind == WIDE[harmony] and (known := endings.get("n" + harmony + last)):
                    known.update({e: max(known.values()) * 3e-4 for e in more})
    endings.update(after_apostrophe(forms))
    weight: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for form, count in forms.items():
        splits = [
            (form[:i], kind)
            for i in range(2, len(form) + 1)
            for kind in stems.get(form[:i], ())
            if form[i:] in endings.get(kind, ())
        ]
        for stem, kind in splits:
            weight[stem][kind] += (count + 0.05) / len(splits)
    total = sum(w for kinds in weight.values() for w in kinds.values())
    return Morphology(
        {
            stem: {kind: -math.log(w / total) for kind, w in sorted(kinds.items())}
            for stem, kinds in sorted(weight.items())
        },
        {kind: _prices(ends) for kind, ends in endings.items()},
    )
