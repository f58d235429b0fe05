"""The compiled word lists, opened in one place: mapped into memory on first use, never silently missing.

>>> len(compiled("endings.txt")) == manifest()["files"]["endings.txt"]["size"]
True
"""

from __future__ import annotations

import json
import mmap
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from onar.errors import KnowledgeError

__all__ = ["compiled", "manifest", "path", "units"]


def _directory() -> Any:
    return resources.files("onar.wordlists") / "compiled"


@cache
def manifest() -> dict[str, Any]:
    """What the compiled files are: their sizes and the settings they were made with."""
    try:
        text = (_directory() / "manifest.json").read_text(encoding="utf-8")
        return dict(json.loads(text))
    except (OSError, ModuleNotFoundError, ValueError) as error:
        raise KnowledgeError(
            f"wordlists/compiled/manifest.json: {error}; run `python -m onar.wordlists.compile`"
        ) from error


@cache
def compiled(name: str) -> memoryview:
    """One compiled file, mapped into memory and read only where it is touched."""
    expected = manifest()["files"].get(name)
    try:
        with resources.as_file(_directory() / name) as found, found.open("rb") as file:
            view = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError) as error:
        raise KnowledgeError(f"wordlists/compiled/{name}: {error}; run `python -m onar.wordlists.compile`") from error
    if expected is None or len(view) != expected["size"]:
        raise KnowledgeError(
            f"wordlists/compiled/{name}: {len(view)} bytes where the manifest says otherwise; "
            "run `python -m onar.wordlists.compile`"
        )
    return view


def path(name: str) -> Path:
    """Where a compiled file is, for what can only load paths; whatever is wrong with it is said first."""
    compiled(name)
    with resources.as_file(_directory() / name) as found:
        return Path(found)


def units(automaton: memoryview) -> memoryview:
    """The nodes of a saved automaton (see `onar.language.lexicon`)."""
    size = int.from_bytes(automaton[:4], "little")
    return automaton[4 : 4 + 4 * size].cast("I")
