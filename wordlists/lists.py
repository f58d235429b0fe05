"""The lists: text, one entry a line, tab-separated, a header of `#` lines; xz when the name says so."""

from __future__ import annotations

import lzma
from collections.abc import Iterable, Iterator
from pathlib import Path

from onar.errors import KnowledgeError

__all__ = ["LISTS", "header", "read", "write"]

LISTS = Path(__file__).parent / "lists"


def header(title: str, source: str, licence: str, size: int, columns: str) -> list[str]:
    """The lines every list begins with.

    >>> header("Names.", "own work", "MIT", 3, "name")[0]
    '# Names.'
    """
    return [
        f"# {title}",
        f"# source: {source}",
        f"# licence: {licence}",
        f"# date: 2026-11-23; entries: {size}",
        f"# columns: {columns}",
    ]


def write(path: Path, head: Iterable[str], rows: Iterable[str]) -> None:
    """Write a list beside its place, then move it there."""
    text = "".join(f"{line}\n" for part in (head, rows) for line in part).encode()
    beside = path.with_name(path.name + ".tmp")
    beside.write_bytes(lzma.compress(text, preset=6) if path.suffix == ".xz" else text)
    beside.replace(path)


def read(path: Path) -> Iterator[list[str]]:
    """The rows of a list, cut into columns."""
    try:
        data = path.read_bytes()
        text = (lzma.decompress(data) if path.suffix == ".xz" else data).decode()
    except (OSError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise KnowledgeError(
            f"{path}: {error}; restore it from the repository or run `python -m onar.wordlists.count`"
        ) from error
    # the header ends with its line of columns: a row may begin with "# " too, for # is a number among words
    body = text.partition("\n# columns:")[2].partition("\n")[2]
    return (line.split("\t") for line in body.split("\n") if line)
