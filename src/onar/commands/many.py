"""Folders and several inputs with ``-o``: a batch, handed to :mod:`onar.batches.batch`.

- The tree is mirrored, with a log beside each document (or below ``--log FOLDER``) and a manifest.
- A second run does what is new, changed or failed; ``--force`` does all.

``onar restore taramalar -o onarilan -j 4 --summary ozet.html``. Start reading at :func:`restore_batch`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onar.commands.console import Console, complain
from onar.commands.plan import Plan
from onar.encoding import printable

if TYPE_CHECKING:
    from onar.batches.batch import Progress

__all__ = ["restore_batch"]

_PAUSE = 0.1  # seconds between two drawings of the progress


def restore_batch(todo: Plan, console: Console) -> int:
    """Restore the inputs of *todo* as a batch and return its exit code."""
    from onar.batches.batch import Options, run

    options, settings = todo.options, todo.settings
    if options["log"] and Path(options["log"]).suffix in (".jsonl", ".csv"):
        raise click.UsageError(f"--log {printable(options['log'])}: several inputs have several logs: name a folder")
    how = Options(
        restorer=settings.restorer,
        format=settings.format,
        encoding=settings.encoding,
        skip_visible=settings.skip_visible,
    )
    summary = run(
        options["inputs"],
        options["output"],
        how,
        jobs=options["jobs"],
        force=options["force"],
        log_dir=options["log"],
        collection=options["collection"],
        progress=_meter(console),
    )
    if options["summary"]:
        from onar.batches.summary import write

        write(summary, options["summary"])
    if console.level:
        click.echo(summary.to_text(), err=True, nl=False)
    else:
        for failure in summary.failures:
            complain(failure)
    return summary.exit_code


def _meter(console: Console) -> Callable[[Progress], None] | None:
    """Return what draws the progress over one line of the terminal, None off a terminal."""
    if console.level < 1 or not sys.stderr.isatty():
        return None
    drawn = 0.0

    def draw(progress: Progress) -> None:
        nonlocal drawn
        last = progress.finished >= progress.total
        if last or time.monotonic() - drawn > _PAUSE:
            drawn = time.monotonic()
            click.echo(f"\r\x1b[K{progress}", err=True, nl=last)

    return draw
