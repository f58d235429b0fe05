#!/usr/bin/env python3
"""Fits the confidences of Onar to scans whose print is known, and shows how well they hold on others.

    python bench/calibrate.py [--every 3] [--jobs 2]            fit on the learning scans, write seeds/calibration.tsv
    python bench/calibrate.py --check [--into docs/confidence.md]    only measure, on the kept-back and other scans

- Learning scans are those of ``scans/train.jsonl.xz`` but every fifth; those and ``scans/other.jsonl.xz`` only check.
- A document is read, its words are aligned with the print letter by letter, and each is right or wrong; words whose
  counterpart is less than a third alike (junk lines, lost blocks) are not judged.
- Weights are fitted by Newton's method (logistic regression, ridge 1), the staircase by pooling adjacent violators
  (isotonic regression) over groups of equally many words. Nothing but the standard library is needed.

Material is looked for beside the project (``../shared``; ``--material`` or ``ONAR_MATERIAL`` says otherwise). Start
reading at ``main``.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from onar import Restorer
from onar.channel.pairing import JOINT, flat
from onar.reading.confidence import SIGNS, Calibration, logistic, signs_of

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "seeds" / "calibration.tsv"
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
ALIKE = 0.34  # words less alike than this were aligned by mistake
GROUP = 60  # words at least on a step of the staircase
RIDGE, ROUNDS = 1.0, 12


class Sample(NamedTuple):
    """A word: its signs, whether the reading and what was read are right, whether it was changed, the two."""

    signs: tuple[float, ...]
    right: bool
    read_right: bool
    changed: bool
    printed: str
    read: str


# --- material ---------------------------------------------------------------------------------------------------------


def documents(shared: Path, name: str) -> Iterator[tuple[str, str]]:
    path = shared / "scans" / ("other.jsonl.xz" if name == "other" else "train.jsonl.xz")
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for number, row in enumerate(map(json.loads, lines)):
            if name == "other" or (number % 5 == 0) == (name == "kept back"):
                yield row["print"], row["ocr"]


def normal(text: str) -> str:
    return " ".join(WORD.findall(flat(text).replace(JOINT, "")))


def bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFD", c)[0] for c in text)


def verdicts(words: Sequence[str], printed: str) -> list[bool | None]:
    """Tell for each of *words* whether *printed* has it in its place; None where nothing can be told."""
    printed, spans, parts, at = normal(printed), [], [], 0
    for word in map(normal, words):
        spans.append((at, at + len(word)))
        parts.append(word)
        at += len(word) + 1
    joined = " ".join(parts)
    place = [0] * len(joined) + [len(printed)]
    for op in Levenshtein.opcodes(bare(joined), bare(printed)):
        for i in range(op.src_start, op.src_end):
            place[i] = op.dest_start + min(i - op.src_start, op.dest_end - op.dest_start)
    return [_verdict(joined[a:b], place[a], place[b - 1] + 1, printed) if b > a else None for a, b in spans]


def _verdict(word: str, start: int, end: int, printed: str) -> bool | None:
    while 0 < start < len(printed) and printed[start - 1] != " ":
        start -= 1
    while end < len(printed) and printed[end] != " ":
        end += 1
    gold = printed[start:end].strip()
    if gold == word:
        return True
    return None if Levenshtein.normalized_similarity(bare(gold).lower(), bare(word).lower()) < ALIKE else False


def sampled(document: tuple[str, str]) -> list[Sample]:
    """Read a document with a restorer of its own process, and judge every word."""
    printed, ocr = document
    sentences = [read for window in _RESTORER.read(ocr) for read in window.sentences if read.calibrated]
    arcs = [reading.arc for read in sentences for reading in read.readings]
    after = verdicts([arc.candidate.surface for arc in arcs], printed)
    before = verdicts([arc.read for arc in arcs], printed)
    return [
        Sample(tuple(map(float, signs)), right, bool(as_read), arc.candidate.surface != arc.read,
               arc.candidate.surface, arc.read)
        for signs, arc, right, as_read in zip(signs_of(sentences), arcs, after, before, strict=True)
        if right is not None
    ]  # fmt: skip


_RESTORER = Restorer()


def collected(shared: Path, name: str, every: int, jobs: int) -> list[Sample]:
    chosen = list(documents(shared, name))[::every]
    if jobs == 1:
        return [sample for document in chosen for sample in sampled(document)]
    with ProcessPoolExecutor(jobs) as pool:
        return [sample for found in pool.map(sampled, chosen, chunksize=4) for sample in found]


# --- fitting ----------------------------------------------------------------------------------------------------------


def regressed(samples: Sequence[Sample]) -> tuple[float, ...]:
    """Fit the weights of the signs by Newton's method."""
    size = len(SIGNS)
    weights = [0.0] * size
    for _ in range(ROUNDS):
        slope = [-RIDGE * w for w in weights]
        bend = [[RIDGE * (i == j) for j in range(size)] for i in range(size)]
        for sample in samples:
            x = [(i, s) for i, s in enumerate(sample.signs) if s]
            p = logistic(sum(weights[i] * s for i, s in x))
            off, spread = sample.right - p, max(p * (1 - p), 1e-6)
            for n, (i, s) in enumerate(x):
                slope[i] += off * s
                row, scaled = bend[i], spread * s
                for j, t in x[n:]:
                    row[j] += scaled * t
        for i in range(size):
            for j in range(i):
                bend[i][j] = bend[j][i]
        step = solved(bend, slope)
        weights = [w + d for w, d in zip(weights, step, strict=True)]
        if max(map(abs, step)) < 1e-4:
            break
    return tuple(round(w, 4) for w in weights)


def solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Solve a linear system by elimination with pivots."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for i in range(size):
        pivot = max(range(i, size), key=lambda k: abs(rows[k][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for k in range(size):
            if k != i and rows[k][i]:
                factor = rows[k][i] / rows[i][i]
                rows[k] = [a - factor * b for a, b in zip(rows[k], rows[i], strict=True)]
    return [rows[i][size] / rows[i][i] for i in range(size)]


def staircase(scored: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Fit a rising staircase from score to share of the right ones, a word and a half added to each step."""
    ranked = sorted(scored)
    groups: list[list[float]] = []  # sum of scores, right ones, words
    for at in range(0, len(ranked), GROUP):
        part = ranked[at : at + GROUP]
        groups.append([sum(s for s, _ in part), sum(r for _, r in part), len(part)])
        while len(groups) > 1 and groups[-2][1] / groups[-2][2] >= groups[-1][1] / groups[-1][2]:
            last = groups.pop()
            groups[-1] = [a + b for a, b in zip(groups[-1], last, strict=True)]
    steps = [(total / n, (right + 1.0) / (n + 1.5)) for total, right, n in groups]
    rising = [steps[0]]
    for score, share in steps[1:]:
        rising.append((score, max(share, rising[-1][1])))
    return [(round(score, 4), round(share, 5)) for score, share in rising]


def fitted(samples: Sequence[Sample]) -> Calibration:
    weights = regressed(samples)
    bare_scores = Calibration(weights, (0.0,), (0.5,))
    steps = staircase([(bare_scores.score(s.signs), s.right) for s in samples])
    return Calibration(weights, tuple(s for s, _ in steps), tuple(p for _, p in steps))


def table(found: Calibration, source: str) -> str:
    rows = [
        "# How sure a reading is: weights of its signs, and a rising staircase from their sum to a probability.",
        f"# source: {source}; made by bench/calibrate.py",
        "# sign: weight of a sign (onar.reading.confidence.SIGNS); step: score and probability, straight lines between them",
        "kind\tname\tvalue",
    ]
    rows += [f"sign\t{name}\t{weight:.4f}" for name, weight in zip(SIGNS, found.weights, strict=True)]
    rows += [f"step\t{s:.4f}\t{p:.5f}" for s, p in zip(found.scores, found.probabilities, strict=True)]
    return "\n".join(rows) + "\n"


# --- measuring --------------------------------------------------------------------------------------------------------


def bins(judged: Sequence[tuple[float, bool]]) -> list[tuple[float, float, int, float, float]]:
    """Ten bins of confidence: from, to, words, mean confidence, share right."""
    edges = [n / 10 for n in range(11)]
    rows = []
    for low, high in pairwise(edges):
        found = [(p, r) for p, r in judged if low <= p < high or (high == 1.0 and p == 1.0)]
        n = max(1, len(found))
        rows.append((low, high, len(found), sum(p for p, _ in found) / n, sum(r for _, r in found) / n))
    return rows


def report(name: str, samples: Sequence[Sample], calibration: Calibration) -> list[str]:
    """Say what must hold: sure changes right, small calibration error, errors among the least confident words."""
    judged = [(calibration.probability(calibration.score(s.signs)), s) for s in samples]
    changes = [(p, s.right) for p, s in judged if s.changed]
    sure = [right for p, right in changes if p >= 0.95]
    error = sum(n * abs(mean - share) for _, _, n, mean, share in bins(changes)) / max(1, len(changes))
    ranked = sorted(judged, key=lambda one: one[0])
    wrong = sum(not s.right for s in samples)
    least = sum(not s.right for _, s in ranked[: len(ranked) // 20])
    left = [(p, s.right) for p, s in judged if not s.changed]
    print(f"{name}: {len(samples)} words, {wrong} wrong; {len(changes)} changes")
    low = [s for p, s in judged if s.changed and p < 0.5]
    print(f"  below 0.5: {len(low)} changes, {sum(s.right for s in low)} right, {sum(s.read_right for s in low)} harm")
    for limit in (0.3, 0.5, 0.6, 0.7, 0.8, 0.9):
        found = [r for p, r in left if p < limit]
        print(f"  left alone below {limit}: {len(found)}, {sum(not r for r in found)} of them wrong")
    return [
        f"| {name} | {len(samples)} | {len(changes)} | {len(sure) / max(1, len(changes)):.1%} "
        f"| {sum(sure) / max(1, len(sure)):.2%} | {100 * error:.2f} | {least}/{wrong} = {least / max(1, wrong):.1%} |"
    ]


def tables(sets: dict[str, list[Sample]], calibration: Calibration) -> str:
    head = "| scans | words | changes | at 0.95 or more | of these right | calibration error (points) "
    rows = [f"{head}| errors among the 5 % least sure words |", "|---|---:|---:|---:|---:|---:|---:|"]
    both = [sample for samples in sets.values() for sample in samples]
    for name, samples in (*sets.items(), ("together", both)):
        rows += report(name, samples, calibration)
    judged = [(calibration.probability(calibration.score(s.signs)), s.right) for s in both if s.changed]
    rows += ["", "| confidence of the change | changes | mean confidence | right |", "|---|---:|---:|---:|"]
    rows += [f"| {low:.1f}–{high:.1f} | {n} | {mean:.1%} | {share:.1%} |" for low, high, n, mean, share in bins(judged)]
    return "\n".join(rows)


def put(page: Path, text: str) -> None:
    before, _, rest = page.read_text(encoding="utf-8").partition("<!-- reliability -->")
    after = rest.partition("<!-- /reliability -->")[2]
    page.write_text(f"{before}<!-- reliability -->\n{text}\n<!-- /reliability -->{after}", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--material", help="the folder with the shared material (../shared)")
    parser.add_argument("--every", type=int, default=1, help="take every N-th document only")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--check", action="store_true", help="fit nothing, measure what there is")
    parser.add_argument("--into", type=Path, metavar="PAGE", help="put the tables into this page of the docs")
    options = parser.parse_args(arguments)
    shared = Path(options.material or os.environ.get("ONAR_MATERIAL") or ROOT.parent / "shared")
    if not options.check:
        samples = collected(shared, "learning", options.every, options.jobs)
        source = f"{len(samples)} words of {len(list(documents(shared, 'learning'))[:: options.every])} learning scans"
        TABLE.write_text(table(fitted(samples), source), encoding="utf-8")
        print(f"{TABLE.name}: {source}")
    calibration = Calibration.parse(TABLE.read_text(encoding="utf-8"))
    checked = {name: collected(shared, name, options.every, options.jobs) for name in ("kept back", "other")}
    text = tables(checked, calibration)
    print(text)
    if options.into:
        put(options.into, text)


if __name__ == "__main__":
    main()
