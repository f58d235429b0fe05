"""Reads the small tables of ``wordlists``: remarks, one heading, tab-separated rows.

- Remarks begin with ``#`` and say what the list is, where it comes from, its licence and date.
- A missing or malformed table raises :class:`~onar.errors.KnowledgeError`, naming file, row and remedy.

``rows("numbers.tsv", 2)`` gives ``["90", "doksan"]`` among others. Start reading at :func:`rows`.
"""

from __future__ import annotations

from importlib import resources

from onar.errors import KnowledgeError

__all__ = ["rows"]


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
