#!/usr/bin/env python3
"""How much of what Onar is measured with stands in the texts that its words and neighbours were counted in.

    python bench/overlap.py --corpus ../shared/corpus [--pairs blind.jsonl]

Sets are news, other, own and samples (as in ``accuracy.py``) and the pages of ``--pairs``. From each document some runs of
seven words are drawn; a run that stands in a corpus word for word has been seen: the same text, a repeated passage of it,
or a phrase that many texts share. The second table scores documents with no such run, and the others. Start reading at
``main``.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from accuracy import SETS, Document, material, pairs

from onar import Restorer
from onar.alphabet import lower
from onar.evaluation.evaluate import Score, score

LENGTH, DRAWN = 7, 6  # words of a run, runs drawn from each document
Run = tuple[str, ...]


def words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in lower(text.replace("-\n", ""))).split()


def lines(folder: Path) -> Iterator[str]:
    """The texts of all corpora."""
    for path in sorted(folder.glob("tr-*.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)["text"] if ".jsonl" in path.name else line


def drawn(document: Document, draw: random.Random) -> set[Run]:
    found = words(document.printed)
    places = range(max(1, len(found) - LENGTH))
    return {tuple(found[at : at + LENGTH]) for at in draw.choices(places, k=DRAWN)}


def seen(runs: set[Run], corpus: Path) -> set[Run]:
    """Those of *runs* that stand in the corpora."""
    starts = {run[:2] for run in runs}
    found: set[Run] = set()
    for line in lines(corpus):
        text = words(line)
        for at, start in enumerate(pairwise(text)):
            if start in starts and (run := tuple(text[at : at + LENGTH])) in runs:
                found.add(run)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, metavar="DIR")
    parser.add_argument("--pairs", type=Path, action="append", default=[], metavar="FILE")
    options = parser.parse_args()
    draw, shared = random.Random(7), material()
    sets = {name: list(SETS[name](shared)) for name in ("news", "other", "own", "samples")}
    sets |= {path.stem: list(pairs(path)) for path in options.pairs}
    runs = {name: [drawn(document, draw) for document in documents] for name, documents in sets.items()}
    known = seen({run for each in runs.values() for some in each for run in some}, options.corpus)
    restorer = Restorer()
    print("| set | runs seen | documents with none | their WER | WER of the others |\n|---|---:|---:|---:|---:|")
    for name, documents in sets.items():
        total: defaultdict[bool, Score] = defaultdict(Score)
        for document, own in zip(documents, runs[name], strict=True):
            restored = restorer.restore(document.ocr).text
            total[bool(own & known)] += score(document.printed, restored, document.ocr)
        share = sum(len(own & known) for own in runs[name]) / sum(map(len, runs[name]))
        fresh = sum(not own & known for own in runs[name])
        others = f"{100 * total[True].wer:.2f}" if total[True].words else ""
        print(
            f"| {name} | {100 * share:.0f} % | {fresh} of {len(documents)} | {100 * total[False].wer:.2f} | {others} |"
        )


if __name__ == "__main__":
    main()
