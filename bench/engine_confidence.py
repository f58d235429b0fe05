#!/usr/bin/env python3
"""What the OCR engine's own word confidences are worth: restoring hOCR with them and without.

    python bench/scanlab/pairs.py TEXTS... --documents 60 --hocr -o hocr.jsonl
    python bench/engine_confidence.py hocr.jsonl [--into docs/confidence.md]

- Of the documents every second one counts for ``seeds/trust.tsv`` (``--table`` writes it); the others are reported.
- A word was read right where its letters stand alike in print; the table holds the logarithm of how much commoner a
  confidence is among such words than among the others.

Start reading at ``compared`` and ``counted``.
"""

from __future__ import annotations

import argparse
import json
from bisect import bisect_right
from collections.abc import Iterable
from math import log
from pathlib import Path
from typing import Any

from accuracy import ROOT, put
from rapidfuzz.distance import Levenshtein

from onar import Restorer
from onar.documents import open_document
from onar.evaluation.evaluate import Score, score

TABLE = ROOT / "seeds" / "trust.tsv"
STEPS = (0.0, 0.85, 0.90, 0.93)  # confidences at which the share of right words jumps
Confidences = list[tuple[int, int, float]]


def pages(row: dict[str, Any]) -> tuple[str, Confidences]:
    """The text of a document's hOCR pages, and the confidences of its words."""
    text, found = "", Confidences()
    for page in row["hocr"]:
        with open_document(page.encode("utf-8"), format="hocr") as document:
            found += [(start + len(text), end + len(text), sure) for start, end, sure in document.confidences]
            text += document.text + "\f"
    return text, found


def counted(rows: Iterable[dict[str, Any]]) -> list[tuple[float, float]]:
    """The nats of each step."""
    right, wrong = [1.0] * len(STEPS), [1.0] * len(STEPS)
    for row in rows:
        text, confidences = pages(row)
        same = [False] * len(text)
        for op in Levenshtein.opcodes(text, row["print"]):
            same[op.src_start : op.src_end] = [op.tag == "equal"] * (op.src_end - op.src_start)
        for start, end, sure in confidences:
            if any(map(str.isalpha, text[start:end])):
                (right if all(same[start:end]) else wrong)[bisect_right(STEPS, sure) - 1] += 1
    whole = log(sum(wrong) / sum(right))
    return [(step, log(r / w) + whole) for step, r, w in zip(STEPS, right, wrong, strict=True)]


def compared(rows: Iterable[dict[str, Any]]) -> tuple[Score, Score]:
    """The scores of restoring without and with the confidences."""
    restorer, without, using = Restorer(), Score(), Score()
    for row in rows:
        text, confidences = pages(row)
        without += score(row["print"], restorer.restore(text).text, text)
        using += score(row["print"], restorer.restore(text, confidences=confidences).text, text)
    return without, using


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path, help="JSON lines with print and hocr")
    parser.add_argument("--table", action="store_true", help="write seeds/trust.tsv from every second document")
    parser.add_argument("--into", type=Path, metavar="PAGE", help="put the table into this page of the docs")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.pairs.read_text(encoding="utf-8").splitlines()]
    if options.table:
        head = TABLE.read_text(encoding="utf-8").split("confidence\t")[0]
        table = [f"{step:.2f}\t{nats:.1f}" for step, nats in counted(rows[::2])]
        TABLE.write_text(head + "confidence\tnats\n" + "\n".join(table) + "\n", encoding="utf-8")
        print("\n".join(table))
    told = ["| documents | confidences | WER | mended | harmed |", "|---|---|---:|---:|---:|"]
    for name, part in (("counted from", rows[::2]), ("others", rows[1::2])):
        for kind, found in zip(("unused", "used"), compared(part), strict=True):
            mended = f"{found.repaired} of {found.repaired + found.missed}"
            told.append(f"| {len(part)} {name} | {kind} | {100 * found.wer:.2f} | {mended} | {found.harmed} |")
    print("\n".join(told))
    if options.into:
        put(options.into, "engine", "\n".join(told))


if __name__ == "__main__":
    main()
