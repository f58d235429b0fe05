"""What this document calls things: the acronyms it defines.

- ``Şanghay İşbirliği Örgütü (SIO)``: the initials of the restored words before a bracket spell the acronym in it; as
  printed it is ``ŞİÖ``, however the engine reads it elsewhere (``$IO``, ``§IO``, ``SO``).
- An acronym that was read as it is spelled (``Shanghai Cooperation Organization (SCO)``) is a term too, which keeps it
  from being taken for another.
- The terms become a small automaton, walked like the lexicon.

Start reading at :func:`defined`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import log

import dawg

from onar import alphabet
from onar.channel.confusions import Channel
from onar.language.lexicon import encode
from onar.language.tiers import Tier
from onar.segment import APOSTROPHES

__all__ = ["NO_TERMS", "Terms", "Word", "defined"]

LONGEST = 8  # letters of an acronym
MORE = 2  # characters more than letters that a misread acronym may have
A_LETTER = 2.6  # nats of misreading a letter of an acronym may cost where it is defined
_APOSTROPHES = tuple(APOSTROPHES)
SMALL_WORDS = frozenset({"ve", "ile", "için", "of", "the", "for", "and", "on", "in"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was read and restored, with the gaps around it."""

    before: str
    read: str
    restored: str
    after: str


@dataclass(frozen=True)
class Terms:
    """The acronyms of a document with how often they stand in it."""

    counts: dict[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.counts)

    @cached_property
    def longest(self) -> int:
        """The number of letters of the longest term."""
        return max(map(len, self.counts), default=0)

    def may_be(self, text: str) -> bool:
        """Tell whether *text* has the length and the capitals of a reading of one of the terms.

        >>> terms = Terms({"ŞİÖ": 3})
        >>> terms.may_be("$IO"), terms.may_be("Sio"), NO_TERMS.may_be("$IO")
        (True, False, False)
        """
        return bool(self) and len(text) <= self.longest + MORE and not any(c.islower() for c in text[1:] if c != "i")

    @cached_property
    def tier(self) -> Tier:
        """The automaton of the terms."""
        data = dawg.DAWG(sorted(encode(term) for term in self.counts)).tobytes()
        count = int.from_bytes(data[:4], "little")
        return Tier(memoryview(data)[4 : 4 + 4 * count].cast("I"), 0.0)

    @cached_property
    def costs(self) -> dict[str, float]:
        """What a term costs, by its code: the more often it stands, the less."""
        return {encode(term): max(2.5, 7.0 - log(1 + count)) for term, count in self.counts.items()}


NO_TERMS = Terms()


def defined(words: Sequence[Word], channel: Channel) -> Terms:
    """Return the acronyms that *words* define, as they were printed.

    >>> words = [Word("", "Sanghay", "Şanghay", " "), Word(" ", "Isbirligi", "İşbirliği", " "),
    ...          Word(" ", "Orgiitii", "Örgütü", " ("), Word(" (", "SIO", "SIO", ")")]
    >>> from onar.channel.confusions import load_channel
    >>> dict(defined(words, load_channel()).counts)
    {'ŞİÖ': 1}
    """
    found: Counter[str] = Counter()
    for i, word in enumerate(words):
        if word.before.endswith("(") and word.after.startswith(")") and 2 <= len(word.read) <= LONGEST:
            term = _spelled(word.read, words[max(0, i - LONGEST - 3) : i], channel)
            if term:
                found[term] += sum(other.read == word.read for other in words)
    return Terms(dict(found)) if found else NO_TERMS


def _spelled(read: str, before: Sequence[Word], channel: Channel) -> str | None:
    """Return the initials of the words *before* that may have been read as *read*."""
    initials = ""
    best: tuple[float, str] | None = None
    for word in reversed(before):
        first = word.restored[:1]
        if alphabet.is_upper(first):
            initials = first + initials
        elif word.restored not in SMALL_WORDS and not word.before.endswith(_APOSTROPHES):  # a suffix that stands apart
            break
        if len(initials) >= 2:
            cost = channel.cost(initials, read)[0]
            if cost <= A_LETTER * len(initials) and (best is None or cost < best[0]):
                best = cost, initials
        if len(initials) >= LONGEST or any(mark in word.before for mark in ".;:)"):
            break
    return best[1] if best else None


def merged(terms: Iterable[Terms]) -> Terms:
    """Join the terms of several passages.

    >>> merged([Terms({"ŞİÖ": 1}), Terms({"ŞİÖ": 2})]).counts
    {'ŞİÖ': 3}
    """
    total: Counter[str] = Counter()
    for one in terms:
        total.update(one.counts)
    return Terms(dict(total))
