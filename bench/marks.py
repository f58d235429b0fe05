#!/usr/bin/env python3
"""Counts how marks between words are misread, and how much each piece of evidence tells of them.

    python bench/marks.py PAIRS... [--skip-every 5]               writes seeds/marks.tsv
    python bench/marks.py PAIRS... --specks [--skip-every 5]      writes seeds/specks.tsv
    python bench/marks.py PAIRS... --weights [--take 1 3]         writes seeds/mark_weights.tsv (needs numpy and scipy)

- PAIRS are JSON lines with ``print`` and ``ocr`` (also compressed by xz); of each file every fifth page is left out, for
  checking (``--skip-every 0`` takes all).
- A pair of words counts when both end in the same letter, so that what follows is a mark on both sides and no letter
  that was read as one.

- Weights are fitted on what a restorer sees between two words that it read as they were printed (pages number 1 and 3
  of each five), by multinomial logistic regression with a ridge of 1; the misreadings have the rates of the table.

Start reading at ``counted``, ``told_apart`` and ``fitted``.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from math import log
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from onar import Restorer
from onar.alphabet import fold, lower
from onar.channel.pairing import aligned, read_pairs
from onar.channel.rules import unified
from onar.language.gaps import MARKS
from onar.reading.marks import ENDS, GROUPS, Evidence, gaps_seen, rates
from onar.reading.quotes import unpaired
from onar.reading.specks import ANY_LETTER, lone, row_of

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "seeds" / "marks.tsv"
SPECKS = ROOT / "seeds" / "specks.tsv"
WEIGHTS = ROOT / "seeds" / "mark_weights.tsv"
LEAST = 3  # witnesses of a row
LEAST_LETTERS = 10  # the same of letters, which stand alone in formulas and lists
SHORTEST = 3  # letters of a word that is looked at
BULLETS = frozenset("-–—*•·+>»«")  # begin the items of lists and what is said in dialogues
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


def told_apart(pages: Iterable[tuple[str, str]]) -> Counter[tuple[str, str, str, bool]]:
    """Count the marks that stand alone, and the quotation marks without the other one, by mark, place, sentence and
    whether they were specks; what was another mark is left out."""
    restorer, found = Restorer(), Counter[tuple[str, str, str, bool]]()
    for printed, read in pages:
        fate = ["delete"] * len(read)
        for op in Levenshtein.opcodes(unified(read), unified(printed)):
            fate[op.src_start : op.src_end] = [op.tag] * (op.src_end - op.src_start)
        for window in restorer.read(read):
            readings = [x for sentence in window.sentences if sentence.calibrated for x in sentence.readings]
            for speck in (*lone(window.text, readings), *unpaired(window.text, readings)):
                at = window.text.index(speck.mark, speck.start) + window.start
                if at < len(read) and read[at] == speck.mark and fate[at] in ("equal", "delete"):
                    found[*row_of(speck), fate[at] == "delete"] += 1
    return found


def judged(pages: Iterable[tuple[str, str]]) -> Iterator[tuple[int, int, Evidence]]:
    """Yield the printed mark, the read mark and the evidence of every gap after a word that was restored as printed."""
    restorer = Restorer()
    for printed, read in pages:
        place = [0] * (len(read) + 1)
        for op in Levenshtein.opcodes(read, printed):
            for i in range(op.src_start, op.src_end):
                place[i] = min(op.dest_start + i - op.src_start, max(op.dest_start, op.dest_end - 1))
        for window in restorer.read(read):
            readings = [x for sentence in window.sentences if sentence.calibrated for x in sentence.readings]
            for at, mark, seen in gaps_seen(window.text, readings, restorer._knowledge.context):
                start = end = place[at - 1 + window.start]
                while start and printed[start - 1].isalpha():
                    start -= 1
                while end < len(printed) and printed[end].isalpha():
                    end += 1
                after = printed[end : end + 2]
                stood = after[:1] if after[1:].isspace() else "" if after[:1].isspace() else None
                if printed[start:end] == seen.words[0] and stood in MARKS:
                    yield MARKS.index(stood), mark, seen


def fitted(found: list[tuple[int, int, Evidence]]) -> list[tuple[str, str, float]]:
    """Return group, evidence and weight."""
    import numpy as np
    from scipy.optimize import minimize

    groups, cases = list(dict.fromkeys(GROUPS)), sorted({seen.cases[0] for _, _, seen in found})
    of_mark = np.array([groups.index(group) for group in GROUPS])
    table = np.array([[-log(share) for share in row] for row in rates()])
    fixed = np.array([table[:, read] for _, read, _ in found])
    truth = np.array([stood for stood, _, _ in found])
    context = [[seen.ended if m and m in ENDS else seen.inside for m in MARKS] for _, _, seen in found]
    scales = np.array([[seen.left, seen.right, c] for (_, _, seen), c in zip(found, context, strict=True)])
    switches = np.array([[1.0, seen.paragraph, *(seen.cases[0] == case for case in cases)] for _, _, seen in found])

    def loss(x: Any) -> tuple[float, Any]:
        scaled, added = x[:3], x[3:].reshape(len(groups), -1)
        score = -(np.einsum("k,nkm->nm", scaled, scales) + switches @ added[of_mark].T + fixed)
        score -= score.max(1, keepdims=True)
        share = np.exp(score)
        share /= share.sum(1, keepdims=True)
        off = -share
        off[np.arange(len(truth)), truth] += 1
        slope = np.zeros_like(added)
        np.add.at(slope, of_mark, (switches.T @ off).T)
        right = -np.log(share[np.arange(len(truth)), truth]).sum()
        return right + (x**2).sum() / 2, np.concatenate([np.einsum("nkm,nm->k", scales, off), slope.ravel()]) + x

    size = 3 + len(groups) * switches.shape[1]
    best = minimize(loss, np.full(size, 0.1), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    rows = [("all", name, float(weight)) for name, weight in zip(("left", "right", "context"), best, strict=False)]
    names = ["always", "paragraph", *cases]
    for group, line in zip(groups, best[3:].reshape(len(groups), -1), strict=True):
        rows += [(group, name, float(weight)) for name, weight in zip(names, line, strict=True)]
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="+", type=Path)
    parser.add_argument("--skip-every", type=int, default=5, metavar="N")
    parser.add_argument("--specks", action="store_true", help="count marks that stand alone or lack their other one")
    parser.add_argument("--weights", action="store_true", help="fit the weights by the table there is")
    parser.add_argument(
        "--take", type=int, nargs="+", default=[1, 3], help="pages of each five the weights are fitted on"
    )
    options = parser.parse_args()
    if options.weights:
        pages = [page for path in options.pairs for n, page in enumerate(read_pairs(path)) if n % 5 in options.take]
        found = list(judged(pages))
        rows = [
            "# How much each piece of evidence counts for a mark between two words, in nats. Made by bench/marks.py --weights.",
            f"# source: {len(found)} gaps of {len(pages)} learning scans, after words restored as they were printed",
            "group\tevidence\tweight",
            *("\t".join([group, name, f"{weight:.3f}"]) for group, name, weight in fitted(found)),
        ]
        WEIGHTS.write_text("\n".join(rows) + "\n", encoding="utf-8")
        print(f"{WEIGHTS.name}: {len(found)} gaps, {sum(stood != read for stood, read, _ in found)} misread")
        return
    pages = [
        page
        for path in options.pairs
        for number, page in enumerate(read_pairs(path))
        if not options.skip_every or number % options.skip_every
    ]
    if options.specks:
        apart = told_apart(pages)
        rows = [
            "# Lone marks and unpaired quotation marks that were specks, and that were printed. Made by bench/marks.py --specks.",
            f"# source: {len(pages)} scanned pages, every fifth left out for checking",
            f"# At the edge of a sentence, what begins the items of lists is left out: {' '.join(sorted(BULLETS))}",
            f"# {ANY_LETTER} is any small letter that is no word.",
            "mark\tplace\tsentence\tspecks\tprinted",
        ]
        for mark, place, sentence in sorted({key[:3] for key in apart}):
            specks, kept = apart[mark, place, sentence, True], apart[mark, place, sentence, False]
            if specks >= (LEAST_LETTERS if mark == ANY_LETTER else LEAST) and (
                sentence == "inside" or mark not in BULLETS
            ):
                rows.append(f"{mark}\t{place}\t{sentence}\t{specks}\t{kept}")
        SPECKS.write_text("\n".join(rows) + "\n", encoding="utf-8")
        print(SPECKS.read_text(encoding="utf-8"))
        return
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
