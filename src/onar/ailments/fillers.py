"""Marks that stand for nothing printed: gaps of justified lines and rules beside columns, read as ``_ ~ — |``.

- ``seeds/fillers.tsv`` names the marks and where they stand; *sure* ones show that a text has fillers at all.
- *gaps* are sought only in text that was read with the wrong alphabet, dashes only on lines with a sure one: right text
  has underscores and dashes of its own.
- *edges* are sought where many lines of Turkish words begin or end with the rule beside their column.
- A letter at a line's edge is a filler only where the word is none with it and one without it.

``bir _bilgisayar — mimarisi`` → ``bir bilgisayar mimarisi``. Start reading at :func:`fillers`.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Iterator
from functools import cache

from onar.changelog.mended import Op
from onar.language.tables import cells

__all__ = ["fillers"]

FAMILY = "fillers"
EDGES, EDGE_SHARE = 4, 0.02  # lines with a rule beside them, and their share of all lines
TABLE = 3  # rules in one line that make it a table


@cache
def _patterns() -> dict[tuple[str, str], re.Pattern[str]]:
    """A pattern for each map and place; the group ``mark`` is what goes, ``sure`` is there if it alone would tell."""
    marks: dict[tuple[str, str], list[tuple[str, bool]]] = {}
    for row in cells("fillers.tsv"):
        marks.setdefault((row["map"], row["where"]), []).append((row["read"], row["sure"] == "yes"))
    shapes = {
        "before": r"(?<=\s)(?P<mark>{any})(?=[^\W\d_]{{2}})",
        "after": r"(?<=[^\W\d_]{{2}})(?P<mark>{any})(?=[ \t]+\S)",
        "between": r"(?<=[^\W\d_])(?P<mark> +{any}(?= _?[^\W\d_]))",
        "begin": r"(?m:^)(?P<mark>[ \t]*{one}[ \t]+)(?=\S)",
        "end": r"(?<=\S)(?P<mark>[ \t]+{one}[ \t]*)(?m:$)",
        "joined": r"(?m:^)(?P<mark>{one})(?P<word>[^\W\d_]{{2,}})",
    }
    found = {}
    for (name, where), reads in marks.items():
        ranked = sorted(reads, key=lambda read: (-len(read[0]), read[0]))
        one = "(?:" + "|".join(re.escape(read) for read, _ in ranked) + ")"
        many = f"[{''.join(re.escape(read) for read, _ in ranked)}]+" if name == "gaps" else one
        found[name, where] = re.compile(shapes[where].format(any=many, one=one))
    return found


@cache
def _sure(name: str) -> frozenset[str]:
    return frozenset(row["read"] for row in cells("fillers.tsv") if row["map"] == name and row["sure"] == "yes")


def fillers(text: str, damaged: Callable[[], bool], is_right: Callable[[str], bool]) -> tuple[Op, ...]:
    """Return the mendings that take the fillers out of *text*.

    *damaged* tells whether the text was read with the wrong alphabet, *is_right* whether a word is one.

    >>> text = "bir _bilgisayar ve son _yillarda cok"
    >>> [op.start for op in fillers(text, lambda: True, str.isalpha)]
    [4, 23]
    """
    ops: list[Op] = []
    if any(sign in text for sign in _sure("gaps")):
        found = list(_found(text, "gaps"))
        breaks = [match.start() for match in re.finditer("\n", text)]
        clear = {bisect(breaks, op.start) for op in found if _sure("gaps") & set(text[op.start : op.end])}
        if clear and damaged():
            ops += [op for op in found if bisect(breaks, op.start) in clear]
    if any(sign in text for sign in _sure("edges")):
        ops += _edges(text, is_right)
    return _apart(ops)


def _found(text: str, name: str) -> Iterator[Op]:
    for (map_, where), pattern in _patterns().items():
        if map_ == name and where != "joined":
            for match in pattern.finditer(text):
                mark = match.group("mark")
                yield Op(match.start("mark"), match.end("mark"), "", f"∅>{mark.strip()}", FAMILY)


def _edges(text: str, is_right: Callable[[str], bool]) -> list[Op]:
    """The rules and letters beside the columns of *text*, if many lines have them and hold Turkish words."""
    lines = [line for line in text.split("\n") if line.strip()]
    found = [op for op in _found(text, "edges") if _line(text, op).count("|") < TABLE]
    clear = [op for op in found if text[op.start : op.end].strip() in _sure("edges")]
    if len(clear) < EDGES or len(clear) < EDGE_SHARE * len(lines):
        return []
    words = [word for op in clear for word in re.findall(r"[^\W\d_]{3,}", _line(text, op))]
    if 2 * sum(map(is_right, words)) < len(words):
        return []
    for match in _patterns()["edges", "joined"].finditer(text):
        before = re.search(r"([^\W\d_]+)-\s*\Z", text[max(0, match.start() - 40) : match.start()])
        stem = before.group(1) if before else ""
        word = match.group("word")
        if not is_right(stem + match.group()) and is_right(stem + word) and len(stem + word) > 2:
            found.append(Op(match.start("mark"), match.end("mark"), "", f"∅>{match.group('mark')}", FAMILY))
    return found


def _line(text: str, op: Op) -> str:
    stop = text.find("\n", op.end)
    return text[text.rfind("\n", 0, op.start) + 1 : stop if stop >= 0 else len(text)]


def _apart(ops: list[Op]) -> tuple[Op, ...]:
    """*ops* in text order, of those that overlap the first."""
    kept: list[Op] = []
    for op in sorted(ops):
        if not kept or op.start >= kept[-1].end:
            kept.append(op)
    return tuple(kept)
