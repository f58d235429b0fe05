"""Tesseract at a page image: text by the English and the Turkish model; hOCR, ALTO or PDF by the English one."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path


def tesseract(image: Path, dpi: int, *formats: str, language: str = "eng", psm: int = 3, to: Path | None = None) -> str:
    """Run Tesseract; the text, or the files ``to.<format>`` when *formats* are given."""
    target = "-" if to is None else str(to)
    run = subprocess.run(
        ["tesseract", image.name, target, "-l", language, "--psm", str(psm), "--dpi", str(dpi), *formats],
        capture_output=True, check=True, cwd=image.parent, env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )  # fmt: skip
    return run.stdout.decode("utf-8").rstrip("\f").rstrip()


def version() -> str:
    run = subprocess.run(["tesseract", "--version"], capture_output=True, check=True)
    found = re.search(rb"tesseract (\S+)", run.stdout + run.stderr)
    return found[1].decode() if found else "unknown"
