"""``onar words add``: what people read in their edits becomes words that later runs know.

- The words of every edit in a decisions file are added to a word list, one a line; known ones are not added twice.
- A suffix after an apostrophe is left off, for names inflect: ``Şanghay’ın`` adds ``Şanghay``.
- A word broken at a line end is joined.

``onar words add makale.decisions.json --to adlar.txt`` and then ``onar restore --words adlar.txt``. Start reading at
:func:`command`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import click

from onar.commands.console import complain

__all__ = ["command", "words_in"]

_BREAK = re.compile(r"[-\u00ad\u00ac]\s*[\r\n\f]\s*")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@click.group(name="words", short_help="Add words that people decided on to a word list.")
def command() -> None:
    """Work on a word list of one's own, for onar restore --words."""


@command.command(name="add")
@click.argument("decisions", nargs=-1, required=True, type=click.Path())
@click.option("--to", "target", required=True, metavar="FILE", help="The word list; it is made if it isn't there.")
@click.option("--accepted", is_flag=True, help="Add the words of accepted changes too, not only of edits.")
def add(decisions: tuple[str, ...], target: str, accepted: bool) -> None:
    """Add the words that people edited in, from DECISIONS (decisions files, or logs with decisions), to a word list."""
    from onar.changelog.decisions import read
    from onar.files import read_text, read_words, write_file

    wanted = ("edit", "accept") if accepted else ("edit",)
    readings = [
        judgement.after
        for path in decisions
        for source in read(path)
        for judgement in source.judgements
        if judgement.decision in wanted
    ]
    there = Path(target).exists()
    text = read_text(target) if there else "# words that people decided on, one a line\n"
    known = set(read_words(target)) if there else set()
    new = [word for word in words_in(readings) if word not in known]
    if new or not there:
        end = "" if text.endswith("\n") or not text else "\n"
        write_file(target, (text + end + "".join(f"{word}\n" for word in new)).encode("utf-8"))
    complain(f"{len(new)} words added to {target}")


def words_in(readings: Iterable[str]) -> list[str]:
    """Return the words of *readings*, each once, in their order, without suffixes after an apostrophe.

    >>> words_in(["Şanghay’ın iş-\\nbirliği", "Şanghay"])
    ['Şanghay', 'işbirliği']
    """
    found = (match[0] for reading in readings for match in _WORD.finditer(_BREAK.sub("", reading)))
    return list(dict.fromkeys(re.split("['’]", word)[0] for word in found))
