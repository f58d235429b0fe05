"""What is wrong with a text: the families of damage in it, with evidence, and how it will come out.

- Each family has its own evidence: words a map makes Turkish words of, pieces that join over a lost letter, words near
  known ones, the share of Turkish letters; ``seeds/families.tsv`` names the families and their usual error rates.
- Families combine: a text with a broken code page may have lost its apostrophes as well.
- Nothing is changed here; the engine takes the same evidence from the same functions.

``sýnýfý kullanýlýr`` has the family *codepages*, shown by ``sınıfı``. Start reading at :func:`diagnose`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import exp

from onar.ailments.glyphs import mend
from onar.ailments.ward import USUAL, Ward, joins, judged_words, near_misses
from onar.alphabet import like
from onar.changelog.mended import Mended
from onar.language.lexicon import Lexicon, decode, encode, folded
from onar.language.spelling import is_right, is_turkish
from onar.language.tables import cells
from onar.reading.passages import damage
from onar.segment import cut

__all__ = ["Diagnosis", "Finding", "diagnose"]

EXAMPLES = 5
_BREAK = re.compile(r"\n\s*\n|\f")
_BLOCK = 1500  # characters at least that are judged together, as the engine does
KNOWN = 0.15  # of the words without marks that must be known ones under them
LEAST_WORDS = 3
LONG = 6.2  # letters of a Turkish word in running text


@dataclass(frozen=True, slots=True)
class Finding:
    """One family of damage: how many words of the text have it, and what some of them were."""

    family: str
    words: int
    share: float
    examples: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        """One line: the family, its share of the words, examples."""
        shown = ", ".join(f"{read} → {printed}" if printed else read for read, printed in self.examples)
        return f"{self.family} {self.share:.1%} ({shown})"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What is wrong with a text of *words* words: *findings*, the gravest first; none for right text.

    *before* and *after* estimate the word error rate of the text as it is and once it is restored.
    """

    words: int
    turkish: bool
    findings: tuple[Finding, ...]
    before: float
    after: float

    @property
    def families(self) -> tuple[str, ...]:
        """The names of the families, the gravest first."""
        return tuple(finding.family for finding in self.findings)

    def as_dict(self) -> dict[str, object]:
        """The diagnosis as plain values, for JSON."""
        findings = [
            {
                "family": f.family,
                "words": f.words,
                "share": round(f.share, 4),
                "examples": [list(e) for e in f.examples],
            }
            for f in self.findings
        ]
        rates = {"wer_before": round(self.before, 4), "wer_after": round(self.after, 4)}
        return {"words": self.words, "turkish": self.turkish, "families": findings, **rates}


@cache
def _families() -> dict[str, tuple[float, float]]:
    """The share of affected words that are wrong, and that stay wrong after restoring, by family."""
    return {row["family"]: (float(row["wrong"]), float(row["left"])) for row in cells("families.tsv")}


def diagnose(text: str, lexicon: Lexicon | None = None) -> Diagnosis:
    """Return what is wrong with *text*.

    >>> diagnose("Oyuncuya saðlýk veren çarpaný kullanýlýr, sýnýfý deðiþtirir").families
    ('codepages',)
    >>> diagnose("Oyuncuya sağlık veren çarpan kullanılır, sınıfı değiştirir").families
    ()
    """
    lexicon = lexicon or Lexicon.load()
    mended = mend(text, lexicon)
    words = len(text.split())
    turkish = is_turkish(mended.text, lexicon)
    found = [*_mendings(mended, words), *(_read(mended.text, lexicon, words) if turkish else ())]
    findings = tuple(sorted(found, key=lambda f: (-f.words, f.family)))
    before = after = 0.0
    for finding in findings:
        wrong, left = _families()[finding.family]
        before += finding.share * wrong
        after += finding.share * left
    return Diagnosis(words, turkish, findings, min(1.0, before), min(1.0, after))


def _bare(word: str) -> str:
    """The code of *word* without marks, the commonest misreading undone."""
    return folded(encode(word).replace("ii", "u"))


def _mendings(mended: Mended, words: int) -> Iterator[Finding]:
    """The families whose glyphs were mended, with the words that held them."""
    touched: dict[str, Counter[tuple[str, str]]] = {}
    for op in mended.ops:
        start = end = op.start
        while start and not mended.source[start - 1].isspace() and op.start - start < 40:
            start -= 1
        end = op.end
        while end < len(mended.source) and not mended.source[end].isspace() and end - op.end < 40:
            end += 1
        example = mended.source[start:end], mended.put_in(start, end)
        touched.setdefault(op.family, Counter())[example] += 1
    for family, examples in touched.items():
        distinct = {example: count for example, count in examples.items() if example[0] != example[1]}
        count = (
            sum(op.family == family for op in mended.ops)
            if family in ("fillers", "glyphloss")
            else _held(mended, family)
        )
        yield Finding(family, count, min(1.0, count / max(1, words)), tuple(distinct)[:EXAMPLES])


def _held(mended: Mended, family: str) -> int:
    """How many words of the source hold a mending of *family*."""
    held, at = 0, -1
    for op in mended.ops:
        if op.family == family:
            if at < 0 or re.search(r"\s", mended.source[at : op.start]):
                held += 1
            at = op.end
    return held


def _read(text: str, lexicon: Lexicon, words: int) -> Iterator[Finding]:
    """The families the engine reads again: English and Turkish OCR, lost letters."""
    ward = Ward(text, lexicon)
    counts: Counter[str] = Counter()
    examples: dict[str, dict[tuple[str, str], None]] = {}
    for block in _blocks(text):
        ailment = ward.ailment(block, damage(block) >= 0.5)
        if ailment is None:
            continue
        if ailment.family == "english":
            found = list(_unmarked(block, lexicon))
            if len(found) < LEAST_WORDS or sum(bool(e[1]) for e in found) < KNOWN * len(found):
                continue
        elif ailment.family == "glyphloss":
            found = list(joins(list(cut(block)), ailment.missing, lexicon))
            lost = sum(share for letter, share in USUAL.items() if letter in ailment.missing)
            counts[ailment.family] += int(len(block.split()) * (1 - exp(-LONG * lost))) - len(found)
        else:
            doubted = [word for word in judged_words(block) if not is_right(word, lexicon)]
            found = list(near_misses(doubted, ward))
        counts[ailment.family] += len(found)
        examples.setdefault(ailment.family, {}).update(dict.fromkeys(found))
    for family, count in counts.items():
        shown = [e for e in examples[family] if e[1]] or list(examples[family])
        yield Finding(family, count, min(1.0, count / max(1, words)), tuple(shown[:EXAMPLES]))


def _blocks(text: str) -> Iterator[str]:
    """Runs of paragraphs of at least ``_BLOCK`` characters, as the engine judges them."""
    start = 0
    for match in _BREAK.finditer(text):
        if match.end() - start >= _BLOCK:
            yield text[start : match.end()]
            start = match.end()
    yield text[start:]


def _unmarked(block: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """The words of *block* that are none, each with the listed word of the same letters under its marks, if any."""
    for atom in cut(block):
        word = atom.text
        if atom.fixed or len(word) < 3 or not word.isascii() or not word.isalpha():
            continue
        if not is_right(word, lexicon) and not lexicon.english(word):
            similar = lexicon.similar(_bare(word))
            yield (
                word,
                like(decode(min(similar, key=lambda form: lexicon.cost(lexicon.id(form)))), word) if similar else "",
            )
