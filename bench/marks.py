#!/usr/bin/env python3
"""Counts how marks between words are misread, and writes seeds/marks.tsv.

    python bench/marks.py PAIRS... [--skip-every 5]

- PAIRS are JSON lines with ``print`` and ``ocr`` (also compressed by xz); of each file every fifth page is left out, for
  checking (``--skip-every 0`` takes all).
- A pair of words counts when both end in the same letter, so that what follows is a mark on both sides and no letter
  that was read as one.

Start reading at ``counted``.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from onar.alphabet import fold, lower
from onar.channel.pairing import aligned, read_pairs

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "seeds" / "marks.tsv"
MARKS = ("", ",", ".", ":", ";", "!", "?")
LEAST = 3  # witnesses of a row
SHORTEST = 3  # letters of a word that is looked at
NAMES = {"": "∅"}


def tail(word: str) -> tuple[str, str]:
    """Cut a word into its letters and the marks after them.

    >>> tail("dedi.,")
    ('dedi', '.,')
    """
    core = word.rstrip("".join(MARKS))
    return core, word[len(core) :]


def counted(pages: Iterable[tuple[str, str]]) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for printed, read in pages:
        for a, b in aligned(printed, read):
            (core, mark), (seen, as_mark) = tail(a), tail(b)
            if len(core) < SHORTEST or not (core[-1:].isalpha() and seen[-1:].isalpha()):
                continue
            if fold(lower(core[-1])) == fold(lower(seen[-1])) and mark in MARKS and as_mark in MARKS:
                found[mark, as_mark] += 1
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="+", type=Path)
    parser.add_argument("--skip-every", type=int, default=5, metavar="N")
    options = parser.parse_args()
    pages = [
        page
        for path in options.pairs
        for number, page in enumerate(read_pairs(path))
        if not options.skip_every or number % options.skip_every
    ]
    found = counted(pages)
    rows = [
        "# How marks after a word are misread; ∅ is no mark. Counted by bench/marks.py.",
        f"# source: {len(pages)} scanned pages, every fifth left out for checking; words that end in the same letter",
        "printed\tread\tcount",
    ]
    rows += [
        f"{NAMES.get(mark, mark)}\t{NAMES.get(read, read)}\t{found[mark, read]}"
        for mark in MARKS
        for read in MARKS
        if found[mark, read] >= LEAST
    ]
    TABLE.write_text("\n".join(rows) + "\n", encoding="utf-8")
    print(TABLE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
