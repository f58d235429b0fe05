"""Endings of ordinal numbers that stand apart from their figures, as laws and older books print them: ``14 üncü madde``.

They follow the spoken number like any suffix behind an apostrophe, so those out of harmony are hardly ever printed.

``14 uncu`` is ``14 üncü`` (*on dördüncü*), ``6 nci`` is ``6 ncı`` (*altıncı*). Start reading at :func:`in_harmony`.
"""

from __future__ import annotations

import re

from onar.language.lexicon import encode
from onar.language.suffixes import fits
from onar.reading.candidate import Candidate
from onar.reading.candidates import Finder

__all__ = ["in_harmony"]

OUT_OF_HARMONY = 8.0  # nats
_ORDINAL = re.compile("[IiuU]?nc[IiuU].*")  # codes of endings


def in_harmony(found: tuple[Candidate, ...], number: str, text: str, finder: Finder) -> tuple[Candidate, ...]:
    """Return the candidates *found* of *text* behind a *number* and a space, its ending in harmony the likelier one."""
    if not number.isdecimal() or not any(_is_ordinal(candidate.surface) for candidate in found):
        return found
    behind = (c.surface.removeprefix(f"{number}'") for c in finder.find(f"{number}'{text}"))
    ending = next((end for end in behind if _is_ordinal(end) and fits(number, end)), "")
    if not ending:
        return found
    priced = tuple(c if c.surface == ending else _dearer(c) for c in found)
    if any(c.surface == ending for c in found):
        return priced
    added = (c for c in finder.near(ending, ()) if c.surface == ending)
    return (*priced, *(c._replace(cost=finder.reading_cost(ending, text)) for c in added))


def _is_ordinal(ending: str) -> bool:
    return _ORDINAL.fullmatch(encode(ending)) is not None


def _dearer(candidate: Candidate) -> Candidate:
    return candidate._replace(cost=candidate.cost + OUT_OF_HARMONY) if _is_ordinal(candidate.surface) else candidate
