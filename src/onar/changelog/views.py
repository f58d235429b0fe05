"""Views of a log: a unified diff for ``git apply`` and a word diff for the terminal.

- Both are made from the source and its changes, never by comparing two texts: they are exact and take linear time.
- The unified diff keeps carriage returns, form feeds and a missing last line end.
- The word diff shows control and direction characters by their numbers, so that a scan can't play with a terminal.

``yeni [-diizende-]{+düzende+}`` is a line of the word diff. Start reading at :func:`unified_diff`.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onar.changelog.changes import Change
from onar.encoding import printable

__all__ = ["apart", "unified_diff", "word_diff"]

_CONTEXT = 3
_RED, _GREEN, _YELLOW, _DIM, _PLAIN = "\x1b[31m", "\x1b[32m", "\x1b[33m", "\x1b[2m", "\x1b[0m"


@dataclass(slots=True)
class _Block:
    """Consecutive source lines (``first`` up to, not including, ``past``) and what they become."""

    first: int
    past: int
    changes: list[Change]


class _Lines:
    """The lines of a text as git counts them: each ends with its line feed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = array("Q", [0])
        self.starts.extend(match.end() for match in re.finditer("\n", text))
        if self.starts[-1] < len(text):
            self.starts.append(len(text))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def of(self, offset: int) -> int:
        """Return the number, from 0, of the line that holds *offset*."""
        return min(bisect_right(self.starts, offset) - 1, max(len(self) - 1, 0))

    def part(self, first: int, past: int) -> str:
        return self.text[self.starts[first] : self.starts[past]]


def unified_diff(source: str, changes: Iterable[Change], name: str = "text") -> str:
    r"""Return what the standing *changes* do to *source*, the file *name*, as a diff that ``git apply`` accepts.

    >>> made = Change("1", 5, 13, 1, 6, 1, "diizende", "düzende")
    >>> print(unified_diff("yeni diizende\n", [made], "a.txt"), end="")
    diff --git a/a.txt b/a.txt
    --- a/a.txt
    +++ b/a.txt
    @@ -1,1 +1,1 @@
    -yeni diizende
    +yeni düzende
    """
    lines = _Lines(source)
    standing = (change for change in changes if change.in_text and change.before != change.after)
    blocks = list(_blocks(lines, standing))
    if not blocks:
        return ""
    old, new = _quoted(f"a/{name}"), _quoted(f"b/{name}")
    out = [f"diff --git {old} {new}\n--- {_tabbed(old)}\n+++ {_tabbed(new)}\n"]
    shift = 0
    for hunk in _hunks(blocks):
        text, grown = _hunk(lines, hunk, shift)
        out.append(text)
        shift += grown
    return "".join(out)


def _blocks(lines: _Lines, changes: Iterable[Change]) -> Iterator[_Block]:
    """Gather *changes*, in text order and apart, by the lines that they touch."""
    block: _Block | None = None
    for change in changes:
        first, last = lines.of(change.start), lines.of(max(change.start, change.end - 1))
        if change.before.endswith("\n") and not change.after.endswith("\n"):
            last = lines.of(change.end)  # the next line moves up
        past = min(last + 1, len(lines))
        if block and first < block.past:
            block.past = max(block.past, past)
            block.changes.append(change)
            continue
        if block:
            yield block
        block = _Block(first, past, [change])
    if block:
        yield block


def _hunks(blocks: Iterable[_Block]) -> Iterator[list[_Block]]:
    hunk: list[_Block] = []
    for block in blocks:
        if hunk and block.first - hunk[-1].past > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(block)
    yield hunk


def _hunk(lines: _Lines, blocks: Sequence[_Block], shift: int) -> tuple[str, int]:
    """Return one hunk and by how many lines it lengthens the text; *shift* is by how many those before it do."""
    first, past = max(0, blocks[0].first - _CONTEXT), min(len(lines), blocks[-1].past + _CONTEXT)
    out: list[str] = []
    at, grown = first, 0
    for block in blocks:
        out += _marked(" ", lines.part(at, block.first))
        old = lines.part(block.first, block.past)
        new = _applied(old, block.changes, lines.starts[block.first])
        removed, added = _marked("-", old), _marked("+", new)
        out += removed + added
        grown += len(added) - len(removed)
        at = block.past
    out += _marked(" ", lines.part(at, past))
    count = past - first
    old_at = first + 1 if count else first
    new_at = first + shift + 1 if count + grown else first + shift
    return f"@@ -{old_at},{count} +{new_at},{count + grown} @@\n" + "".join(out), grown


def _applied(text: str, changes: Sequence[Change], offset: int) -> str:
    out: list[str] = []
    at = 0
    for change in changes:
        out += (text[at : change.start - offset], change.after)
        at = change.end - offset
    return "".join(out) + text[at:]


def _marked(mark: str, text: str) -> list[str]:
    """Return the lines of *text* with *mark* in front, the last with git's remark if it has no line end."""
    if not text:
        return []
    pieces = text.split("\n")
    out = [f"{mark}{piece}\n" for piece in pieces[:-1]]
    if pieces[-1]:
        out.append(f"{mark}{pieces[-1]}\n\\ No newline at end of file\n")
    return out


def _quoted(name: str) -> str:
    """Return *name* as git writes it: in quotes, with octal bytes, if it holds anything that could mislead."""
    if name.isprintable() and '"' not in name and "\\" not in name:
        return name
    kept = {ord('"'): '\\"', ord("\\"): "\\\\"}
    data = name.encode("utf-8", "surrogateescape")
    return '"' + "".join(kept.get(byte) or (chr(byte) if 32 <= byte < 127 else f"\\{byte:03o}") for byte in data) + '"'


def _tabbed(name: str) -> str:
    # git ends a name that holds a space with a tab, or it would take the rest for a date
    return f"{name}\t" if " " in name and not name.startswith('"') else name


def word_diff(source: str, changes: Iterable[Change], *, color: bool = True, flagged: bool = True) -> str:
    r"""Return the lines of *source* that have changes, each with its number, the words side by side.

    Standing changes read ``[-before-]{+after+}``, flagged ones ``[?before|after?]``; *color* adds terminal colours.

    >>> made = Change("1", 5, 13, 1, 6, 1, "diizende", "düzende", confidence=0.99)
    >>> print(word_diff("yeni diizende\nson", [made], color=False), end="")
    1: yeni [-diizende-]{+düzende+}
    """
    lines = _Lines(source)
    out: list[str] = []
    for block in _blocks(lines, apart(changes, flagged)):
        out.append(_paint(f"{block.changes[0].line}: ", _DIM, color))
        at, past = lines.starts[block.first], lines.starts[block.past]
        for change in block.changes:
            out += (_shown(source[at : change.start]), _word(change, color))
            at = change.end
        out += (_shown(source[at:past].rstrip("\r\n")), "\n")
    return "".join(out)


def _word(change: Change, color: bool) -> str:
    before, after = (word.replace("\n", "⏎") for word in (_shown(change.before), _shown(change.after)))
    if not change.in_text:
        return _paint(f"[?{before}|{after}?]", _YELLOW, color)
    return _paint(f"[-{before}-]", _RED, color) + _paint(f"{{+{after}+}}", _GREEN, color)


def _paint(text: str, paint: str, color: bool) -> str:
    return f"{paint}{text}{_PLAIN}" if color else text


def _shown(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\t", " ").split("\n")
    return "\n".join(map(printable, lines))


def apart(changes: Iterable[Change], flagged: bool = True) -> list[Change]:
    """Return the standing *changes* in text order and, if wanted, the *flagged* ones that overlap none of them."""
    ordered = sorted(changes, key=lambda change: (change.start, change.end))
    kept = [change for change in ordered if change.in_text]
    starts = [change.start for change in kept]
    ends = [change.end for change in kept]
    last = 0
    for change in ordered if flagged else ():
        free = bisect_right(ends, change.start) >= bisect_left(starts, change.end)
        if not change.in_text and change.start >= last and free:
            kept.append(change)
            last = change.end
    return sorted(kept, key=lambda change: (change.start, change.end))
