"""``onar learn``: a confusion table of one's own, from pages whose print is known.

- PAIRS are JSON lines with ``print`` and ``ocr``, one page each, also compressed by xz.
- Every fifth page is kept back; how well the table explains those says what it is worth.
- The table is written when all went well, and not before; ``onar restore --rules`` lays it over the shipped one.

``onar learn sayfalar.jsonl -o tablo.tsv`` learns ``ü>ii`` from ``düzen`` read ``diizen``. Start reading at
:func:`command`.
"""

from __future__ import annotations

from pathlib import Path

import click

from onar.commands.console import Console
from onar.encoding import printable

__all__ = ["command"]


@click.command(name="learn", short_help="Learn the costs of confusions from pairs of print and OCR.")
@click.argument("pairs", nargs=-1, required=True, metavar="PAIRS...", type=click.Path(exists=True, dir_okay=False))
@click.option("-o", "--output", required=True, metavar="TABLE", help="The table to write (.tsv).")
@click.option(
    "--keep-back",
    type=click.IntRange(0),
    default=5,
    show_default=True,
    metavar="N",
    help="Check on every N-th page and don't learn from it; 0 learns from all.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def command(pairs: tuple[str, ...], output: str, keep_back: int, quiet: bool) -> None:
    """Learn how OCR misreads from PAIRS: JSON lines with print and ocr, one page each (.jsonl, .jsonl.xz)."""
    from onar.channel.learn import study
    from onar.channel.rules import write_rules
    from onar.files import same_file, write_file

    if keep_back == 1:
        raise click.UsageError("--keep-back 1 keeps every page back: take 0 for none, or 2 and more")
    if any(same_file(path, output) for path in pairs):
        raise click.UsageError(f"{printable(output)} is an input: give another place for the table")
    console = Console(0 if quiet else 1)
    lesson = study([Path(path) for path in pairs], keep_back, console.warn)
    write_file(output, write_rules(lesson.rules, lesson.remarks).encode("utf-8"))
    for name, bits, lost in lesson.figures:
        console.warn(f"{name}: {bits:.3f} bits a word, {lost:.2%} of the words not explained")
    console.warn(f"{len(lesson.rules)} rows written to {printable(output)}")
