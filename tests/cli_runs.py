"""Running the command line in this process or in its own, for the tests of the terminal.

- :func:`run` calls :func:`onar.cli.main` with standard streams of its own and tells what came out.
- :class:`Fake` stands in for the engine: it mends ``ii`` into ``ü`` and is sure of it, or flags words with a ``w``.

Start reading at :func:`run`.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar

from onar.changelog.changes import Change, Restoration, locate
from onar.cli import main


@dataclass(frozen=True)
class Ran:
    """What a run left behind."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        """Standard output as text."""
        return self.out.decode("utf-8")

    @property
    def message(self) -> str:
        """The one line of standard error; there must be no other."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert lines[0].startswith("onar: ")
        return lines[0].removeprefix("onar: ")


@contextmanager
def _streams(stdin: bytes) -> Iterator[tuple[io.BytesIO, io.BytesIO]]:
    kept = sys.stdin, sys.stdout, sys.stderr
    out, err = io.BytesIO(), io.BytesIO()
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin), "utf-8")
    sys.stdout, sys.stderr = io.TextIOWrapper(out, "utf-8"), io.TextIOWrapper(err, "utf-8")
    try:
        yield out, err
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        sys.stdin, sys.stdout, sys.stderr = kept


def run(*args: object, stdin: bytes = b"") -> Ran:
    """Run ``onar`` with *args* in this process."""
    with _streams(stdin) as (out, err):
        code = main([str(arg) for arg in args])
        sys.stdout.flush()
        sys.stderr.flush()
        return Ran(code, out.getvalue(), err.getvalue().decode())


class Fake:
    """Stands in for :class:`onar.Restorer` and remembers how it was made."""

    made: ClassVar[list[dict[str, Any]]] = []
    heard: ClassVar[list[Sequence[tuple[int, int, float]]]] = []

    def __init__(self, **options: Any) -> None:
        """Note the *options*."""
        Fake.made.append(options)
        self.signature: dict[str, object] = {"onar": "0", "knowledge": "fake", "options": {}}

    def restore(
        self,
        text: str,
        *,
        confidences: Sequence[tuple[int, int, float]] = (),
        progress: Callable[[float], object] | None = None,
        gather: Callable[[Iterable[Change]], Sequence[Change]] = tuple,
    ) -> Restoration:
        """Mend ``ii`` into ``ü``."""
        Fake.heard.append(confidences)
        if "PATLA" in text:
            raise RuntimeError("patladı")
        places = locate(text)
        changes = [
            places.change(
                *(match.start(), match.end(), match[0].replace("ii", "ü")),
                rules=("ü>ii",),
                confidence=0.3 if "w" in match[0] else 0.97,
                status="flagged" if "w" in match[0] else "applied",
            )
            for match in re.finditer(r"\w*ii\w*", text)
        ]
        return Restoration(text, gather(changes), self.signature)
