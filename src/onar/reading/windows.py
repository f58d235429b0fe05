r"""Long texts in windows: what is read at once, and what one window teaches the next.

- A text of up to some 13,000 words is one window; a longer one is cut at page ends or empty lines, never inside a word
  that is broken there, so that time stays linear and memory bounded.
- What earlier windows taught (this engine's misreadings, the document's terms and words) is where the next one starts
  from. It goes from window to window in text order, whatever the number of processes.

``"…Örgütü (SIO) …\f… $IO'niin …"``: the second window knows ``ŞİÖ``. Start reading at :func:`windows`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from onar.channel.confusions import Channel
from onar.reading.candidate import Expectations
from onar.reading.candidates import Finder
from onar.reading.terms import merged

__all__ = ["WINDOW", "Taught", "windows"]

WINDOW = 100_000  # characters, some 13,000 words
WORDS = 20_000  # of the document's own words that are remembered
_BREAKS = tuple(re.compile(pattern) for pattern in (r"\f", r"\n[ \t]*\r?\n", r"[\r\n]", r"\s"))
_HYPHENS = "-‐‑\u00ad¬"


class Taught(NamedTuple):
    """What the windows so far have taught, and the finder that knows it."""

    channel: Channel
    expectations: Expectations
    finder: Finder


def windows(text: str, size: int = 0) -> Iterator[tuple[int, int]]:
    r"""Yield the windows of *text*, start and end; each has at most *size* (usually ``WINDOW``) characters.

    >>> list(windows("bir iki\n\nüç", 10)), list(windows("bir iki politi-\n\fkasi", 15))
    ([(0, 9), (9, 11)], [(0, 8), (8, 21)])
    """
    size = size or WINDOW
    start = 0
    while len(text) - start > size:
        end = _cut(text, start, start + size)
        yield start, end
        start = end
    yield start, len(text)


def _cut(text: str, start: int, limit: int) -> int:
    """Return the last good place to end a window in the second half of *start* to *limit*; *limit* if there is none."""
    for pattern in _BREAKS:
        best = 0
        for found in pattern.finditer(text, start + (limit - start) // 2, limit):
            if not text[max(start, found.start() - 20) : found.start()].rstrip().endswith(tuple(_HYPHENS)):
                best = found.end()
        if best:
            return best
    return limit


def joined(earlier: Expectations, later: Expectations) -> Expectations:
    """Return what both expect; of the document's own words the latest :data:`WORDS`.

    >>> joined(Expectations(bonus={"a": 1.0}), Expectations(bonus={"b": 0.5})).bonus
    {'a': 1.0, 'b': 0.5}
    """
    return Expectations(
        merged((earlier.terms, later.terms)),
        _latest(earlier.bonus, later.bonus),
        later.apostrophe,
        later.habit,
        {**earlier.repeats, **later.repeats},
        later.senses,
        {**earlier.strangers, **later.strangers},
    )


def _latest(earlier: Mapping[str, float], later: Mapping[str, float]) -> dict[str, float]:
    both = {code: bonus for code, bonus in earlier.items() if code not in later} | dict(later)
    return dict(list(both.items())[-WORDS:])
