"""Quotation marks that open nothing, or close nothing: specks beside a word.

- Inside a sentence, between two words and a space, the mark stands *before* a word (``siyasi 'gözlemciler``) or *behind*
  one (``yol kenarında' duran``).
- Quotation marks come in pairs: one that opens is a speck only if none closes soon, one that closes only if none is open.
  A quoted word that has a suffix closes with its apostrophe: ``'ruh'un``.
- What is said ends in a verb more often than not: a mark behind a word that may end a sentence is at its *edge*.
- How often a mark in such a place was a speck is counted in ``seeds/specks.tsv``, beside those that stand alone (`specks`).

Start reading at :func:`unpaired`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from onar.alphabet import is_upper
from onar.language import gaps
from onar.language.codes import encode
from onar.language.suffixes import suffixes_anywhere
from onar.reading.decode import Reading
from onar.segment import APOSTROPHES

__all__ = ["Speck", "unpaired"]

SOON, OPEN = 100, 600  # characters in which a quotation that is opened is closed, and back to which one may be open
SHORTEST = 3  # letters of a word before which a mark may be a speck: what is shorter may be a suffix it belongs to
SELDOM = 3.0  # nats by which a stop behind a word is dearer than none, for the word to end no speech
_QUOTES = f'{APOSTROPHES}"“”„«»'
_BEFORE, _BEHIND = re.compile(rf"\s+([{_QUOTES}])\Z"), re.compile(rf"([{_QUOTES}])\s+\Z")
_OPENS = rf"(?P<opens>(?<![^\s(\[])[{_QUOTES}]+(?=\w))"
_CLOSES = rf"(?<!\s)[{_QUOTES}](?!\w)"
_SUFFIXED = rf"(?<!\w)(?P<word>[^\W\d_])\w*[{APOSTROPHES}](?=\w)"  # a name's own, or it closes with a suffix behind it
_AHEAD, _BACK = re.compile(f"{_OPENS}|{_CLOSES}|{_SUFFIXED}"), re.compile(f"{_OPENS}|{_CLOSES}")


class Speck(NamedTuple):
    """A mark that may be a speck: its place, with the space that goes with it if it is alone, and where it stands."""

    start: int
    end: int
    mark: str
    place: str
    sentence: str


def unpaired(text: str, readings: Sequence[Reading]) -> Iterator[Speck]:
    """Yield the quotation marks beside listed words of *readings*, inside a sentence of *text*, that lack the other one."""
    for one, following in pairwise(readings):
        word, after = one.arc.candidate, following.arc.candidate
        at, stop = one.arc.stop, following.arc.start
        if min(word.first, after.first) < 0 or not after.surface[0].isalpha() or is_upper(after.surface[0]):
            continue
        if before := _BEFORE.match(text, at, stop):
            place = before.start(1)
            if _is_word(after.surface) and not _is_closed(text, place):
                yield Speck(place, stop, before[1], "before", "inside")
        elif (behind := _BEHIND.match(text, at, stop)) and not _is_open(text, at):
            yield Speck(at, at + 1, behind[1], "behind", "edge" if _may_end(word.surface) else "inside")


def _is_word(surface: str) -> bool:
    """Tell whether *surface* is a word rather than a suffix that stands apart: ``'nın``."""
    return len(surface) >= SHORTEST and "'" + encode(surface) not in suffixes_anywhere()


def _is_closed(text: str, at: int) -> bool:
    """Tell whether the quotation that the mark at *at* may open is closed soon."""
    for found in _AHEAD.finditer(text, at + 1, at + SOON):
        if found["opens"] or not found["word"] or not is_upper(found["word"]):
            return not found["opens"]
    return False


def _is_open(text: str, at: int) -> bool:
    """Tell whether there is a quotation that the mark at *at* may close."""
    *_, last = [None, *_BACK.finditer(text, max(0, at - OPEN), at)]
    return last is not None and last["opens"] is not None


def _may_end(word: str) -> bool:
    """Tell whether a sentence, or what somebody said, may well end with *word*."""
    prices = gaps.behind(word)
    return is_upper(word[0]) or prices[gaps.MARKS.index(".")] < prices[gaps.MARKS.index("")] + SELDOM
