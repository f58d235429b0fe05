"""``onar restore``: damaged text in, the printed text and a log of every change out.

- Inputs are files, folders and ``-``; text goes to standard output, or to files with ``-o`` and ``--in-place``.
- ``--diff`` and ``--check`` show what would change; nothing is written to the outputs then.
- A single output and its log are put in place together, or neither.
- Folders and several inputs with ``-o`` are a batch (:mod:`onar.batches.batch`), with a manifest that lets it go on.

``onar restore makale.txt -o duzgun.txt --log makale.jsonl``. Start reading at :func:`command`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click

from onar.commands.console import Console
from onar.commands.job import FORMATS

__all__ = ["command"]

_READABLE = click.Path(exists=True, dir_okay=False)
_OPTIONS = (
    click.argument("inputs", nargs=-1, metavar="[FILES|DIRS|-]...", type=click.Path(allow_dash=True)),
    click.option("-o", "--output", metavar="PATH", help="Write here: a file, or a folder for several inputs."),
    click.option("--in-place", is_flag=True, help="Write over the inputs, which stay as .bak."),
    click.option("--log", metavar="PATH", help="Write the changes here: .jsonl or .csv; a folder for several inputs."),
    click.option("--report", metavar="PATH", help="Write a page for reviewing in the browser here (.html)."),
    click.option("--diff", is_flag=True, help="Show a diff in place of the text."),
    click.option("--check", is_flag=True, help="Write nothing; exit with 1 if something would change."),
    click.option(
        *("--min-confidence", "min_confidence"),
        type=click.FloatRange(0, 1),
        metavar="P",
        help="Apply changes at least this sure, flag the others.",
    ),
    click.option("--words", multiple=True, type=_READABLE, metavar="FILE", help="Words to know, one a line."),
    click.option("--rules", type=_READABLE, metavar="FILE", help="A table of confusions of your own."),
    click.option("--dictionary", type=_READABLE, metavar="DIC", help="A Hunspell dictionary whose words are known."),
    click.option("--keep-foreign/--no-keep-foreign", default=None, help="Leave foreign passages alone (usual)."),
    click.option("--decisions", type=_READABLE, metavar="FILE", help="What people decided before; it is honoured."),
    click.option("--format", type=click.Choice(FORMATS), default="auto", help="What the inputs are."),
    click.option("--encoding", metavar="NAME", help="How text is encoded, if not in UTF-8 (such as cp1254)."),
    click.option("--skip-visible", is_flag=True, help="Leave PDF pages with visible text as they are."),
    click.option("-j", "--jobs", type=click.IntRange(0), default=1, metavar="N", help="Processes; 0 is every core."),
    click.option("--force", is_flag=True, help="Batches: do again what is done already."),
    click.option("--collection", metavar="FILE", help="Batches: what the documents teach each other is kept here."),
    click.option("--summary", metavar="PATH", help="Batches: write the figures here (.txt, .json or .html)."),
    click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors."),
    click.option("-v", "--verbose", is_flag=True, help="Say what is done to each input."),
)


def _with_options(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


@click.command(name="restore", short_help="Restore damaged Turkish text; every change goes into a log.")
@_with_options
def command(**options: Any) -> int:
    """Restore Turkish text that OCR read with the wrong alphabet; write it to standard output, or where -o says."""
    from onar.commands.plan import plan

    console = Console(0 if options["quiet"] else 2 if options["verbose"] else 1)
    if not options["inputs"]:
        if sys.stdin.isatty():
            raise click.UsageError("no input: name files or folders, or - for standard input")
        options["inputs"] = ("-",)
    todo = plan(options)
    if todo.batch:
        from onar.commands.many import restore_batch

        return restore_batch(todo, console)
    from onar.commands.each import restore_each

    return restore_each(todo, console)
