"""Evaluation line by line, where more than one reading of a line counts as right.

- Line N of the print, the OCR text and the restored text is the same printed line; a broken word counts in its halves.
- An *alternative* is a reading that is as good as the printed one: ``ŞİÖ nün`` for ``ŞİÖ’nün``. A table gives them
  by line: line, token, alternatives parted by ``|``, tabs between.
- Only quotes, apostrophes and dashes are unified; everything else is compared as printed.

With the row ``16  ŞİÖ’nün  ŞİÖ nün`` a restored line 16 with ``ŞİÖ nün`` is right.
Start reading at :func:`score_lines`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from rapidfuzz.distance import Levenshtein

from onar.errors import InputError
from onar.evaluation.evaluate_words import edits

__all__ = ["Alternatives", "LineScore", "read_alternatives", "score_lines"]

Alternatives = Mapping[int, Sequence[tuple[list[str], list[str]]]]

_UNIFY = str.maketrans({**dict.fromkeys("’‘ʼ`´′", "'"), **dict.fromkeys("“”„«»", '"'), **dict.fromkeys("–—‐‑−", "-")})
_EDGES = '.,;:()"'


@dataclass(frozen=True, slots=True)
class LineScore:
    """Counts over lines; ``damaged`` words were misread, ``wrong`` the lines left wrong: number, print, restored."""

    words: int = 0
    errors: int = 0
    raw_errors: int = 0
    damaged: int = 0
    repaired: int = 0
    harmed: int = 0
    wrong: tuple[tuple[int, str, str], ...] = ()

    def __add__(self, other: LineScore) -> LineScore:
        """Add counts, so that documents make a collection."""
        return LineScore(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def wer(self) -> float:
        """Word edits over printed words."""
        return self.errors / self.words if self.words else 0.0

    @property
    def raw_wer(self) -> float:
        """WER of the OCR text."""
        return self.raw_errors / self.words if self.words else 0.0


def read_alternatives(text: str, name: str = "alternatives") -> Alternatives:
    r"""Read a table of alternatives: line, token and readings parted by ``|``; a first row may be a heading.

    >>> read_alternatives("line\ttoken\talternatives\n16\tŞİÖ’nün\tŞİÖ nün")
    {16: [(["ŞİÖ'nün"], ['ŞİÖ', 'nün'])]}
    """
    table: dict[int, list[tuple[list[str], list[str]]]] = {}
    for number, row in enumerate(text.replace("\r", "").split("\n"), 1):
        cells = row.split("\t")
        if not row or (number == 1 and not cells[0].isdigit()):
            continue
        if len(cells) < 3 or not (cells[0].isascii() and cells[0].isdigit()):
            raise InputError(f"{name}:{number}: not a row of line, token, alternatives: put tabs between three cells")
        for other in cells[2].split("|"):
            table.setdefault(int(cells[0]), []).append((_words(cells[1]), _words(other)))
    return table


def score_lines(
    printed: str,
    restored: str,
    ocr: str,
    alternatives: Alternatives | None = None,
    lines: tuple[int, int] | None = None,
) -> LineScore:
    """Count the *lines* (first, last, from 1) of *restored* against *printed*.

    >>> score_lines("yeni düzende", "yeni düzende", "yeni diizende").repaired
    1
    """
    rows = [text.replace("\f", "").split("\n") for text in (printed, restored, ocr)]
    first, last = lines or (1, len(rows[0]))
    total = LineScore()
    for n in range(first, min(last, len(rows[0])) + 1):
        gold, read, seen = (_words(row[n - 1]) if n <= len(row) else [] for row in rows)
        total += _score_line(n, gold, read, seen, (alternatives or {}).get(n, ()))
    return total


def _score_line(
    n: int, gold: list[str], read: list[str], seen: list[str], others: Sequence[tuple[list[str], list[str]]]
) -> LineScore:
    gold_read, gold_seen = _accept(gold, read, others), _accept(gold, seen, others)
    damaged = repaired = harmed = 0
    if len(gold_read) == len(gold_seen):
        for _, before, after in zip(gold, _right(gold_seen, seen), _right(gold_read, read), strict=False):
            damaged += not before
            repaired += not before and after
            harmed += before and not after
    errors, raw_errors = Levenshtein.distance(gold_read, read), Levenshtein.distance(gold_seen, seen)
    wrong = ((n, " ".join(gold_read), " ".join(read)),) if gold_read != read else ()
    return LineScore(len(gold), errors, raw_errors, damaged, repaired, harmed, wrong)


def _words(line: str) -> list[str]:
    return unicodedata.normalize("NFC", line).translate(_UNIFY).split()


def _accept(printed: list[str], read: list[str], others: Sequence[tuple[list[str], list[str]]]) -> list[str]:
    """The printed words with each alternative reading put in place that brings them nearer to what was read."""
    for token, other in others:
        for at in range(len(printed) - len(token) + 1):
            here = printed[at : at + len(token)]
            if [w.strip(_EDGES) for w in here] != [w.strip(_EDGES) for w in token]:
                continue
            trial = printed[:at] + _swap(here, token, other) + printed[at + len(token) :]
            if Levenshtein.distance(trial, read) < Levenshtein.distance(printed, read):
                printed = trial
    return printed


def _swap(here: list[str], token: list[str], other: list[str]) -> list[str]:
    """Put *other* for *token*, keeping the punctuation of the line where the words match one to one."""
    if len(token) != len(other):
        return other
    return [
        word.replace(old.strip(_EDGES), new.strip(_EDGES)) if old.strip(_EDGES) else word
        for word, old, new in zip(here, token, other, strict=True)
    ]


def _right(printed: list[str], read: list[str]) -> list[bool]:
    flags = [False] * len(printed)
    for tag, a0, a1, _, _ in edits(printed, read):
        if tag == "equal":
            flags[a0:a1] = [True] * (a1 - a0)
    return flags
