"""Specks that look like marks: those that stand alone between words go with the space beside them.

- Dirt at the margins is read as lone marks at the beginning and the end of lines, now and then between words.
- ``seeds/specks.tsv`` counts how often a lone mark was a speck and how often it was printed, by where it stands: on the
  *first* or *last* place of its line or amid it (*mid*), and *inside* a sentence or at its *edge*. What is often a
  list's bullet or a dash has rows for inside only.
- Quotation marks that lack the other one of their pair (`quotes`) stand *before* or *behind* a word.
- A speck in the space between two words makes one of them: ``daha.fazla``. It is one where the words go together and
  nothing but a small letter follows; a hyphen joins words in print, but hardly ever these two (`language.hyphens`).
- Only beside words that were read as Turkish: tables, formulas and foreign passages keep what they have. A line of
  marks alone stays too: no line moves.

``gelecek. :`` at a line's end was ``gelecek.``. Start reading at :func:`specks` and
:func:`spaces`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from math import inf
from typing import NamedTuple

from onar.alphabet import is_upper
from onar.changelog.mended import Edit
from onar.channel.rules import rule_id, unified
from onar.language import foreign, hyphens
from onar.language.context import BOUNDARY, Context
from onar.language.lexicon import Lexicon
from onar.language.tables import cells
from onar.reading.candidate import FOREIGN, Candidate
from onar.reading.decode import Reading
from onar.reading.quotes import Speck, unpaired
from onar.segment import APOSTROPHES, is_abbreviation

__all__ = ["ANY_LETTER", "lone", "row_of", "spaces", "specks"]

SURE = 0.75  # probability from which a lone mark is a speck: it takes more than its letters to break a page
UNSEEN = 0.5  # times a mark is taken to have been printed where it never was
ANY_LETTER = "☐"  # the row of small letters that are no words
NEAR = 40  # characters before and after a mark in which its neighbours are looked for
OPENING = 3  # characters of a token within which its word begins
_TOKEN = re.compile(r"\S+")
_NO_APOSTROPHES = dict.fromkeys(map(ord, APOSTROPHES))


class Joint(NamedTuple):
    """When a mark between two words was a space: nats up to which the rarer word, and the second after the first (more
    than in no context), may cost, and how often it then was one on the learning scans."""

    rare: float
    beside: float
    sure: float


_JOINTS = {
    "_": Joint(inf, inf, 0.87),
    ".": Joint(15.5, 1.6, 0.93),
    ":": Joint(inf, 0.5, 0.92),
    "-": Joint(inf, 0.0, 0.84),
}
LOOSE = 16.8  # nats from which two words are not joined by a hyphen


@cache
def _shares() -> dict[tuple[str, str, str], float]:
    """The share of specks among marks, by mark, place and sentence."""
    found = {}
    for row in cells("specks.tsv"):
        specks, printed = float(row["specks"]), float(row["printed"])
        found[row["mark"], row["place"], row["sentence"]] = specks / (specks + printed + UNSEEN)
    return found


def specks(text: str, readings: Sequence[Reading]) -> Iterator[Edit]:
    """Yield the removal of every mark of *text*, alone or beside a word of *readings*, that was hardly printed."""
    shares = _shares()
    for speck in (*lone(text, readings), *unpaired(text, readings)):
        sure = shares.get(row_of(speck), 0.0)
        if sure >= SURE:
            after = text[speck.start : speck.end].replace(speck.mark, "").strip(" \t")
            yield Edit(speck.start, speck.end, after, (rule_id("", speck.mark),), round(sure, 4))


def row_of(speck: Speck) -> tuple[str, str, str]:
    """Return the mark, place and sentence by which *speck* is counted."""
    beside_a_word = speck.place in ("before", "behind")
    mark = ANY_LETTER if speck.mark.isalpha() else unified(speck.mark) if beside_a_word else speck.mark
    return mark, speck.place, speck.sentence


def spaces(text: str, readings: Sequence[Reading], lexicon: Lexicon, context: Context) -> Iterator[Edit]:
    """Yield a space for every mark of *text* that was read in place of one between two Turkish words of *readings*."""
    earlier = BOUNDARY
    for one, following in pairwise(readings):
        word, after, at = one.arc.candidate, following.arc.candidate, one.arc.stop
        mark = text[at : following.arc.start]
        if (
            mark in _JOINTS
            and all(_is_turkish(x, lexicon) for x in (word, after))
            and _may_be_two(word, following, mark)
        ):
            costs = lexicon.cost(word.last), lexicon.cost(after.first)
            beside = context.cost(earlier, word.last, after.first) - costs[1]
            joint = _JOINTS[mark]
            joined = mark == "-" and hyphens.loose((word.surface, after.surface), costs) < LOOSE
            if max(costs) <= joint.rare and beside <= joint.beside and not joined:
                yield Edit(at, at + 1, " ", (rule_id(" ", mark),), joint.sure, ((mark, round(1.0 - joint.sure, 2)),))
        earlier = word.last


def _is_turkish(word: Candidate, lexicon: Lexicon) -> bool:
    """Tell whether *word* is listed, and not likelier a word of another language: ``Cpu_register``."""
    return min(word.first, word.last) >= 0 and not foreign.likelier(word.surface, lexicon)


def _may_be_two(word: Candidate, following: Reading, mark: str) -> bool:
    """Tell whether nothing shows that *mark* parts *word* and the *following* one, as a capital does that was read as one."""
    after, letters = following.arc.candidate, word.surface
    if mark != "-":  # a stop gives the next word a capital, and no suffix is parted from a name by one
        letters = letters.translate(_NO_APOSTROPHES)
    capital = is_upper(after.surface[0]) and (mark == "-" or after.case != "common" or is_upper(following.arc.read[0]))
    both_words = letters.isalpha() and len(letters) > 1 and after.surface.isalpha()
    return both_words and not is_abbreviation(letters) and not capital


def lone(text: str, readings: Sequence[Reading]) -> Iterator[Speck]:
    """Yield the characters that stand alone in a line of *text* beside words of *readings*, in text order.

    Beside other lone marks a mark has their place: in ``gelecek. : :`` both are last.
    """
    words = {r.arc.start: r for r in readings if r.arc.candidate.first != FOREIGN}
    inside = {at for r in words.values() if " " in r.arc.read or r.arc.gap for at in range(r.arc.start + 1, r.arc.stop)}
    at = 0
    for line in text.splitlines(keepends=True):
        tokens = [(at + found.start(), at + found.end()) for found in _TOKEN.finditer(line)]
        may_be = [_may_be_speck(text, *token, words) and token[0] not in inside for token in tokens]
        if not all(may_be):
            yield from _of_line(text, tokens, may_be, words)
        at += len(line)


def _of_line(
    text: str, tokens: Sequence[tuple[int, int]], may_be: Sequence[bool], words: dict[int, Reading]
) -> Iterator[Speck]:
    """Yield what may be specks of the *tokens* of one line that has a word too."""
    first, last = may_be.index(False), len(may_be) - 1 - may_be[::-1].index(False)
    columns = {text[tokens[i][0]] for i in range(first, last) if may_be[i]}  # a mark between words may part columns
    beside = first
    for i, (start, end) in enumerate(tokens):
        if not may_be[i]:
            beside = i
        elif _has_word(text, *tokens[beside], words):
            place = "first" if i < first else "last" if i > last else "mid"
            if place != "mid" and text[start] in columns:
                continue
            span = (start, tokens[i + 1][0]) if i < first else (tokens[i - 1][1], end)
            yield Speck(*span, text[start:end], place, _sentence(text, start, end))


def _may_be_speck(text: str, start: int, end: int, words: dict[int, Reading]) -> bool:
    """Tell whether one character alone was read as itself: a mark, or a letter that is no word."""
    if end - start != 1 or text[start].isdigit() or is_upper(text[start]):
        return False
    reading = words.get(start)
    if not text[start].isalpha() or reading is None:
        return not text[start].isalpha()
    return reading.arc.candidate.surface == text[start] and reading.arc.candidate.first < 0


def _has_word(text: str, start: int, end: int, words: dict[int, Reading]) -> bool:
    """Tell whether a Turkish word begins between *start* and *end*, be it behind an opening mark."""
    places = range(start, min(end, start + OPENING))
    return any(at in words and words[at].arc.candidate.first >= 0 and text[at].isalpha() for at in places)


def _sentence(text: str, start: int, end: int) -> str:
    """Tell whether a sentence goes on over the mark: what stands before it ends none, what follows begins small."""
    before, after = text[max(0, start - NEAR) : start].rstrip(), text[end : end + NEAR].lstrip()
    goes_on = before[-1:].isalnum() or before[-1:] == ","
    return "inside" if goes_on and after[:1].isalpha() and not is_upper(after[0]) else "edge"
