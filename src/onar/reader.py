"""Reads a window of text twice: what the first reading is sure of teaches the second.

- The words are those of `segment` and `lattice`; passages that nothing ails are left out (`passages`, `ailments`).
- The second reading looks again at the sentences where the first left doubts, with the document's own terms, words and
  misreadings (`memory`); earlier windows have taught the first reading already (`windows`).

``(SIO)`` after ``Şanghay İşbirliği Örgütü`` is ``ŞİÖ`` at first; at the second look so is ``$IO``. Start reading at
:meth:`Reader.read`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from onar import segment
from onar.ailments.ward import ENGLISH, Ailment, Ward
from onar.channel.confusions import Channel
from onar.language.context import Context
from onar.language.dictionary import Dictionary
from onar.language.lexicon import Lexicon
from onar.reading.candidate import Expectations
from onar.reading.candidates import Finder
from onar.reading.confidence import Read
from onar.reading.decode import Reading, decode
from onar.reading.lattice import build, signs
from onar.reading.memory import learn, settled
from onar.reading.passages import sentences
from onar.reading.pieces import Piece, pieces
from onar.reading.shapes import parted
from onar.reading.trust import NO_TRUST, Trust
from onar.reading.windows import Taught, joined

__all__ = ["Knowledge", "Reader", "Window"]

Planned = tuple[Sequence[Piece], str, Ailment]  # a sentence, the text after it, what ails it


@dataclass(frozen=True)
class Knowledge:
    """What a restorer knows: word forms, confusions, neighbours, and a user's dictionary."""

    lexicon: Lexicon
    channel: Channel
    context: Context
    finder: Finder
    dictionary: Dictionary | None = None


class Window(NamedTuple):
    """A window as it was read: its place in the text, its sentences, and what it taught."""

    start: int
    text: str
    sentences: list[Read]
    taught: Taught


@dataclass(frozen=True)
class Reader:
    """Reads the windows of one text."""

    known: Knowledge
    ward: Ward
    keep_foreign: bool = True
    trust: Trust = NO_TRUST

    def read(self, text: str, places: Iterable[tuple[int, int]], tell: Callable[[int], object]) -> Iterator[Window]:
        """Yield the windows of *text* that stand at *places*; *tell* hears up to which character it is read."""
        taught: Taught | None = None
        for start, end in places:
            window = self._window(start, text[start:end], taught, tell)
            taught = window.taught
            tell(end)
            yield window

    def _window(self, start: int, text: str, taught: Taught | None, tell: Callable[[int], object]) -> Window:
        """Read each sentence, and again with what the window has taught where the first reading left doubts."""
        known = self.known
        base = taught or Taught(known.channel, Expectations(), known.finder)
        words = self._accepted(pieces(list(segment.cut(text, signs(known.finder)))))
        plan = list(sentences(words, text, self.ward.ailment))
        first: list[list[Reading]] = []
        for one in plan:
            first.append(self._sentence(*one, start, base.finder)[1] if one[2] == ENGLISH else [])
            tell(start + one[0][-1].end // 2)
        readings = [reading for sentence in first for reading in sentence]
        lesson = self._lesson(text, readings, base, taught) if readings else base
        terms, strange = lesson.expectations.terms, lesson.expectations.repeats
        sure = {read for read in settled(readings) if not (terms.may_be(read) or parted(read)[0] in strange)}
        if readings:
            lesson.finder.settle(base.finder, sure)
        del readings
        schooled = lesson.finder
        found: list[Read] = []
        for (sentence, after, ailment), before in zip(plan, first, strict=True):
            if before and all(piece.text in sure for piece in sentence):
                found.append(Read(base.finder, before))
            else:
                finder, readings = self._sentence(sentence, after, ailment, start, schooled)
                found.append(Read(finder, readings, ailment == ENGLISH))
            tell(start + (len(text) + sentence[-1].end) // 2)
        return Window(start, text, found, lesson)

    def _lesson(self, text: str, readings: list[Reading], base: Taught, taught: Taught | None) -> Taught:
        """Return what a first reading of *text* has taught, on top of what earlier windows had."""
        lexicon = self.known.lexicon
        channel, expectations = learn(text, readings, base.finder, base.channel, lexicon)
        if taught:
            expectations = joined(taught.expectations, expectations)
        return Taught(channel, expectations, Finder(lexicon, channel, expectations))

    def _accepted(self, words: list[Piece]) -> list[Piece]:
        """Fix the words that no list of ours knows and the user's dictionary accepts: they are not doubted."""
        dictionary, lexicon = self.known.dictionary, self.known.lexicon
        if dictionary is None:
            return words
        return [word._replace(fixed=True) if dictionary.vouches(word.text, lexicon) else word for word in words]

    def _sentence(
        self, sentence: Sequence[Piece], after: str, ailment: Ailment, start: int, english: Finder
    ) -> tuple[Finder, list[Reading]]:
        """Return the best reading of a sentence, and who read it."""
        finder = english if ailment == ENGLISH else self.ward.finder(ailment)[0]
        lattice = self.trust.weighed(build(sentence, after, finder, self.keep_foreign), start)
        return finder, decode(lattice, self.known.context)
