"""Reads the small tables of ``wordlists`` and ``seeds``: remarks, one heading, tab-separated rows.

- Remarks begin with ``#`` and say what the list is, where it comes from, its licence and date.
- A missing or malformed table raises :class:`~onar.errors.KnowledgeError`, naming file, row and remedy.

``rows("numbers.tsv", 2)`` gives ``["90", "doksan"]`` among others. Start reading at :func:`rows`.
"""

from __future__ import annotations

import re
from importlib import resources

from onar.errors import KnowledgeError

__all__ = ["cells", "rows"]

_ESCAPE = re.compile(r"\\x([0-9a-f]{2})")  # ``\\x9f`` in a cell of ``seeds`` is that control character


def rows(name: str, width: int) -> list[list[str]]:
    """Return the rows of the table *name*, each of *width* cells.

    >>> ["90", "doksan"] in rows("numbers.tsv", 2)
    True
    """
    try:
        text = (resources.files("onar.wordlists") / name).read_text(encoding="utf-8")
    except (OSError, ModuleNotFoundError) as error:
        raise KnowledgeError(f"wordlists/{name}: {error}; reinstall Onar") from error
    found = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")][1:]
    for number, row in enumerate(found, 1):
        if len(row) != width:
            raise KnowledgeError(f"wordlists/{name}, row {number}: {len(row)} cells where {width} belong; mend the row")
    return found


def cells(name: str) -> list[dict[str, str]]:
    """Return the rows of the table *name* in ``seeds`` under the headings of its first line that is no remark."""
    try:
        text = (resources.files("onar.seeds") / name).read_text(encoding="utf-8")
    except OSError as error:
        raise KnowledgeError(f"seeds/{name}: {error}; reinstall Onar") from error
    lines = [line.split("\t") for line in text.split("\n") if line and not line.startswith("# ") and line[0] != "#"]
    found = []
    for number, line in enumerate(lines[1:], 1):
        if len(line) > len(lines[0]):
            raise KnowledgeError(f"seeds/{name}, row {number}: too many cells; mend the row")
        found.append({k: _meant(v) for k, v in zip(lines[0], [*line, *[""] * len(lines[0])], strict=False)})
    return found


def _meant(cell: str) -> str:
    cell = "" if cell == "∅" else cell.replace("␣", " ")
    return _ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), cell)
