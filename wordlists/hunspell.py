"""Expands a Hunspell dictionary into all of its forms.

Enough of the format for the two dictionaries we use: prefixes and suffixes with strips and conditions, cross products,
numbered or one-letter flags; no compounds, no twofold suffixes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

__all__ = ["expand"]

Rule = tuple[str, str, re.Pattern[str] | None]


def _affixes(path: Path) -> tuple[dict[str, list[Rule]], dict[str, list[Rule]], bool, str]:
    suffixes: defaultdict[str, list[Rule]] = defaultdict(list)
    prefixes: defaultdict[str, list[Rule]] = defaultdict(list)
    numbered, skipped = False, ""
    for line in path.read_text(encoding="utf-8").splitlines():
        parts = line.split()
        if parts[:1] == ["FLAG"]:
            numbered = parts[1] == "num"
        elif len(parts) == 2 and parts[0] in ("ONLYINCOMPOUND", "FORBIDDENWORD", "NOSUGGEST"):
            skipped += parts[1]
        elif len(parts) >= 5 and parts[0] in ("SFX", "PFX"):
            strip, add, condition = (("" if p == "0" else p) for p in (parts[2], parts[3].split("/")[0], parts[4]))
            if parts[0] == "SFX":
                suffixes[parts[1]].append((strip, add, None if condition == "." else re.compile(f"(?:{condition})$")))
            else:
                prefixes[parts[1]].append((strip, add, None if condition == "." else re.compile(condition)))
    return suffixes, prefixes, numbered, skipped


def expand(directory: Path) -> Iterator[tuple[str, str]]:
    """Every (stem, form) of the dictionary in `directory` (index.aff, index.dic)."""
    suffixes, prefixes, numbered, skipped = _affixes(directory / "index.aff")
    for line in (directory / "index.dic").read_text(encoding="utf-8").splitlines()[1:]:
        stem, _, flags = line.strip().partition("/")
        marks = flags.split(",") if numbered else list(flags)
        if not stem or any(m in skipped for m in marks if m and skipped):
            continue
        forms = [stem]
        for mark in marks:
            for strip, add, condition in suffixes.get(mark, ()):
                if stem.endswith(strip) and (condition is None or condition.search(stem)):
                    forms.append(stem[: len(stem) - len(strip)] + add)
        for mark in marks:
            for strip, add, condition in prefixes.get(mark, ()):
                forms += [
                    add + f[len(strip) :]
                    for f in forms[:]
                    if f.startswith(strip) and (not condition or condition.match(f))
                ]
        for form in dict.fromkeys(forms):
            yield stem, form
