"""What the log is told of each reading: a change, a doubt, or nothing.

- A reading that differs from what was read is a change, with the rules it took, its confidence and its rivals.
- A word that was left alone although it is suspicious is told too, but never applied: with its best rival as the
  reading, or, where there is none, with the word itself (a reviewer sees it as *left*).
- A word broken at a line end is judged whole and stays broken at the same place.

``diizende`` → ``düzende`` (99 %); ``Zbrug¢`` is left, and flagged. Start reading at :func:`proposals`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from onar.changelog.mended import Edit
from onar.channel.rules import rule_id
from onar.reading.candidate import FOREIGN, Arc
from onar.reading.candidates import Finder
from onar.reading.confidence import Calibration, Read, damage, may_be_misprint
from onar.reading.decode import Reading
from onar.segment import clean_break

__all__ = ["proposals"]

ALTERNATIVES = 4  # rivals told with a change
WORTH_TELLING = 0.005  # probability below which a rival is not told
SUSPICIOUS = 0.8  # probability of being right below which a word that was left alone is told: see docs/confidence.md
RIVAL = 0.1  # posterior from which the rival of a suspicious word is proposed
SECOND = 0.49  # confidence of such a rival at most: the word itself was the better reading
LIKELIER = 4.0  # times likelier than the word as it stands that a change must be: to break is worse than to miss
RESHARED = 2.0  # times its posterior that a rival gets of what a reading loses by calibration, at most

_PARTED = (rule_id("", " "),)  # the pieces of a word are right, the space between them is not
_FIGURE = re.compile(r"%?\d+(?:['’].*)?")


def proposals(text: str, sentences: Sequence[Read], calibration: Calibration, least: float) -> Iterator[Edit]:
    """Yield an edit for every reading of *sentences* that differs from the *text* of their window, or is suspicious.

    Edits less sure than *least*, or not plainly likelier than the word as it stands, are not to be applied; nor are those that
    only mend what may be a misprint.
    """
    worn = damage(sentences)
    readings = ((read, reading) for read in sentences for reading in read.readings)
    for (read, reading), sure in zip(readings, calibration.confidences(sentences), strict=True):
        arc = reading.arc
        if arc.candidate.surface != arc.read or (
            clean_break(arc.gap) != arc.gap if arc.gap else text[arc.start : arc.stop] != arc.read
        ):
            rivals = _rivals(reading, reading.rivals, sure)
            likely = sure >= max(least, LIKELIER * _as_it_stands(reading)) and not may_be_misprint(
                arc, read.finder, worn
            )
            edit = _edit(read.finder, arc, sure, rivals, likely)
            yield edit if arc.candidate.surface != arc.read else edit._replace(rules=_PARTED)
        elif read.calibrated and sure < SUSPICIOUS and _can_be_doubted(reading):
            yield _doubt(read.finder, reading, sure)


def _as_it_stands(reading: Reading) -> float:
    """Return the probability, as the decoder sees it, that the word was right as it was read."""
    return sum(
        share for arc, share in reading.rivals if arc.candidate.surface == arc.read and arc.stop == reading.arc.stop
    )


def _doubt(finder: Finder, reading: Reading, sure: float) -> Edit:
    """Return the edit, not to be applied, for a suspicious word: into its best rival, or into itself."""
    same = [(arc, share) for arc, share in reading.rivals if _in_place(arc, reading.arc)]
    if not same or same[0][1] < RIVAL:
        return _edit(finder, reading.arc, sure, _rivals(reading, same, sure), False)
    (best, share), rest = same[0], same[1:]
    alternatives = ((reading.arc.read, round(sure, 4)), *_rivals(reading, rest, sure))
    return _edit(finder, best, min(SECOND, _reshared(share, reading, sure)), alternatives, False)


def _can_be_doubted(reading: Reading) -> bool:
    """Tell whether a reviewer could mend the word by what he sees in it: not so figures and foreign words."""
    return reading.arc.candidate.first != FOREIGN and not _FIGURE.fullmatch(reading.arc.read)


def _in_place(arc: Arc, chosen: Arc) -> bool:
    return arc.stop == chosen.stop and arc.candidate.surface != chosen.read


def _rivals(reading: Reading, rivals: Iterable[tuple[Arc, float]], sure: float) -> tuple[tuple[str, float], ...]:
    """Return the rivals worth telling, with probabilities that go with *sure*."""
    told = [
        (arc.candidate.surface, round(_reshared(share, reading, sure), 4))
        for arc, share in rivals
        if arc.stop == reading.arc.stop and share >= WORTH_TELLING
    ]
    return tuple(told[:ALTERNATIVES])


def _reshared(share: float, reading: Reading, sure: float) -> float:
    """Return the posterior *share* of a rival as it stands beside a calibrated confidence."""
    lost = 1.0 - reading.confidence
    factor = min(RESHARED, (1.0 - sure) / lost) if lost > 0.0 else RESHARED
    return min(1.0 - sure, share * factor)


def _edit(finder: Finder, arc: Arc, sure: float, alternatives: tuple[tuple[str, float], ...], applied: bool) -> Edit:
    printed = arc.candidate.surface
    steps = finder.steps(printed, arc.read)
    after = _broken(printed, arc.at, arc.gap, [(len(rule.printed), len(rule.read)) for rule in steps])
    rules = tuple(rule.id for rule in steps if rule.printed != rule.read)
    return Edit(arc.start, arc.stop, after, rules, round(sure, 4), alternatives, applied)


def _broken(printed: str, at: int, gap: str, steps: Sequence[tuple[int, int]]) -> str:
    """Return *printed* broken by *gap* where its reading was broken after *at* characters."""
    if not gap:
        return printed
    whole = read = 0
    for letters, characters in steps:
        if read >= at:
            break
        whole, read = whole + letters, read + characters
    whole = whole if steps else at
    return printed[:whole] + clean_break(gap) + printed[whole:]
