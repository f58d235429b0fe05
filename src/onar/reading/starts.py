"""Capitals that were given for an end of a sentence that was none.

- A word behind a stop begins a sentence, so ``ifade`` may have been ``İfade`` there, which engines read small.
- Where the stop was a letter of the word before, or the marks are judged afterwards (`marks`, `specks`) and the stop goes,
  so does the reason for the capital.
- A blank line ends a sentence, but engines see one inside a paragraph too: where no mark stands before it, and the word goes
  with those before it as no beginning does, the sentence goes on.

``hedeflediklerini. ifade etti`` is ``hedeflediklerini ifade etti``. Start reading at :func:`small_again`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from onar import alphabet
from onar.changelog.mended import Edit
from onar.language.context import BOUNDARY, Context
from onar.reading.decode import Reading
from onar.reading.marks import ENDS

__all__ = ["small_again"]

# Nats by which a word is likelier after the one before a blank line than as the first of a sentence: on pages read for it
# 11 of 12 such words were printed small, of those nearer to even 3 of 7.
GOES_ON = 5.0


def small_again(
    text: str, edits: Sequence[Edit], marks: Sequence[Edit], readings: Sequence[Reading], context: Context
) -> Iterator[Edit]:
    """Yield *edits* of words, without the capitals that *marks*, edits in text order, or *context* leave without a reason."""
    bare = {
        following.arc.start
        for one, following in pairwise(readings)
        if following.arc.candidate.case == "common"
        and following.arc.read[0].islower()
        and (_is_bare(text, one, following, marks) or _goes_on(text, one, following, context))
    }
    for edit in edits:
        if edit.start not in bare:
            yield edit
        elif (small := alphabet.lower(edit.after[0]) + edit.after[1:]) != text[edit.start : edit.end]:
            yield edit._replace(after=small, alternatives=tuple(a for a in edit.alternatives if a[0] != small))


def _is_bare(text: str, one: Reading, following: Reading, marks: Sequence[Edit]) -> bool:
    """Tell whether *following* has its capital from a stop behind *one* that goes."""
    arc = following.arc
    read = one.arc.read[-1] + text[one.arc.stop : arc.start]
    first = bisect_left(marks, one.arc.stop, key=lambda edit: edit.start)
    kept, at = one.arc.candidate.surface[-1], one.arc.stop
    for edit in marks[first:]:
        if edit.end > arc.start:
            break
        kept, at = kept + text[at : edit.start] + edit.after, edit.end
    kept += text[at : arc.start]
    return not ENDS.isdisjoint(read) and ENDS.isdisjoint(kept)


def _goes_on(text: str, one: Reading, following: Reading, context: Context) -> bool:
    """Tell whether nothing but a blank line parts *following* from *one*, and it goes with that as no beginning does."""
    last, first = one.arc.candidate.last, following.arc.candidate.first
    gap = text[one.arc.stop : following.arc.start]
    if gap.strip() or gap.count("\n") < 2 or min(last, first) < 0:
        return False
    ended = context.cost(BOUNDARY, last, BOUNDARY) + context.cost(BOUNDARY, BOUNDARY, first)
    return context.cost(BOUNDARY, last, first) < ended - GOES_ON
