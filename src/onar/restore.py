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

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from onar._version import __version__
from onar.ailments.glyphs import mend
from onar.ailments.ward import Ward
from onar.changelog.changes import Change, Restoration, locate
from onar.changelog.mended import Edit, Mended, merged
from onar.channel.confusions import load_channel
from onar.channel.rules import read_rules, write_rules
from onar.explain import Explanation, explained
from onar.language.context import Context
from onar.language.dictionary import Dictionary
from onar.language.knowledge import manifest
from onar.language.lexicon import Lexicon
from onar.reader import Knowledge, Reader, Window
from onar.reading.candidates import Finder
from onar.reading.confidence import Calibration
from onar.reading.marks import mended_marks
from onar.reading.proposals import proposals
from onar.reading.specks import spaces, specks
from onar.reading.starts import small_again
from onar.reading.trust import NO_TRUST, Trust
from onar.reading.windows import windows

__all__ = ["Restorer", "explain", "restore"]


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
        min_confidence: float = 0.25,
        keep_foreign: bool = True,
        dictionary: str | Path | None = None,
    ) -> None:
        """Fix the options; knowledge is loaded with the first text."""
        self.words = tuple(dict.fromkeys(word.strip() for word in words if word.strip()))
        self.rules = read_rules(rules) if rules is not None else ()
        self.min_confidence = min_confidence
        self.keep_foreign = keep_foreign
        self.dictionary = Path(dictionary) if dictionary is not None else None

    def __getstate__(self) -> dict[str, object]:
        """Leave the knowledge behind: every process maps its own."""
        return {name: value for name, value in self.__dict__.items() if name not in ("_knowledge", "_versions")}

    @cached_property
    def _knowledge(self) -> Knowledge:
        lexicon, channel = Lexicon.load().with_words(self.words), load_channel(self.rules)
        dictionary = Dictionary(self.dictionary) if self.dictionary is not None else None
        lexicon = dictionary.added_to(lexicon) if dictionary else lexicon
        return Knowledge(lexicon, channel, Context.load(), Finder(lexicon, channel), dictionary)

    @property
    def signature(self) -> dict[str, object]:
        """Version, knowledge and options: the same signature and text give the same bytes.

        Words, rules and a dictionary are told by a digest of what is in them.
        """
        return {
            "onar": __version__,
            "knowledge": self._versions[0],
            "rules": self._versions[1],
            "options": self._options(),
        }

    @cached_property
    def _versions(self) -> tuple[str, str]:
        """The digests of the word lists and models, and of all confusions."""
        return str(manifest().get("knowledge", "")), _digest(write_rules(self._knowledge.channel.rules))

    def _options(self) -> dict[str, object]:
        options: dict[str, object] = {"min_confidence": self.min_confidence, "keep_foreign": self.keep_foreign}
        if self.words:
            options["words"] = _digest("\n".join(self.words))
        if (dictionary := self._knowledge.dictionary) is not None:
            options["dictionary"] = dictionary.digest
        return options

    def restore(
        self,
        text: str,
        *,
        confidences: Sequence[tuple[int, int, float]] = (),
        progress: Callable[[float], object] | None = None,
        gather: Callable[[Iterable[Change]], Sequence[Change]] = tuple,
    ) -> Restoration:
        """Return *text* restored.

        *confidences* are the OCR engine's own, as (start, end, probability), in text order: a doubtful word is sooner
        changed, a sure one later (`reading.trust`, docs/confidence.md). *progress* hears, now and then, which share of
        the text is done. *gather* makes the sequence of the changes; for a book, `changelog.packed.Packed` is a fraction of
        the size of a tuple. Time grows with the length of the text.
        """
        return Restoration(text, gather(self._changes(text, Trust.of(confidences), progress)), self.signature)

    def read(self, text: str) -> Iterator[Window]:
        """Yield the readings of *text* behind its restoration, a window of up to 13,000 words at a time."""
        yield from self._windows(mend(text, self._knowledge.lexicon))

    def _windows(
        self, mended: Mended, trust: Trust = NO_TRUST, progress: Callable[[float], object] | None = None
    ) -> Iterator[Window]:
        known = self._knowledge
        size = max(1, len(mended.text))
        tell = (lambda done: progress(done / size)) if progress else (lambda done: None)
        trust = NO_TRUST if mended.ops else trust  # it speaks of places in the source
        reader = Reader(known, Ward(mended.text, known.lexicon), self.keep_foreign, trust)
        return reader.read(mended.text, windows(mended.text), tell)

    def _edits(self, mended: Mended, window: Window) -> Iterator[Edit]:
        """Yield what the readings of *window* propose, in text order and in places of the whole text."""
        known = self._knowledge
        words = list(proposals(window.text, window.sentences, Calibration.load(), self.min_confidence))
        english = [reading for read in window.sentences if read.calibrated for reading in read.readings]
        marks = sorted(
            (
                *mended_marks(window.text, english, known.context),
                *specks(window.text, english),
                *spaces(window.text, english, known.lexicon, known.context),
            )
        )
        for edit in sorted((*small_again(window.text, words, marks, english, known.context), *marks)):
            start, end = edit.start + window.start, edit.end + window.start
            if edit.after == window.text[edit.start : edit.end] and mended.inside(*mended.span(start, end)):
                continue  # a mended word that is suspicious is a change already
            yield edit._replace(start=start, end=end)

    def _changes(self, text: str, trust: Trust, progress: Callable[[float], object] | None) -> Iterator[Change]:
        """Yield a change for every mending and every word that was read differently, window after window."""
        mended, places = mend(text, self._knowledge.lexicon), locate(text)
        edits = (edit for window in self._windows(mended, trust, progress) for edit in self._edits(mended, window))
        for edit in merged(mended, edits):
            yield places.change(
                edit.start,
                edit.end,
                edit.after,
                rules=edit.rules,
                confidence=edit.confidence,
                alternatives=edit.alternatives,
                status="applied" if edit.applied and edit.confidence >= self.min_confidence else "flagged",
            )

    def explain(self, text: str) -> Explanation:
        """Return what each word of *text*, a few words, may have been, and what each reading costs.

        >>> Restorer(words=["Şanghay"]).explain("Sanghay").words[0].candidates[0].kind
        'listed'
        """
        known = self._knowledge
        return explained(text, known.finder, known.context, self.keep_foreign)

    def restore_many(self, texts: Iterable[str], *, jobs: int = 1) -> Iterator[Restoration]:
        """Yield the restoration of each of *texts*, in order, with *jobs* processes."""
        from onar.batches.parallel import map_ordered  # brings multiprocessing with it, which most runs never need

        return map_ordered(self.restore, texts, jobs)


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def restore(text: str) -> Restoration:
    """Return *text* restored with the default options.

    >>> restore("Tiirkiye'nin giivenligi").text
    "Türkiye'nin güvenliği"
    """
    return _default().restore(text)


def explain(text: str) -> Explanation:
    """Return what each word of *text* may have been, with the default options.

    >>> print(explain("diizende").printed)
    düzende
    """
    return _default().explain(text)


def _default() -> Restorer:
    return _DEFAULT


_DEFAULT = Restorer()
