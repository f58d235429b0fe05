"""How good a restoration is, counted against what was printed.

- A printed word is *right*, *repaired*, *missed* or *harmed*: read and restored text are each held against it.
- CER and WER are edits over printed letters and words; precision is the share of the changes that agree with the print.
- Every figure is a count before it is a rate: counts of pages and of documents add up (``sum`` of :class:`Score`).
- An error inside a word is a *confusion*, ``printed>read``; :func:`confusions` tells which were healed, left or added.

Printed ``düzende``, read ``diizende``, restored ``düzende``: one word repaired, one ``ü>ii`` healed.
Start reading at :func:`score_pages`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from itertools import accumulate

from rapidfuzz.distance import Levenshtein

from onar.evaluation.evaluate_words import Edit, Pair, Pairing, core, edits, normalise, page_words, paired

__all__ = ["Confusion", "Outcome", "Score", "confusions", "outcomes", "score", "score_pages"]


@dataclass(frozen=True, slots=True)
class Score:
    """The counts of one page, document or collection; ``raw`` ones are of the OCR text, others of the restored one.

    ``right + harmed`` are the words the OCR read right, ``repaired + missed`` those it damaged; of the missed,
    ``changed_wrong`` were changed into another wrong word. ``changes`` are changed words, ``good_changes`` those
    that agree with the print. ``core`` words are compared without the punctuation around them.
    """

    characters: int = 0
    words: int = 0
    character_errors: int = 0
    word_errors: int = 0
    core_words: int = 0
    core_errors: int = 0
    raw_character_errors: int = 0
    raw_word_errors: int = 0
    right: int = 0
    repaired: int = 0
    missed: int = 0
    harmed: int = 0
    changed_wrong: int = 0
    changes: int = 0
    good_changes: int = 0

    def __add__(self, other: Score) -> Score:
        """Add the counts of *other*, so that pages make a document and documents a collection."""
        return Score(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    def __radd__(self, other: int | Score) -> Score:
        """Let ``sum`` begin at 0."""
        return self if isinstance(other, int) else other + self

    @property
    def cer(self) -> float:
        """Letter edits over printed letters."""
        return _rate(self.character_errors, self.characters)

    @property
    def wer(self) -> float:
        """Word edits over printed words."""
        return _rate(self.word_errors, self.words)

    @property
    def raw_cer(self) -> float:
        """CER of the OCR text."""
        return _rate(self.raw_character_errors, self.characters)

    @property
    def raw_wer(self) -> float:
        """WER of the OCR text."""
        return _rate(self.raw_word_errors, self.words)

    @property
    def core_wer(self) -> float:
        """WER of the words without the punctuation around them."""
        return _rate(self.core_errors, self.core_words)

    @property
    def precision(self) -> float:
        """Share of the changed words that agree with the print; 1 when nothing was changed."""
        return _rate(self.good_changes, self.changes) if self.changes else 1.0

    @property
    def harm(self) -> float:
        """Share of the words read right that are wrong in the restored text."""
        return _rate(self.harmed, self.right + self.harmed)

    def as_dict(self) -> dict[str, int | float]:
        """The counts and the rates by name, ready for JSON."""
        counts: dict[str, int | float] = {f.name: getattr(self, f.name) for f in fields(self)}
        rates = ("cer", "wer", "core_wer", "raw_cer", "raw_wer", "precision", "harm")
        return counts | {name: round(getattr(self, name), 6) for name in rates}


def _rate(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """One printed word, what was read and what was restored in its place, and the verdict."""

    page: int
    printed: str
    ocr: str
    restored: str
    verdict: str  # right, repaired, missed, harmed


def score(printed: str, restored: str, ocr: str) -> Score:
    """Count *restored* against *printed*, given what the *ocr* had read.

    >>> s = score("yeni düzende", "yeni düzende", "yeni diizende")
    >>> s.repaired, s.harmed, s.raw_wer, s.wer
    (1, 0, 0.5, 0.0)
    """
    return sum(score_pages(printed, restored, ocr), Score())


def score_pages(printed: str, restored: str, ocr: str) -> tuple[Score, ...]:
    """Count each printed page; the pages add up to the document.

    The whole documents are aligned, and every edit belongs to the page of the printed word it touches, so the texts
    need not have the same number of pages.
    """
    pages = page_words(printed)
    g = [word for page in pages for word in page]
    h, o = normalise(restored).split(), normalise(ocr).split()
    of_word = [at for at, page in enumerate(pages) for _ in page] or [0]
    counts = [dict.fromkeys((f.name for f in fields(Score)), 0) for _ in pages]
    for at, page in enumerate(pages):
        counts[at]["words"] = len(page)
    _count_characters(counts, g, " ".join(h), " ".join(o), of_word)
    _count_edits(counts, "word_errors", g, h, of_word)
    _count_edits(counts, "raw_word_errors", g, o, of_word)
    _count_cores(counts, g, h, of_word)
    before, after = paired(g, o), paired(g, h)
    for found in _outcomes(g, before, after, of_word):
        counts[found.page][found.verdict] += 1
        counts[found.page]["changed_wrong"] += found.verdict == "missed" and found.ocr != found.restored
    page_of = _pages_of_read(g, o, of_word)
    _count_changes(counts, edits(o, h), before, after, page_of)
    return tuple(Score(**row) for row in counts)


def _count_edits(
    counts: list[dict[str, int]], name: str, left: Sequence[str], right: Sequence[str], page_of: Sequence[int]
) -> None:
    """Add each edit from *left* to *right* to the page of the item it touches (an insertion: of the item before)."""
    for edit in Levenshtein.editops(left, right):
        at = edit.src_pos - (edit.tag == "insert")
        counts[page_of[min(max(at, 0), len(page_of) - 1)]][name] += 1


def _count_characters(
    counts: list[dict[str, int]], g: Sequence[str], restored: str, ocr: str, of_word: Sequence[int]
) -> None:
    text = " ".join(g)
    ends = list(accumulate(len(word) + 1 for word in g))
    page_of = [of_word[bisect_right(ends, at)] for at in range(len(text))] or [0]
    for page in page_of[: len(text)]:
        counts[page]["characters"] += 1
    _count_edits(counts, "character_errors", text, restored, page_of)
    _count_edits(counts, "raw_character_errors", text, ocr, page_of)


def _count_cores(counts: list[dict[str, int]], g: Sequence[str], h: Sequence[str], of_word: Sequence[int]) -> None:
    cores = [(core(word), page) for word, page in zip(g, of_word, strict=False) if core(word)]
    page_of = [page for _, page in cores] or [0]
    for _, page in cores:
        counts[page]["core_words"] += 1
    _count_edits(counts, "core_errors", [word for word, _ in cores], [core(w) for w in h if core(w)], page_of)


def _count_changes(
    counts: list[dict[str, int]], changes: Sequence[Edit], before: Pairing, after: Pairing, page_of: Sequence[int]
) -> None:
    """Changed words and the good ones among them; taking out what the print doesn't have is good too."""
    for tag, a0, a1, b0, b1 in changes:
        if tag == "equal":
            continue
        row = counts[page_of[min(a0, len(page_of) - 1)]]
        row["changes"] += b1 - b0 if b1 > b0 else a1 - a0
        row["good_changes"] += (
            sum(after.agrees[b0:b1]) if b1 > b0 else sum(not agrees for agrees in before.agrees[a0:a1])
        )


def _pages_of_read(g: Sequence[str], o: Sequence[str], of_word: Sequence[int]) -> list[int]:
    """The printed page on which each read word stands."""
    pages = [0] * len(o)
    for _, a0, a1, b0, b1 in edits(g, o):
        for k in range(b1 - b0):
            pages[b0 + k] = of_word[min(a0 + min(k, max(a1 - a0 - 1, 0)), len(of_word) - 1)]
    return pages or [0]


def outcomes(printed: str, restored: str, ocr: str) -> tuple[Outcome, ...]:
    """Return the fate of each printed word, in the order of the print.

    >>> [f"{x.ocr} {x.verdict}" for x in outcomes("yeni düzende", "yeni düzende", "yeni diizende")]
    ['yeni right', 'diizende repaired']
    """
    pages = page_words(printed)
    g = [word for page in pages for word in page]
    of_word = [at for at, page in enumerate(pages) for _ in page]
    before, after = paired(g, normalise(ocr).split()), paired(g, normalise(restored).split())
    return tuple(_outcomes(g, before, after, of_word))


def _outcomes(g: Sequence[str], before: Pairing, after: Pairing, of_word: Sequence[int]) -> Iterable[Outcome]:
    for word, page, read, restored in zip(g, of_word, before.pairs, after.pairs, strict=False):
        yield Outcome(page, word, read.text, restored.text, _verdict(read, restored))


def _verdict(before: Pair, after: Pair) -> str:
    if before.right:
        # the same text on both sides can only be a tie of the alignment: nothing was done to it
        return "right" if after.right or after.text == before.text else "harmed"
    return "repaired" if after.right else "missed"


@dataclass(frozen=True, slots=True)
class Confusion:
    """One way the engine misread, ``printed>read``: places in the OCR text (*healed* or *left*) and those *added*."""

    name: str
    healed: int = 0
    left: int = 0
    added: int = 0

    @property
    def before(self) -> int:
        """Places in the OCR text."""
        return self.healed + self.left


def confusions(printed: str, restored: str, ocr: str) -> tuple[Confusion, ...]:
    """Return the confusions inside the words, the most frequent first.

    A place is *left* when the restored word is still wrong there, whatever it reads now; *added* places were right
    in the OCR text. Counts of several documents add up by name.

    >>> confusions("yeni düzende", "yeni düzende", "yeni diizende")
    (Confusion(name='ü>ii', healed=1, left=0, added=0),)
    """
    rows: dict[str, list[int]] = {}
    for found in outcomes(printed, restored, ocr):
        before, after = _places(found.printed, found.ocr), _places(found.printed, found.restored)
        for place in before:
            left = any(_touch(place, other) for other in after)
            rows.setdefault(place[2], [0, 0, 0])[left] += 1
        for place in after:
            if not any(_touch(place, other) for other in before):
                rows.setdefault(place[2], [0, 0, 0])[2] += 1
    table = [Confusion(name, *row) for name, row in rows.items()]
    return tuple(sorted(table, key=lambda c: (-c.before, -c.added, c.name)))


def _places(printed: str, read: str) -> list[tuple[int, int, str]]:
    """Where *read* departs from *printed*: start and end in the printed word, and the confusion."""
    places: list[tuple[int, int, int, int]] = []
    for tag, a0, a1, b0, b1 in edits(printed, read):
        if tag == "equal":
            continue
        if places and places[-1][1] == a0 and places[-1][3] == b0:
            places[-1] = (places[-1][0], a1, places[-1][2], b1)
        else:
            places.append((a0, a1, b0, b1))
    return [(a0, a1, f"{printed[a0:a1]}>{read[b0:b1]}") for a0, a1, b0, b1 in places]


def _touch(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    return one[0] <= max(other[1] - 1, other[0]) and other[0] <= max(one[1] - 1, one[0])
