#!/usr/bin/env python3
"""What each part of the restorer is worth: errors with all parts, and with one of them switched off at a time.

    python bench/parts.py [SET...] [--limit 15] [--into docs/how_it_works.md]

Sets are those of ``accuracy.py`` (samples, own, article and other by default). A part is switched off by putting what does
nothing in its place; the rest of the engine, its constants and its confidences stay as they are, so that a part that
others lean on looks dearer than it is. Start reading at :data:`PARTS`.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

from accuracy import SETS, Document, count, material, put

import onar.language.capitals
import onar.reader
import onar.reading.lattice
import onar.reading.memory
import onar.reading.pieces
import onar.reading.proposals
import onar.reading.specks
from onar import Restorer
from onar.language.houses import NO_HABIT
from onar.reading.terms import NO_TERMS

PIPELINE = sys.modules["onar.restore"]  # ``onar.restore`` is the function


def _none(*_: Any) -> tuple[()]:
    return ()


def _base(_reader: Any, _text: str, _readings: Any, base: Any, _taught: Any) -> Any:
    return base


PARTS: dict[str, tuple[tuple[Any, ...], str, Any]] = {
    "marks between words": ((PIPELINE,), "mended_marks", _none),
    "specks that stand alone": ((onar.reading.specks,), "lone", _none),
    "quotation marks without the other one": ((onar.reading.specks,), "unpaired", _none),
    "spaces read as marks": ((PIPELINE,), "spaces", _none),
    "all that the document teaches": ((onar.reader.Reader,), "_lesson", _base),
    "– its acronyms": ((onar.reading.memory,), "_terms", lambda *_: NO_TERMS),
    "– its misreadings": ((onar.reading.memory,), "_steps", lambda *_: {}),
    "– its own words": ((onar.reading.memory,), "_bonus", lambda *_: {}),
    "– its strange spellings": ((onar.reading.memory,), "_repeats", lambda *_: {}),
    "– one sense a spelling": ((onar.reading.memory,), "_senses", lambda *_: {}),
    "– whose circumflexes": ((onar.reading.memory,), "_habit", lambda *_: NO_HABIT),
    "capitals by their neighbours": ((onar.language.capitals,), "price", lambda *_: 0.0),
    "words broken at line ends": ((onar.reading.pieces, onar.reading.lattice), "breaks_word", lambda _: False),
    "marks that are letters": ((onar.reading.lattice,), "_with_mark", _none),
    "spaces inside words and apostrophes": ((onar.reading.lattice,), "_with_next", _none),
    "words run together": ((onar.reading.lattice,), "_apart", _none),
    "abbreviations with dots": ((onar.reading.lattice,), "dotted", _none),
    "misprints that are left": ((onar.reading.proposals,), "may_be_misprint", lambda *_: False),
    "foreign passages": ((onar.reading.lattice,), "_foreign", _none),
}


def measured(documents: list[Document]) -> tuple[float, int]:
    """WER in percent, and right words harmed."""
    restorer = Restorer()
    found = [count(document, restorer.restore(document.ocr).text)[0] for document in documents]
    errors = sum(figures.by_line.errors or figures.score.word_errors for figures in found)
    words = sum(figures.by_line.words or figures.score.words for figures in found)
    return 100 * errors / words, sum(figures.by_line.harmed or figures.score.harmed for figures in found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", default=["samples", "own", "article", "other"])
    parser.add_argument("--limit", type=int, default=45, help="the first so many documents of each set")
    parser.add_argument("--into", type=Path, metavar="PAGE", help="put the table into this page of the docs")
    options = parser.parse_args()
    sets = {name: list(SETS[name](material()))[: options.limit] for name in options.sets}
    whole = {name: measured(documents) for name, documents in sets.items()}
    head = " | ".join(f"{name} {whole[name][0]:.2f}" for name in sets)
    rows = [
        f"| without | {head} | harmed {sum(harmed for _, harmed in whole.values())} |",
        "|---" * (len(sets) + 2) + "|",
    ]
    print(rows[0])
    for part, (owners, name, nothing) in PARTS.items():
        with ExitStack() as stack:
            for owner in owners:
                stack.enter_context(patch.object(owner, name, nothing))
            found = {one: measured(documents) for one, documents in sets.items()}
        cells = " | ".join(f"{found[one][0] - whole[one][0]:+.2f}" for one in sets)
        harmed = sum(found[one][1] - whole[one][1] for one in sets)
        rows.append(f"| {part} | {cells} | {harmed:+d} |")
        print(rows[-1], flush=True)
    if options.into:
        put(options.into, "parts", "\n".join(rows))


if __name__ == "__main__":
    main()
