"""Counts which mark stands between two words, by the ending of the first and the beginning of the second.

    python -m onar.wordlists.gaps --corpus DIR      (writes gaps.tsv and marks.tsv beside this file)

- A gap is what stands between two words of one paragraph: nothing but space, or one of ``, . : ; ! ?`` before it.
- The left word is told by its last letters (the endings of ``lists/endings.txt``), the right one by itself where it is one
  of the commonest, else by its ending; each side is counted alone.
- Beside that, the marks at once behind words are counted, before what begins with a capital and before anything else.
- Every :data:`EVERY`-th text is read: millions of gaps, more than the table can use.

``gelince`` is followed by a comma more often than other words, ``ve`` hardly ever stands behind one. Start reading at
:func:`counted` and :func:`behind_words`.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from onar.wordlists.corpus import WEIGHTS, texts
from onar.wordlists.lists import LISTS, read

from onar.language.codes import encode
from onar.language.inflection import ending_of

MARKS = " ,.:;!?"
EVERY = 8
COMMON, LEAST = 1500, 60  # right words told by themselves, and how often an ending must be seen
HERE = Path(__file__).resolve().parent
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_BEHIND = re.compile(r"(?<=[^\W\d_]{2})(\s|['’](?!\w)|[^\w\s'’]|_)(?:[^\w]|_)*")
_GAP = re.compile(r"([,.:;!?]?)\s+\Z")

Counts = dict[str, Counter[str]]


def gaps(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield the word before, the mark (a space for none) and the word after of every gap of *text*.

    >>> list(gaps("Geldi. Sonra gitti, ama"))
    [('Geldi', '.', 'Sonra'), ('Sonra', ' ', 'gitti'), ('gitti', ',', 'ama')]
    """
    before = None
    for found in _WORD.finditer(text):
        if before is not None:
            gap = _GAP.match(text[before.end() : found.start()])
            if gap:
                yield before[0], gap[1] or " ", found[0]
        before = found


def counted(pages: Iterable[tuple[str, str]], endings: dict[str, int]) -> tuple[Counts, Counts]:
    """Count the marks after each ending and before each word or ending, weighted by the kind of source."""
    left: Counts = {}
    right: Counts = {}
    for number, (kind, text) in enumerate(pages):
        if number % EVERY:
            continue
        weight = WEIGHTS[kind]
        for before, mark, after in gaps(text):
            for side, word in ((left, before), (right, after)):
                code = encode(word)
                if code.isascii():
                    side.setdefault(code, Counter())[mark] += weight
    return _by_ending(left, endings, 0), _by_ending(right, endings, COMMON)


def behind_words(pages: Iterable[tuple[str, str]]) -> tuple[Counter[str], Counter[str]]:
    """Count the marks at once behind words (a space for none) before a capital or a text's end, and before the rest."""
    capital, other = Counter[str](), Counter[str]()
    for number, (kind, text) in enumerate(pages):
        if number % EVERY == 0:
            for found in _BEHIND.finditer(text):
                after = text[found.end() : found.end() + 1]
                side = capital if not after or after.isupper() else other
                side[found[1] if found[1].strip() else " "] += WEIGHTS[kind]
    return capital, other


def _marks(corpus: Path) -> list[str]:
    capital, other = behind_words(texts(corpus))
    rows = [
        "# Marks that follow a word at once, per 100,000 words of right text, by what comes next: a capital or the text's end, or",
        "# anything else. What a mark costs where OCR may have put it for a letter.",
        f"# Source: every {EVERY}th text of the news and the wide corpora, weighted by kind (see README.md). Made by gaps.py.",
        "mark\tbefore a capital\telse",
    ]
    whole = [sum(side.values()) for side in (capital, other)]
    for mark in sorted(capital | other, key=lambda mark: (-(capital + other)[mark], mark)):
        shares = [100_000 * side[mark] / size for side, size in zip((capital, other), whole, strict=True)]
        if mark != " " and max(shares) >= 5:
            rows.append("\t".join([mark, *(f"{max(1.0, share):.0f}" for share in shares)]))
    return rows


def _by_ending(words: Counts, endings: dict[str, int], common: int) -> Counts:
    """Join the words of an ending; the *common* commonest stand alone."""
    names = {number: ending for ending, number in endings.items()}
    ranked = sorted(words, key=lambda code: (-sum(words[code].values()), code))
    found: Counts = {}
    for place, code in enumerate(ranked):
        if place < common:
            found[code] = words[code]
        number = ending_of(code, endings)
        if number:
            found.setdefault("-" + names[number], Counter()).update(words[code])
        found.setdefault("-", Counter()).update(words[code])
    return {key: counts for key, counts in found.items() if sum(counts.values()) >= LEAST}


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, metavar="DIR")
    corpus = parser.parse_args().corpus
    endings = {row[0]: i for i, row in enumerate(read(LISTS / "endings.txt")) if row[0] != "-"}
    rows = [
        "# Marks between two words, by the ending of the word before (left) and the word or ending after (right).",
        f"# Source: every {EVERY}th text of the news and the wide corpora, weighted by kind (see README.md). Made by gaps.py.",
        "# Licence: counts only; credit in README.md. Endings begin with a hyphen; spelling is that of onar.language.codes.",
        "side\tkey\tnone\tcomma\tstop\tcolon\tsemicolon\texclamation\tquestion",
    ]
    for side, counts in zip(("left", "right"), counted(texts(corpus), endings), strict=True):
        for key in sorted(counts):
            rows.append("\t".join([side, key, *(f"{counts[key][mark]:.0f}" for mark in MARKS)]))
    (HERE / "gaps.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (HERE / "marks.tsv").write_text("\n".join(_marks(corpus)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
