"""What the terminal sees: text and bytes on standard output, one-line messages and bars on standard error.

- Bytes go out as they are: no translation of line ends, UTF-8 whatever the locale.
- Messages have three levels: errors and warnings always, remarks unless ``-q``, details with ``-v``.
- Bars are drawn only on a terminal.

``onar: tez.txt: No such file or directory: check the name and the permissions``. Start reading at :class:`Console`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

import click

from onar.encoding import printable
from onar.errors import OnarError

__all__ = ["Bar", "Console", "complain", "put_bytes", "put_text"]


def put_bytes(data: bytes) -> None:
    """Write *data* to standard output; a full disk becomes an :class:`OnarError`."""
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OnarError(f"standard output: not written: {error.strerror}: give another place with -o") from None


def put_text(text: str) -> None:
    """Write *text* to standard output in UTF-8."""
    put_bytes(text.encode("utf-8", "backslashreplace"))


def complain(message: object) -> None:
    """Write *message* to standard error on one line, with our name in front."""
    click.echo(f"onar: {printable(message)}", err=True)


class Bar(Protocol):
    """Something that counts what is done."""

    def update(self, n_steps: int) -> None:
        """Count *n_steps* more."""


class _NoBar:
    def update(self, n_steps: int) -> None:
        """Draw nothing."""


@dataclass(frozen=True, slots=True)
class Console:
    """How much to say: ``level`` 0 is quiet, 1 usual, 2 verbose."""

    level: int = 1

    def warn(self, message: object) -> None:
        """Say what the user should know, unless quiet."""
        if self.level >= 1:
            complain(message)

    def detail(self, message: object) -> None:
        """Say what the user asked to know."""
        if self.level >= 2:
            complain(message)

    @contextmanager
    def shares(self, label: str) -> Iterator[Callable[[float], None] | None]:
        """Give what draws a bar when it hears which share of one long piece of work is done; None off a terminal."""
        if self.level < 1 or not sys.stderr.isatty():
            yield None
            return
        with click.progressbar(length=1000, label=label, file=sys.stderr) as bar:
            yield lambda done: bar.update(max(0, int(1000 * min(done, 1.0)) - bar.pos))

    @contextmanager
    def bar(self, length: int, label: str) -> Iterator[Bar]:
        """Give a bar of *length* steps; one that draws nothing if quiet, for one step, or off a terminal."""
        if self.level < 1 or length < 2 or not sys.stderr.isatty():
            yield _NoBar()
            return
        with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
            yield bar
