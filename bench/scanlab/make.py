#!/usr/bin/env python3
"""Make the sample pages: typeset, degrade, read with Tesseract. See README.md beside this file."""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from degrade import Image, degrade
from read import tesseract, version
from typeset import typeset

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parents[1] / "seeds" / "samples"


def save(scan: Image, bitonal: bool, stem: Path) -> Path:
    """Keep the page small: two tones as PNG of one bit, grey ones as JPEG."""
    if bitonal:
        path = stem.with_suffix(".png")
        cv2.imwrite(str(path), scan, [cv2.IMWRITE_PNG_BILEVEL, 1, cv2.IMWRITE_PNG_COMPRESSION, 9])
        return path
    path = stem.with_suffix(".jpg")
    for quality in range(70, 10, -5):
        cv2.imwrite(str(path), scan, [cv2.IMWRITE_JPEG_QUALITY, quality])
        if path.stat().st_size <= 190_000:
            break
    return path


def make(name: str, number: int, recipe: dict[str, Any]) -> None:
    folder = SAMPLES / name
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    rng, dpi, psm = np.random.default_rng(recipe["seed"]), recipe["dpi"], recipe.get("psm", 3)
    read: dict[str, list[str]] = {"eng": [], "tur": []}
    with tempfile.TemporaryDirectory() as aside:
        pdf = Path(aside) / "page.pdf"
        printed = typeset((HERE / "texts" / f"{name}.txt").read_text(encoding="utf-8"), recipe, number, pdf)
        subprocess.run(["pdftoppm", "-r", str(dpi), "-gray", pdf.name, "page"], cwd=aside, check=True)
        clean = sorted(Path(aside).glob("page-*.pgm"))
        for at, path in enumerate(clean, 1):
            grey = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
            image = save(degrade(grey, recipe, rng), recipe.get("bitonal", False), folder / f"page_{at}")
            for language, pages in read.items():
                pages.append(tesseract(image, dpi, language=language, psm=psm))
            if recipe["extra"]:
                tesseract(image, dpi, *recipe["extra"], psm=psm, to=folder / f"page_{at}")
    if "pdf" in recipe["extra"]:
        bind(folder)
    (folder / "print.txt").write_text(printed, encoding="utf-8")
    (folder / "ocr.txt").write_text("\f".join(read["eng"]) + "\n", encoding="utf-8")
    (folder / "reread_tur.txt").write_text("\f".join(read["tur"]) + "\n", encoding="utf-8")
    meta = {**{k: v for k, v in recipe.items() if k != "extra"}, "pages": len(clean), "tesseract": version()}
    (folder / "meta.json").write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(name, len(clean), "pages", len(printed.split()), "words", flush=True)


def bind(folder: Path) -> None:
    """Bind the pages that Tesseract wrote into one PDF, in order."""
    import pikepdf

    book = pikepdf.new()
    pages = sorted(folder.glob("page_*.pdf"))
    for path in pages:
        with pikepdf.open(path) as one:
            book.pages.extend(one.pages)
    book.save(folder / "pages.pdf", deterministic_id=True)
    for path in pages:
        path.unlink()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="which samples; all by default")
    names = parser.parse_args().names
    recipes = tomllib.loads((HERE / "recipe.toml").read_text(encoding="utf-8"))
    for number, (name, recipe) in enumerate(recipes.items()):
        if not names or name in names:
            make(name, number, recipe)


if __name__ == "__main__":
    main()
