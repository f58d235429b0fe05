"""The pipeline: a damaged text in, the printed text and its log out.

- The text is cut into atoms (`segment`) and judged passage by passage (`passages`): right text is left alone.
- Each sentence becomes a lattice of candidate readings (`lattice`, `candidates`), and the best path through it is the
  reading (`decode`).
- A first reading teaches what this document is about and how its engine misread (`memory`); the second uses it.
- Every word that reads differently is a change (`changes`); the restored text is the source with the changes put in.

``"kurulan yeni diizende"`` → ``düzende`` for ``diizende``, by the rule ``ü>ii``. Start reading at
:meth:`Restorer.restore`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from onar import segment
from onar._version import __version__
from onar.ailments import ENGLISH, Ailment, Ward
from onar.candidates import Finder
from onar.changes import Change, Restoration, locate
from onar.confusions import Channel, load_channel
from onar.context import Context
from onar.decode import Reading, decode
from onar.glyphs import mend
from onar.lattice import Piece, build, pieces, signs
from onar.lexicon import Lexicon
from onar.memory import learn
from onar.mended import Edit, Mended, merged
from onar.parallel import map_ordered
from onar.passages import sentences
from onar.rules import read_rules

__all__ = ["Restorer", "restore"]

Planned = tuple[Sequence[Piece], str, Ailment]  # a sentence, the text after it, what ails it
ALTERNATIVES = 4  # rivals told with a change
WORTH_TELLING = 0.005  # probability below which a rival is not told


@dataclass(frozen=True)
class _Knowledge:
    """What a restorer knows: word forms, confusions, neighbours."""

    lexicon: Lexicon
    channel: Channel
    context: Context


class Restorer:
    """Restores texts with one set of options: reusable, thread-safe, picklable.

    *words* are added to the lexicon; *rules* is a table (path or text) laid over the confusion table; changes less sure
    than *min_confidence* are flagged, not applied; *dictionary* is a Hunspell dictionary whose words count as known.

    >>> Restorer().restore("kurulan yeni diizende").text
    'kurulan yeni düzende'
    """

    def __init__(
        self,
        *,
        words: Iterable[str] = (),
        rules: str | Path | None = None,
        min_confidence: float = 0.5,
        keep_foreign: bool = True,
        dictionary: str | Path | None = None,
    ) -> None:
        """Fix the options; knowledge is loaded with the first text."""
        self.words = tuple(words)
        self.rules = read_rules(rules) if rules is not None else ()
        self.min_confidence = min_confidence
        self.keep_foreign = keep_foreign
        self.dictionary = Path(dictionary) if dictionary is not None else None

    def __getstate__(self) -> dict[str, object]:
        """Leave the knowledge behind: every process maps its own."""
        return {name: value for name, value in self.__dict__.items() if name != "_knowledge"}

    @cached_property
    def _knowledge(self) -> _Knowledge:
        return _Knowledge(Lexicon.load(), load_channel(self.rules), Context.load())

    @property
    def signature(self) -> dict[str, object]:
        """Version, knowledge and options: the same signature and text give the same bytes."""
        return {
            "onar": __version__,
            "knowledge": getattr(self._knowledge.lexicon, "fingerprint", ""),
            "options": {"min_confidence": self.min_confidence, "keep_foreign": self.keep_foreign},
        }

    def restore(self, text: str, *, confidences: Sequence[tuple[int, int, float]] = ()) -> Restoration:
        """Return *text* restored; *confidences* are the engine's own, as (start, end, probability), in text order."""
        known = self._knowledge
        mended = mend(text, known.lexicon)
        finder = Finder(known.lexicon, known.channel)
        words = pieces(list(segment.cut(mended.text, signs(finder))))
        ward = Ward(mended.text, known.lexicon)
        plan = list(sentences(words, mended.text, ward.ailment))
        reader, channel = self._schooled(mended.text, plan, finder)
        edits: list[Edit] = []
        for sentence, after, ailment in plan:
            one, its_channel = (reader, channel) if ailment == ENGLISH else ward.finder(ailment)
            edits += self._edits(self._read(sentence, after, one), its_channel)
        return Restoration(text, tuple(self._changes(mended, edits)), self.signature)

    def _read(self, sentence: Sequence[Piece], after: str, finder: Finder) -> list[Reading]:
        """Return the best reading of a sentence."""
        return decode(build(sentence, after, finder, self.keep_foreign), self._knowledge.context)

    def _schooled(self, text: str, plan: Sequence[Planned], finder: Finder) -> tuple[Finder, Channel]:
        """Return the finder and channel of a second reading: what a first one taught."""
        known = self._knowledge
        first: list[Reading] = []
        for sentence, after, ailment in plan:
            if ailment == ENGLISH:
                first += self._read(sentence, after, finder)
        channel, expectations = learn(text, first, known.channel, known.lexicon)
        return Finder(known.lexicon, channel, expectations), channel

    def _changes(self, mended: Mended, edits: Iterable[Edit]) -> Iterator[Change]:
        """Yield a change for every mending and every word that was read differently."""
        places = locate(mended.source)
        for edit in merged(mended, edits):
            yield places.change(
                edit.start,
                edit.end,
                edit.after,
                rules=edit.rules,
                confidence=edit.confidence,
                alternatives=edit.alternatives,
                status="applied" if edit.confidence >= self.min_confidence else "flagged",
            )

    def _edits(self, readings: Iterable[Reading], channel: Channel) -> Iterator[Edit]:
        """Yield an edit for every reading that differs from what was read."""
        for arc, confidence, rivals in readings:
            printed = arc.candidate.surface
            if printed == arc.read:
                continue
            _, steps = channel.cost(printed, arc.read)
            yield Edit(
                arc.start,
                arc.stop,
                _broken(printed, arc.at, arc.gap, [(len(rule.printed), len(rule.read)) for rule in steps]),
                tuple(rule.id for rule in steps if rule.printed != rule.read),
                round(confidence, 4),
                tuple(
                    (rival.candidate.surface, round(share, 4))
                    for rival, share in rivals[:ALTERNATIVES]
                    if share >= WORTH_TELLING and rival.stop == arc.stop
                ),
                confidence >= self.min_confidence,
            )

    def restore_many(self, texts: Iterable[str], *, jobs: int = 1) -> Iterator[Restoration]:
        """Yield the restoration of each of *texts*, in order, with *jobs* processes."""
        return map_ordered(self.restore, texts, jobs)


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
    return printed[:whole] + gap + printed[whole:]


def restore(text: str) -> Restoration:
    """Return *text* restored with the default options.

    >>> restore("Tiirkiye'nin giivenligi").text
    "Türkiye'nin güvenliği"
    """
    return _default().restore(text)


def _default() -> Restorer:
    return _DEFAULT


_DEFAULT = Restorer()
