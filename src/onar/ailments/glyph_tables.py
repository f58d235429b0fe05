"""The tables of broken glyphs, read once and compiled: which signs stand for which printed letters.

- ``codepages.tsv``, ``fontmaps.tsv`` and ``accents.tsv`` have the columns map, read, printed, where, witness, note.
- A *map* is the rows with one name; its *signs* are the characters no Turkish text has for letters of its own.
- ``\\x9f`` in a cell is that control character, ``␣`` a space.

The map ``cp1254>cp1252`` reads ``ý`` where ``ı`` was printed. Start reading at :func:`maps`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple
from unicodedata import category

from onar.alphabet import LETTERS
from onar.channel.rules import rule_id
from onar.language.tables import cells

__all__ = ["FAMILIES", "Maps", "Row", "maps", "telling"]

FAMILIES = {"codepages": "codepages.tsv", "fontmaps": "fontmaps.tsv", "accents": "accents.tsv"}
_BY_ITSELF = "fl|fi"  # plain letters that tell something, too


class Row(NamedTuple):
    """One row: *read* stands where *printed* was, in texts that need the map."""

    family: str
    map: str
    read: str
    printed: str
    where: str

    @property
    def id(self) -> str:
        """The name of the row in logs, such as ``ı>ý``."""
        return rule_id(self.printed, self.read)


class Maps:
    """All maps, compiled."""

    def __init__(self, rows: list[Row]) -> None:
        """Sort the rows by map."""
        self.rows: dict[str, list[Row]] = {}
        for row in rows:
            self.rows.setdefault(row.map, []).append(row)
        self.single = {name: self.together((name,))[0] for name in self.rows}
        self.signs = {
            name: frozenset(c for row in found for c in row.read if c not in _ORDINARY)
            for name, found in self.rows.items()
        }
        self.in_right_text = frozenset(
            row.map for row in rows if row.where != "soft" and all(category(c)[0] in "PZ" for c in row.read)
        )
        self.loose = frozenset(row.map for row in rows if row.family == "accents")
        loose = "".join(sorted({c for row in rows if row.family == "accents" for c in row.read if category(c) == "Sk"}))
        mark = f"[{re.escape(loose)}]"
        self.token = re.compile(rf"\S+(?:(?: (?={mark})|(?<={mark}) )\S+)*")

    @lru_cache(maxsize=256)  # noqa: B019 -- there is one Maps a process
    def together(self, names: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, Row]]:
        """Return a pattern for what the maps *names* read, the longest first, and the row of each match."""
        rows: dict[str, Row] = {}
        for name in names:
            for row in self.rows[name]:
                rows.setdefault(row.read, row)
        reads = sorted(rows, key=lambda read: (-len(read), read))
        return re.compile("|".join(map(re.escape, reads))), rows


_ORDINARY = frozenset(LETTERS) | frozenset(map(chr, range(128)))


@cache
def maps() -> Maps:
    """Return the shipped maps."""
    return Maps(
        [
            Row(family, row["map"], row["read"], row["printed"], row["where"])
            for family, name in FAMILIES.items()
            for row in cells(name)
        ]
    )


@cache
def telling() -> re.Pattern[str]:
    """Return a pattern for the characters without which no map is needed."""
    signs = sorted(frozenset().union(*maps().signs.values()))
    return re.compile(f"[{re.escape(''.join(signs))}]|{_BY_ITSELF}")
