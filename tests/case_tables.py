"""Reads the case tables, and sorts their cases into what works today and what does not.

- ``tests/cases/*.md`` hold blocks fenced as ``diff``; in them ``-`` is a line as it was read, ``+`` as it was printed and
  ``=`` a line that stays as it is. A blank line ends a case, so a case may have as many lines as it needs; ``␌`` is a form
  feed, and a mark alone on its line is a blank line of the case.
- ``known_failures.md`` holds what goes wrong today, by cause; there a fence says which file and heading its cases are from.
- ``python tests/case_tables.py`` tells which cases stand in the wrong place today, and ``--write`` moves them: those that
  fail under ``## Unsorted`` of the known failures, to be given a cause and a reason, and those that work back home.

Start reading at :func:`cases_of`.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

import onar

FOLDER = Path(__file__).parent / "cases"
KNOWN_FAILURES = "known_failures"
THEMES = sorted(path.stem for path in FOLDER.glob("*.md") if path.stem != KNOWN_FAILURES)
UNSORTED = "\n## Unsorted\n\nFound by running all cases; the reason is still to be written.\n"
_FENCE = re.compile(r"^```diff(?: (\w+): ([^\n]*))?\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'"})


class Case(NamedTuple):
    """What was read and what was printed, the file and heading it belongs to, and the block it was read from."""

    theme: str
    heading: str
    read: str
    printed: str
    block: str

    @property
    def name(self) -> str:
        """The case in a few words."""
        return f"{self.theme}: {self.read[:40]!r}"


def text_of(theme: str) -> str:
    """Return the text of a table."""
    return (FOLDER / f"{theme}.md").read_text(encoding="utf-8")


def cases_of(name: str) -> list[Case]:
    """Return the cases of one file, in order."""
    found: list[Case] = []
    for section in re.split(r"^## ", text_of(name), flags=re.MULTILINE):
        cause = section.partition("\n")[0].strip()
        for theme, heading, blocks in _FENCE.findall(section):
            found += [
                _case(theme or name, heading or cause, block)
                for block in re.split(r"\n{2,}", blocks.strip("\n"))
                if block
            ]
    return found


def _case(theme: str, heading: str, block: str) -> Case:
    sides: dict[str, list[str]] = {"-": [], "+": [], "=": []}
    for row in block.split("\n"):
        assert row[:1] in sides and row[1:2] in ("", " "), f"{theme}.md: a line must begin with -, + or =: {row!r}"
        sides[row[0]].append(row[2:].replace("␌", "\f"))
    kept = sides["="]
    assert bool(kept) != bool(sides["-"]), f"{theme}.md: a case is either damaged or untouched: {block!r}"
    assert len(sides["-"]) == len(sides["+"]), f"{theme}.md: lines read and printed must pair up: {block!r}"
    return Case(theme, heading, "\n".join(kept or sides["-"]), "\n".join(kept or sides["+"]), block)


@cache
def restored(text: str) -> str:
    """Return *text* restored."""
    return onar.restore(text).text


def plain(text: str) -> str:
    """Return *text* with one kind of apostrophe: which kind a document writes is not what these cases are about."""
    return text.translate(_APOSTROPHES)


def works(case: Case) -> bool:
    """Tell whether a case is healed, and its print left alone."""
    if case.read == case.printed:
        return restored(case.read) == case.printed
    return plain(restored(case.read)) == plain(case.printed) and restored(case.printed) == case.printed


def without(text: str, block: str) -> str:
    """Return a table without one block."""
    text = text.replace(f"\n{block}\n", "\n", 1)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"^(```diff[^\n]*)\n+", r"\1\n", text, flags=re.MULTILINE)).replace(
        "\n\n```\n", "\n```\n"
    )


def within(text: str, heading: str, block: str) -> str:
    """Return a table with a block more at the end of the fence below *heading*."""
    start = text.index(f"## {heading}\n")
    stop = text.index("\n```\n", text.index("```diff", start))
    return f"{text[:stop]}\n\n{block}{text[stop:]}"


def as_failure(text: str, case: Case) -> str:
    """Return the known failures with *case* among the unsorted ones."""
    if UNSORTED not in text:
        text = text.rstrip("\n") + "\n" + UNSORTED
    return f"{text.rstrip()}\n\n```diff {case.theme}: {case.heading}\n{case.block}\n```\n"


def main(arguments: list[str]) -> int:
    """Tell which cases stand in the wrong place; move them with ``--write``."""
    tables = {name: text_of(name) for name in (*THEMES, KNOWN_FAILURES)}
    failing = [case for theme in THEMES for case in cases_of(theme) if not works(case)]
    healed = [case for case in cases_of(KNOWN_FAILURES) if works(case)]
    for case in failing:
        print(f"fails:  {case.name}\n        {restored(case.read)!r}")
        tables[case.theme] = without(tables[case.theme], case.block)
        tables[KNOWN_FAILURES] = as_failure(tables[KNOWN_FAILURES], case)
    for case in healed:
        print(f"healed: {case.name}")
        tables[KNOWN_FAILURES] = without(tables[KNOWN_FAILURES], case.block)
        tables[case.theme] = within(tables[case.theme], case.heading, case.block)
    tables[KNOWN_FAILURES] = re.sub(r"```diff[^\n]*\n+```\n\n?", "", tables[KNOWN_FAILURES]).rstrip() + "\n"
    if "--write" in arguments:
        for name, text in tables.items():
            (FOLDER / f"{name}.md").write_text(text, encoding="utf-8")
    print(f"{len(failing)} fail, {len(healed)} are healed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
