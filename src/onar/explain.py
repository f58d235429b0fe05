"""Why a word was read as it was: its candidates, each with an itemised bill.

- A few words are one sentence: their lattice is built and read as in a restoration, without what a document teaches.
- Every candidate of a place is told with the steps of the channel it takes (rule and nats), the price of its letters
  read rightly, of its form (capitals, apostrophe, circumflex) and of the word beside its neighbours.
- The items add up to the total; the probability is the share of all readings that go through the candidate.

``diizende`` was ``düzende``: one step ``ü>ii``, then the price of the word. Start reading at :func:`explained`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from onar import segment
from onar.language.context import BOUNDARY, Context
from onar.reading.candidate import FOREIGN, Arc, Candidate
from onar.reading.candidates import Finder
from onar.reading.decode import Reading, beside, decode
from onar.reading.lattice import build, signs
from onar.reading.pieces import pieces

__all__ = ["Explained", "Explanation", "Step", "Word", "explained"]

TOLD = 8  # candidates told of a word


@dataclass(frozen=True, slots=True)
class Step:
    """One misreading: the rule's id, what was printed, what was read, and its price in nats."""

    rule: str
    printed: str
    read: str
    cost: float


@dataclass(frozen=True, slots=True)
class Explained:
    """A candidate with its bill in nats; ``total`` is the sum of ``steps``, ``rest``, ``form`` and ``word``.

    ``rest`` is the price of the letters that were read as themselves, ``form`` of capitals, apostrophe, circumflex and
    place, ``word`` of the word after and before its neighbours. ``kind`` is ``listed``, ``number``, ``foreign`` or
    ``unlisted``; ``probability`` is the share of the candidate among all readings of the sentence.
    """

    printed: str
    kind: str
    probability: float
    total: float
    steps: tuple[Step, ...]
    rest: float
    form: float
    word: float
    chosen: bool = False

    def __str__(self) -> str:
        """Return the bill on one line."""
        items = [f"{step.rule} {step.cost:.1f}" for step in self.steps]
        items += [f"other letters {self.rest:.1f}"] if self.rest >= 0.05 else []
        items += [f"form {self.form:+.1f}"] if abs(self.form) >= 0.05 else []
        items.append(f"{self.kind} word {self.word:.1f}")
        mark = "→" if self.chosen else " "
        return f"{mark} {self.printed}  {100 * self.probability:.1f} %  {self.total:.1f} = {' + '.join(items)}"


@dataclass(frozen=True, slots=True)
class Word:
    """A place of the text: what was read there, and its candidates, the chosen one first."""

    read: str
    candidates: tuple[Explained, ...]

    @property
    def printed(self) -> str:
        """The engine's choice."""
        return self.candidates[0].printed

    def __str__(self) -> str:
        """Return what was read, and a line for each candidate."""
        return "\n".join([self.read, *(f"  {candidate}" for candidate in self.candidates)])


@dataclass(frozen=True, slots=True)
class Explanation:
    """What each word of a short text may have been, and why.

    >>> from onar import explain
    >>> step = explain("diizende").words[0].candidates[0].steps[0]
    >>> step.printed, step.read
    ('ü', 'ii')
    """

    source: str
    words: tuple[Word, ...]

    @property
    def printed(self) -> str:
        """The chosen readings, parted by spaces."""
        return " ".join(word.printed for word in self.words)

    def as_dict(self) -> dict[str, Any]:
        """Return the explanation as JSON has it; every cost is rounded to a thousandth of a nat."""
        return dict(_rounded({"printed": self.printed, **asdict(self)}))

    def __str__(self) -> str:
        """Return the words with their candidates, a line for each."""
        return "\n".join(map(str, self.words))


def explained(text: str, finder: Finder, context: Context, keep_foreign: bool = True) -> Explanation:
    """Return why *finder* and *context* read *text*, a sentence at most, as they do.

    Text without a letter or digit has no words to explain. Time grows with the number of words.
    """
    words = pieces(list(segment.cut(text, signs(finder))))
    if not words:
        return Explanation(text, ())
    readings = decode(build(words, text[words[-1].end :], finder, keep_foreign), context)
    return Explanation(text, tuple(_word(i, readings, finder, context) for i in range(len(readings))))


def _word(i: int, readings: Sequence[Reading], finder: Finder, context: Context) -> Word:
    chosen = readings[i]
    around = [BOUNDARY, BOUNDARY, *(r.arc.candidate.last for r in readings[:i])][-2:]
    after = readings[i + 1].arc.candidate.first if i + 1 < len(readings) else BOUNDARY
    found = [_bill(chosen.arc, chosen.confidence, around, after, finder, context, chosen=True)]
    for arc, share in chosen.rivals[: TOLD - 1]:
        found.append(_bill(arc, share, around, after, finder, context))
    return Word(chosen.arc.read, tuple(found))


def _bill(
    arc: Arc, share: float, around: Sequence[int], after: int, finder: Finder, context: Context, chosen: bool = False
) -> Explained:
    """Itemise the price of the candidate of *arc* between its neighbours."""
    candidate = arc.candidate
    rules = finder.steps(candidate.surface, arc.read)
    steps = tuple(Step(r.id, r.printed, r.read, r.cost) for r in rules if r.printed != r.read)
    rest = sum(r.cost for r in rules if r.printed == r.read)
    spent = sum(step.cost for step in steps)
    word = candidate.letters + beside(around[0], around[1], candidate.first, context)
    word += beside(around[1], candidate.last, after, context)
    if candidate.first == FOREIGN:
        steps, rest, spent, word = (), 0.0, 0.0, word + candidate.cost
    form = candidate.cost - spent - rest if candidate.first != FOREIGN else 0.0
    return Explained(
        candidate.surface, _kind(candidate), share, spent + rest + form + word, steps, rest, form, word, chosen
    )


def _kind(candidate: Candidate) -> str:
    if candidate.first == FOREIGN:
        return "foreign"
    if candidate.first < 0:
        return "unlisted"
    return "number" if any(map(str.isdigit, candidate.surface)) else "listed"


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        return {name: _rounded(item) for name, item in value.items()}
    return [_rounded(item) for item in value] if isinstance(value, list | tuple) else value
