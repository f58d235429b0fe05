"""``onar explain``: what a damaged word may have been, and what each reading costs.

- Each argument is a word, or a few words in quotation marks, which then decide beside each other.
- The candidates stand with their costs item by item, the engine's choice first; ``--json`` gives the same to programs.
- Words, rules and dictionaries of one's own count as in ``onar restore``.

``onar explain diizende`` shows ``düzende`` first. Start reading at :func:`command`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from onar.commands.console import put_text

__all__ = ["command"]

LONGEST = 2000  # characters of one argument: to explain is to show a few words, not a page
_READABLE = click.Path(exists=True, dir_okay=False)


@click.command(name="explain", short_help="Show what a damaged word may have been, and what each reading costs.")
@click.argument("texts", nargs=-1, required=True, metavar="WORD...")
@click.option("--words", multiple=True, type=_READABLE, metavar="FILE", help="Words to know, one a line.")
@click.option("--rules", type=_READABLE, metavar="FILE", help="A table of confusions of your own.")
@click.option("--dictionary", type=_READABLE, metavar="DIC", help="A Hunspell dictionary whose words are known.")
@click.option("--keep-foreign/--no-keep-foreign", default=None, help="Take foreign words for possible (usual).")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object a line.")
def command(
    texts: tuple[str, ...],
    words: tuple[str, ...],
    rules: str | None,
    dictionary: str | None,
    keep_foreign: bool | None,
    as_json: bool,
) -> None:
    """Show what each WORD may have been, the engine's choice first, with what it costs and why (in nats)."""
    from onar.files import read_words
    from onar.restore import Restorer

    for text in texts:
        if len(text) > LONGEST:
            raise click.UsageError(f"{text[:20]}…: {len(text)} characters are too many to explain: give a few words")
    options: dict[str, Any] = {"words": [word for path in words for word in read_words(path)]}
    options |= {"rules": Path(rules)} if rules else {}
    options |= {"dictionary": dictionary} if dictionary else {}
    options |= {"keep_foreign": keep_foreign} if keep_foreign is not None else {}
    restorer = Restorer(**options)
    for text in texts:
        found = restorer.explain(text)
        if as_json:
            put_text(json.dumps(found.as_dict(), ensure_ascii=False) + "\n")
        else:
            put_text(f"{found}\n" if found.words else f"{text}\n  no word\n")
