"""Capitals that were given for a stop that was no stop.

- A word behind a stop begins a sentence, so ``ifade`` may have been ``İfade`` there, which engines read small.
- Where the stop was a letter of the word before, or the marks are judged afterwards (`marks`, `specks`) and the stop goes,
  so does the reason for the capital.

``hedeflediklerini. ifade etti`` is ``hedeflediklerini ifade etti``. Start reading at :func:`small_again`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from onar import alphabet
from onar.changelog.mended import Edit
from onar.reading.decode import Reading
from onar.reading.marks import ENDS

__all__ = ["small_again"]


def small_again(text: str, edits: Sequence[Edit], marks: Sequence[Edit], readings: Sequence[Reading]) -> Iterator[Edit]:
    """Yield *edits* of words, without the capitals that *marks*, edits in text order, leave without a reason."""
    bare = {following.arc.start for one, following in pairwise(readings) if _is_bare(text, one, following, marks)}
    for edit in edits:
        if edit.start not in bare:
            yield edit
        elif (small := alphabet.lower(edit.after[0]) + edit.after[1:]) != text[edit.start : edit.end]:
            yield edit._replace(after=small, alternatives=tuple(a for a in edit.alternatives if a[0] != small))


def _is_bare(text: str, one: Reading, following: Reading, marks: Sequence[Edit]) -> bool:
    """Tell whether *following* was read small, and has its capital from a stop behind *one* that goes."""
    arc = following.arc
    if arc.candidate.case != "common" or not arc.read[0].islower():
        return False
    read = one.arc.read[-1] + text[one.arc.stop : arc.start]
    first = bisect_left(marks, one.arc.stop, key=lambda edit: edit.start)
    kept, at = one.arc.candidate.surface[-1], one.arc.stop
    for edit in marks[first:]:
        if edit.end > arc.start:
            break
        kept, at = kept + text[at : edit.start] + edit.after, edit.end
    kept += text[at : arc.start]
    return not ENDS.isdisjoint(read) and ENDS.isdisjoint(kept)
