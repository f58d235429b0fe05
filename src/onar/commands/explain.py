"""``onar explain``: what a damaged word may have been, and what each reading costs.

- Each word is answered by :func:`onar.explain`: the candidates, cheapest first, with their costs item by item.
- Words, rules and dictionaries of one's own count as in ``onar restore``.

``onar explain diizende`` shows ``düzende`` first. Start reading at :func:`command`.
"""

from __future__ import annotations

from typing import Any

import click

from onar.commands.console import put_text
from onar.errors import KnowledgeError

__all__ = ["command"]


@click.command(name="explain", short_help="Show what a damaged word may have been, and what each reading costs.")
@click.argument("words", nargs=-1, required=True, metavar="WORD...")
def command(words: tuple[str, ...]) -> None:
    """Show what each WORD may have been, cheapest reading first, with what it costs and why."""
    import onar

    explain: Any = getattr(onar, "explain", None)
    if explain is None:
        raise KnowledgeError("this version of onar has no explain: install a newer one")
    for word in words:
        found = explain(word)
        put_text(f"{found if isinstance(found, str) else _lines(found)}\n")


def _lines(found: Any) -> str:
    return "\n".join(map(str, found)) if isinstance(found, list | tuple) else str(found)
