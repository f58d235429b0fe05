"""Search and replace, as one would do by hand: the rows of rules.tsv, blindly."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path


def load() -> Callable[[str], str]:
    rows = Path(__file__).with_name("rules.tsv").read_text(encoding="utf-8").splitlines()[1:]
    table: dict[str, str] = dict(tuple(row.split("\t")) for row in rows)  # type: ignore[misc]
    pattern = re.compile("|".join(map(re.escape, table)))
    six = re.compile(r"(?<=[^\W\d])6|6(?=[^\W\d])")  # a digit inside a word
    return lambda text: six.sub("ö", pattern.sub(lambda found: table[found[0]], text))
