"""``onar stats``: what is wrong with files, and how they would come out; nothing is written.

- Each file is read in any format Onar knows and judged by :func:`onar.ailments.diagnose.diagnose`.
- The families of damage are told with their share of the words and examples, and the word error rate is estimated.
- A file that can't be read is told on standard error; the others are judged all the same.

``onar stats tez.txt`` shows ``codepages 32.1 %: sýnýfý → sınıfı``. Start reading at :func:`command`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from onar.commands.console import complain, put_text

if TYPE_CHECKING:
    from onar.ailments.diagnose import Diagnosis

__all__ = ["command"]

SOME_FAILED = 5


@click.command(name="stats", short_help="Estimate the damage of files, without changing anything.")
@click.argument("files", nargs=-1, required=True, metavar="FILES...", type=click.Path(allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a file, on a line of its own.")
@click.option("--format", "kind", default="auto", help="What the files are, if not told by their content.")
@click.option("--encoding", metavar="NAME", help="How text is encoded, if not in UTF-8 (such as cp1254).")
def command(files: tuple[str, ...], as_json: bool, kind: str, encoding: str | None) -> int:
    """Tell what is wrong with FILES (- is standard input): families of damage, examples, error rate before and after."""
    from onar.ailments.diagnose import diagnose
    from onar.errors import OnarError

    failed = 0
    for path in files:
        try:
            found = diagnose(_text(path, kind, encoding))
        except OnarError as error:
            if len(files) == 1:
                raise
            complain(error)
            failed += 1
            continue
        put_text(_json(path, found) if as_json else "\n".join(_report(path, found)) + "\n")
    return SOME_FAILED if failed else 0


def _text(path: str, kind: str, encoding: str | None) -> str:
    from onar.documents import open_document

    source = sys.stdin.buffer.read() if path == "-" else path
    return open_document(source, format=kind, encoding=encoding, name=path).text


def _json(path: str, found: Diagnosis) -> str:
    return json.dumps({"file": path, **found.as_dict()}, ensure_ascii=False) + "\n"


def _report(path: str, found: Diagnosis) -> Iterator[str]:
    """The lines for one file."""
    from onar.encoding import printable

    state = "nothing found wrong" if not found.findings else "damaged"
    if not found.turkish and found.words:
        state += ", not in Turkish as far as can be told"
    yield f"{printable(path)}: {found.words} words, {state}"
    for finding in found.findings:
        shown = ", ".join(f"{read} → {printed}" if printed else read for read, printed in finding.examples)
        yield f"  {finding.family:<10} {100 * finding.share:5.1f} % of the words: {printable(shown)}"
    if found.findings:
        yield f"  estimated word error rate: {100 * found.before:.0f} % as it is, {100 * found.after:.0f} % restored"
