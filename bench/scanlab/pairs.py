#!/usr/bin/env python3
"""Make pairs of print and OCR text in many typefaces, to learn the channel from or to test with. See README.md here.

    python bench/scanlab/pairs.py TEXTS... --documents 300 --fonts learn -o pairs.jsonl

Each line of the result holds ``id``, ``print``, ``ocr`` (Tesseract's English model), ``font``, ``severity``, ``source``, ``dpi``
and, with ``--reread``, what its Turkish model reads, with ``--hocr`` its pages as hOCR (word confidences). The same seed, texts,
fonts and versions give the same pairs; document *n* doesn't depend on how many are asked for, so that a set that was cut short
can be continued.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
import subprocess
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from read import tesseract
from typeset import typeset

HERE = Path(__file__).resolve().parent
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÇĞİÖŞÜ\"“])")
FOREIGN = re.compile(r"[^\x20-\x7eçğıöşüÇĞİÖŞÜâîûÂÎÛé’‘“”–…]")
OVERLAP = 4  # words in a row that tell a text has been seen
CAPITALS = str.maketrans("iı", "İI")

# one draw a document between the ends; what they mean: degrade.py
RANGES: dict[int, dict[str, tuple[float, float]]] = {
    1: {"blur": (0.45, 0.75), "grain": (3, 7), "light": (2, 7), "crooked": (0.05, 0.3), "ink": (0.0, 0.3),
        "specks": (0.0, 0.0), "paper": (243, 252), "ghost": (0.0, 0.0)},
    2: {"blur": (0.65, 0.95), "grain": (7, 12), "light": (6, 14), "crooked": (0.2, 0.5), "ink": (0.1, 0.45),
        "specks": (0.0, 1.2), "paper": (232, 246), "ghost": (0.0, 0.03)},
    3: {"blur": (0.75, 1.05), "grain": (10, 17), "light": (12, 24), "crooked": (0.3, 0.7), "ink": (0.1, 0.55),
        "specks": (0.0, 3.0), "paper": (216, 238), "ghost": (0.0, 0.06)},
}  # fmt: skip
DPI = {1: (300, 300, 250), 2: (200, 220, 250), 3: (150, 170, 200)}
BITONAL = {1: 0.2, 2: 0.33, 3: 0.33}
JPEG = {1: (75, 88), 2: (50, 68), 3: (35, 52)}


def texts(paths: list[Path], seen: set[str]) -> dict[str, list[str]]:
    """The lines of all files by source, without those that share most of their word runs with *seen*."""
    found: dict[str, list[str]] = {}
    for path in paths:
        with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
            for line in lines:
                row = (
                    json.loads(line) if ".jsonl" in path.name else {"text": line, "source": path.name.partition(".")[0]}
                )
                text = " ".join(row["text"].split())
                own = runs(text)
                known = len(own & seen) > len(own) / 4
                if len(text.split()) >= 10 and not FOREIGN.search(text) and not known:
                    found.setdefault(row["source"], []).append(text)
    return found


def runs(text: str) -> set[str]:
    """Runs of words, hyphens at line ends undone."""
    words = re.sub(r"-\s*\n\s*", "", text).split()
    return {" ".join(words[i : i + OVERLAP]) for i in range(len(words) - OVERLAP + 1)}


def marked(lines: list[str], many: int, draw: random.Random) -> str:
    """About *many* words as ``typeset`` takes them: a title, paragraphs, now and then a heading or a slanted passage."""
    words = 0
    rows: list[str] = []
    at = draw.randrange(len(lines))
    while words < many:
        sentences = SENTENCE.split(lines[at % len(lines)])
        at += 1
        for start in range(0, len(sentences), 4):
            part = " ".join(sentences[start : start + 4])
            if words >= many:
                break
            words += len(part.split())
            if not rows:
                title = " ".join(part.split()[: draw.randint(2, 7)])
                rows.append("T: " + (title.translate(CAPITALS).upper() if draw.random() < 0.6 else title))
            elif draw.random() < 0.15:
                rows.append("H: " + " ".join(part.split()[: draw.randint(2, 6)]))
            rows.append(("O: " if draw.random() < 0.15 else "P: ") + part)
    return "\n".join(rows)


def recipe(font: str, severity: int, draw: random.Random) -> dict[str, Any]:
    """How a document is set and scanned."""
    style = draw.random()
    return {
        "font": font, "severity": severity, "size": draw.choice([9, 9.5, 10, 10.5, 11]),
        "leading": draw.choice([1.15, 1.2, 1.25, 1.3]), "dpi": draw.choice(DPI[severity]),
        "bitonal": draw.random() < BITONAL[severity], "jpeg": draw.randint(*JPEG[severity]),
        "weight": "bold" if style < 0.07 else "normal", "slant": "italic" if style > 0.9 else "normal",
        "how": {name: draw.uniform(*ends) for name, ends in RANGES[severity].items()},
    }  # fmt: skip


def make(name: str, text: str, how: dict[str, Any], number: int, reread: bool, hocr: bool) -> dict[str, Any]:
    """Typeset, scan and read one document."""
    import cv2
    import numpy as np
    from degrade import degrade

    rng = np.random.default_rng(number)
    languages = {"ocr": "eng", "reread_tur": "tur"} if reread else {"ocr": "eng"}
    read: dict[str, list[str]] = {key: [] for key in languages}
    marked_up: list[str] = []
    with tempfile.TemporaryDirectory() as aside:
        printed = typeset(text, how, number, Path(aside) / "page.pdf")
        subprocess.run(["pdftoppm", "-r", str(how["dpi"]), "-gray", "page.pdf", "page"], cwd=aside, check=True)
        for path in sorted(Path(aside).glob("page-*.pgm")):
            scan = degrade(cv2.imread(str(path), cv2.IMREAD_GRAYSCALE), how, rng)
            image = path.with_suffix(".png" if how["bitonal"] else ".jpg")
            cv2.imwrite(str(image), scan, [] if how["bitonal"] else [cv2.IMWRITE_JPEG_QUALITY, how["jpeg"]])
            for key, language in languages.items():
                read[key].append(tesseract(image, how["dpi"], language=language))
            if hocr:
                tesseract(image, how["dpi"], "hocr", to=path)
                marked_up.append(path.with_suffix(path.suffix + ".hocr").read_text(encoding="utf-8"))
    kept = {key: how[key] for key in ("font", "severity", "size", "dpi", "bitonal", "weight", "slant")}
    found = {"id": name, **kept, "print": printed, **{key: "\f".join(pages) + "\n" for key, pages in read.items()}}
    return found | {"hocr": marked_up} if hocr else found


def faces(group: str) -> list[str]:
    """The typefaces of a group of fonts.toml; Fontconfig must know each."""
    table = tomllib.loads((HERE / "fonts.toml").read_text(encoding="utf-8"))
    names = [name for key in ([group] if group != "all" else table) for kind in table[key].values() for name in kind]
    run = subprocess.run(["fc-list", ":lang=tr", "family"], capture_output=True, check=True, text=True)
    known = {name for row in run.stdout.splitlines() for name in row.split(",")}
    if missing := sorted(set(names) - known):
        raise SystemExit(f"not installed, or without Turkish letters: {', '.join(missing)}; see {HERE / 'README.md'}")
    return names


def plan(options: argparse.Namespace) -> Iterator[tuple[str, str, str, dict[str, Any], int]]:
    """Name, source, text, recipe and seed of each document; faces, fields and severities take turns."""
    seen = {run for path in options.without for row in rows(path) for run in runs(row["print"])}
    fields = texts(options.texts, seen)
    names = faces(options.fonts)
    order = random.Random(options.seed)
    order.shuffle(names)
    sources = sorted(
        source for source, lines in fields.items() if sum(len(x.split()) for x in lines) > 2 * options.words
    )
    for number in range(options.documents):
        draw = random.Random(f"{options.seed} {number}")
        source = sources[number % len(sources)] if number % 2 else draw.choice(sources)
        how = recipe(names[number % len(names)], 1 + (number + number // len(names)) % 3, draw)
        text = marked(fields[source], options.words, draw)
        yield f"{options.name}{number:03d}", source, text, how, options.seed * 10_000 + number


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "texts", nargs="+", type=Path, help="JSON lines with text and source, or a text a line; .xz too"
    )
    parser.add_argument("--documents", type=int, default=30)
    parser.add_argument("--words", type=int, default=250, help="words a document, about")
    parser.add_argument("--fonts", choices=("learn", "blind", "all"), default="learn")
    parser.add_argument(
        "--without", type=Path, action="append", default=[], help="leave out texts printed in these pairs"
    )
    parser.add_argument("--reread", action="store_true", help="let the Turkish model read the pages too")
    parser.add_argument("--hocr", action="store_true", help="keep the pages as hOCR too")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--name", default="pair", help="what the ids begin with")
    parser.add_argument("-o", "--output", type=Path, required=True, help="continued if it is there")
    options = parser.parse_args()
    done = {row["id"] for row in rows(options.output)} if options.output.exists() else set()
    with options.output.open("a", encoding="utf-8") as out:
        for name, source, text, how, seed in plan(options):
            if name not in done:
                made = {**make(name, text, how, seed, options.reread, options.hocr), "source": source}
                out.write(json.dumps(made, ensure_ascii=False) + "\n")
                out.flush()


if __name__ == "__main__":
    main()
