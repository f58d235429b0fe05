"""How sure a reading is: the decoder's posterior made into a probability that holds.

- The posterior only knows the rivals in the lattice; a word no list knows, a dear reading or doubtful neighbours make
  mistakes likelier than it says. A logistic regression over such *signs* gives each reading a score.
- A rising staircase from score to probability (isotonic regression) makes the scores hold: of the words told to be
  right with 90 %, nine in ten are.
- Both stand in ``seeds/calibration.tsv``, fitted on scans whose print is known (``bench/calibrate.py``).

``giiveniik`` → ``güvenlik`` with the posterior 0.999 and three dear steps may be right nine times in ten. Start
reading at :meth:`Calibration.confidences`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from math import exp, log
from typing import NamedTuple

from onar.alphabet import in_turkish_letters, is_upper, lower
from onar.errors import KnowledgeError
from onar.language.lexicon import MADE
from onar.reading.candidate import FOREIGN, Arc
from onar.reading.candidates import Finder
from onar.reading.decode import Reading
from onar.reading.shapes import is_capitals
from onar.segment import APOSTROPHES

__all__ = ["SIGNS", "Calibration", "Read", "damage", "may_be_misprint", "signs_of"]

SIGNS = (
    "always", "posterior", "reading", "dear_reading", "word", "rare_word", "unlisted_kept", "unlisted_changed",
    "foreign", "changed", "one_letter", "two_letters", "three_letters", "capital", "capitals", "digits", "doubt_of_page",
    "damage_of_page", "posterior_unlisted", "reading_a_letter", "strange_letters", "rival", "rival_in_case",
    "circumflex_possible", "odd", "read_odd", "neighbours", "length", "apostrophe", "no_rival", "odd_capital",
    "made_form", "may_be_misprint",
)  # fmt: skip
"""What a score is made of, in the order of the weights; the table names them."""

SURE = 9.0  # log-odds beyond which a posterior says nothing more
DEAR, RARE, MOST, LETTERS = 8.0, 12.0, 25.0, 60.0  # nats: a dear reading, a rare word; more is cut off
UNHEARD = 10.0  # nats of a misreading that engines hardly ever make; every second time it was printed so
WORN = 0.15  # nats a letter from which a page is so worn that it is the engine's misreading after all
LEAST = 1e-5  # shares below which a rival says nothing more
_CIRCUMFLEX = frozenset("âîûÂÎÛ")


class Read(NamedTuple):
    """A sentence as it was read: by whom, and whether the calibration was made for such damage."""

    finder: Finder
    readings: Sequence[Reading]
    calibrated: bool = True


def signs_of(sentences: Sequence[Read]) -> Iterator[tuple[float, ...]]:
    """Yield the signs of every reading of *sentences*, which are one document or window, in order."""
    readings = [(read.finder, reading) for read in sentences for reading in read.readings]
    if not readings:
        return
    odds = [_odds(reading.confidence) for _, reading in readings]
    doubt = log(sum(1.0 - reading.confidence for _, reading in readings) / len(readings) + 1e-3)
    worn = damage(sentences)
    for i, (finder, reading) in enumerate(readings):
        beside = min(odds[i - 1] if i else SURE, odds[i + 1] if i + 1 < len(odds) else SURE)
        own = *_own(reading, finder, odds[i]), doubt, log(worn + 1e-3)
        yield (*own, *_further(reading, odds[i]), beside, *_last(reading), may_be_misprint(reading.arc, finder, worn))


def _odds(probability: float) -> float:
    return log(max(probability, 1e-4) / max(1.0 - probability, 1e-4))


def _own(reading: Reading, finder: Finder, odds: float) -> tuple[float, ...]:
    """The signs from ``always`` to ``digits``."""
    candidate, read = reading.arc.candidate, reading.arc.read
    printed = candidate.surface
    cost = min(candidate.cost, MOST)
    word = min(finder.alone(candidate) - candidate.cost, MOST)
    changed, unlisted = printed != read, candidate.first < 0 and candidate.first != FOREIGN
    size = len(printed)
    return (
        1.0, odds, cost / 10, max(0.0, cost - DEAR) / 10, word / 10, max(0.0, word - RARE) / 10,
        unlisted and not changed, unlisted and changed, candidate.first == FOREIGN, changed,
        size == 1, size == 2, size == 3, is_upper(printed[0]), is_capitals(printed), any(map(str.isdigit, printed)),
    )  # fmt: skip


def _further(reading: Reading, odds: float) -> tuple[float, ...]:
    """The signs from ``posterior_unlisted`` to ``read_odd``."""
    candidate, read = reading.arc.candidate, reading.arc.read
    printed, small = candidate.surface, lower(candidate.surface)
    unlisted = candidate.first < 0 and candidate.first != FOREIGN
    rival = in_case = 0.0
    circumflex = False
    for arc, share in reading.rivals:
        if lower(arc.candidate.surface) == small:
            in_case += share
        else:
            rival += share
        circumflex = circumflex or not _CIRCUMFLEX.isdisjoint(arc.candidate.surface)
    circumflex = circumflex and _CIRCUMFLEX.isdisjoint(printed)
    letters = min(candidate.letters, LETTERS) if unlisted else 0.0
    size = max(1, len(printed))
    digits = any(map(str.isdigit, printed))
    return (
        odds * unlisted, min(candidate.cost, MOST) / size, letters / size, log(rival + LEAST), log(in_case + LEAST),
        circumflex, _is_odd(printed, digits=True), not digits and _is_odd(read, digits=False),
    )  # fmt: skip


def _is_odd(word: str, digits: bool) -> bool:
    return any(not (c.isalnum() if digits else c.isalpha()) and c not in APOSTROPHES for c in word)


def _last(reading: Reading) -> tuple[float, ...]:
    """The signs from ``length`` to ``made_form``."""
    candidate = reading.arc.candidate
    printed = candidate.surface
    odd_capital = candidate.case == "common" and is_upper(printed[0])
    marked = any(c in APOSTROPHES for c in printed)
    return (len(printed) / 10, marked, not reading.rivals, odd_capital, candidate.first >= MADE)


def damage(sentences: Sequence[Read]) -> float:
    """Return how worn a page is: nats that misreading cost, a letter."""
    costs = [
        min(reading.arc.candidate.cost, MOST) / max(1, len(reading.arc.candidate.surface))
        for read in sentences
        for reading in read.readings
    ]
    return max(0.0, sum(costs) / len(costs)) if costs else 0.0


def may_be_misprint(arc: Arc, finder: Finder, worn: float) -> bool:
    """Tell whether a changed word was read right but for one thing that engines hardly ever do: people do it.

    Not so on *worn* pages, where engines do anything, nor with letters that Turkish hasn't got.
    """
    if (
        arc.candidate.surface == arc.read
        or arc.candidate.cost < UNHEARD
        or worn > WORN
        or not in_turkish_letters(arc.read)
    ):
        return False
    misread = [rule.cost for rule in finder.steps(arc.candidate.surface, arc.read) if rule.printed != rule.read]
    return len(misread) == 1 and misread[0] >= UNHEARD


class Calibration(NamedTuple):
    """Weights of the signs, and the staircase: scores and the probabilities there, both rising."""

    weights: tuple[float, ...]
    scores: tuple[float, ...]
    probabilities: tuple[float, ...]

    @staticmethod
    @cache
    def load() -> Calibration:
        """The calibration that ships with Onar, loaded once."""
        try:
            text = (resources.files("onar.seeds") / "calibration.tsv").read_text(encoding="utf-8")
        except OSError as error:
            raise KnowledgeError(f"seeds/calibration.tsv: {error}; reinstall Onar") from error
        return Calibration.parse(text)

    @staticmethod
    def parse(text: str) -> Calibration:
        """Read a table: a row for the weight of every sign, and one for every step of the staircase.

        Raises :class:`KnowledgeError` where a sign has no weight, or the steps don't rise.
        """
        rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")][1:]
        try:
            weights = {name: float(value) for kind, name, value in rows if kind == "sign"}
            steps = [(float(score), float(value)) for kind, score, value in rows if kind == "step"]
            found = Calibration(
                tuple(weights[name] for name in SIGNS), tuple(s for s, _ in steps), tuple(p for _, p in steps)
            )
        except (KeyError, ValueError) as error:
            raise KnowledgeError(f"seeds/calibration.tsv: {error}: run `python bench/calibrate.py`") from error
        if not steps or steps != sorted(steps) or list(found.probabilities) != sorted(found.probabilities):
            raise KnowledgeError("seeds/calibration.tsv: its steps don't rise: run `python bench/calibrate.py`")
        return found

    def score(self, signs: Sequence[float]) -> float:
        """Return the log-odds, before the staircase, that a reading with these *signs* is right."""
        return sum(weight * sign for weight, sign in zip(self.weights, signs, strict=True))

    def probability(self, score: float) -> float:
        """Return the probability at *score*: between two steps on the straight line that joins them.

        >>> Calibration((), (0.0, 2.0), (0.5, 0.9)).probability(1.0)
        0.7
        """
        at = bisect_right(self.scores, score)
        if at in (0, len(self.scores)):
            return self.probabilities[min(at, len(self.scores) - 1)]
        low, high = self.scores[at - 1], self.scores[at]
        share = (score - low) / (high - low)
        return self.probabilities[at - 1] * (1.0 - share) + self.probabilities[at] * share

    def confidences(self, sentences: Sequence[Read]) -> Iterator[float]:
        """Yield for every reading of *sentences*, one document or window, the probability that it is right.

        Readings of damage the calibration was not made for keep the posterior.
        """
        raw = ((reading.confidence, read.calibrated) for read in sentences for reading in read.readings)
        for signs, (posterior, calibrated) in zip(signs_of(sentences), raw, strict=True):
            yield self.probability(self.score(signs)) if calibrated else posterior


def logistic(score: float) -> float:
    """Return the probability of a log-odds *score*.

    >>> logistic(0.0)
    0.5
    """
    return 1.0 / (1.0 + exp(-max(-40.0, min(40.0, score))))
