"""CriticMarkup: the whole text with its changes in it, for editors that accept and reject them.

- ``{~~before~>after~~}`` is a change that stands; ``{==word==}{>>reading? 30%<<}`` one that is only flagged.
- A backslash stands before what would be markup in the source itself, and inside markup before its own marks.
- :func:`accept` gives the restored text back, :func:`reject` the source, to the last character.

``yeni {~~diizende~>düzende~~}`` is a line of it. Start reading at :func:`critic_markup`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from onar.changelog.changes import Change
from onar.changelog.views import apart

__all__ = ["accept", "critic_markup", "reject"]

_OPENS = r"\{(?=\+\+|--|~~|==|>>)"
_LITERAL = re.compile(rf"(?<!\\)(\\*+)({_OPENS})")
_INSIDE = re.compile(r"([\\~=<>{}])")
_WORD = r"(?:[^\\~=<>{}]|\\.)*+"
_MARKUP = re.compile(
    rf"""(?<!\\)(?P<slashes>(?:\\\\)*+)
    (?: \\(?P<literal>{_OPENS})
      | \{{~~(?P<before>{_WORD})~>(?P<after>{_WORD})~~\}}
      | \{{==(?P<marked>{_WORD})==\}}
      | \{{>>{_WORD}<<\}}
    )""",
    re.VERBOSE | re.DOTALL,
)


def critic_markup(source: str, changes: Iterable[Change], *, flagged: bool = True) -> str:
    """Return the whole *source* with its changes as CriticMarkup.

    Flagged changes are highlighted with a comment, which both accepting and rejecting drop.

    >>> critic_markup("yeni diizende", [Change("1", 5, 13, 1, 6, 1, "diizende", "düzende")])
    'yeni {~~diizende~>düzende~~}'
    """
    out: list[str] = []
    at = 0
    for change in apart(changes, flagged):
        plain = _LITERAL.sub(r"\1\1\\\2", source[at : change.start])
        # backslashes right before markup are doubled, so that they don't belong to it
        out += (plain, "\\" * (len(plain) - len(plain.rstrip("\\"))), _marked(change))
        at = change.end
    out.append(_LITERAL.sub(r"\1\1\\\2", source[at:]))
    return "".join(out)


def _marked(change: Change) -> str:
    before, after = (_INSIDE.sub(r"\\\1", word) for word in (change.before, change.after))
    if change.in_text:
        return f"{{~~{before}~>{after}~~}}"
    return f"{{=={before}==}}{{>>{after}? {change.confidence:.0%}<<}}"


def accept(markup: str) -> str:
    """Return the restored text from what :func:`critic_markup` made.

    >>> accept("yeni {~~diizende~>düzende~~}")
    'yeni düzende'
    """
    return _resolve(markup, "after")


def reject(markup: str) -> str:
    """Return the source from what :func:`critic_markup` made.

    >>> reject("yeni {~~diizende~>düzende~~}")
    'yeni diizende'
    """
    return _resolve(markup, "before")


def _resolve(markup: str, side: str) -> str:
    def plain(match: re.Match[str]) -> str:
        slashes = match["slashes"]
        inside = re.sub(r"\\(.)", r"\1", match[side] or match["marked"] or "", flags=re.DOTALL)
        return slashes[: len(slashes) // 2] + (match["literal"] or inside)

    return _MARKUP.sub(plain, markup)
