"""ALTO 2 to 4: words in the attributes of ``String``, as libraries and archives keep it.

- ``CONTENT`` is the word, ``HPOS VPOS WIDTH HEIGHT`` its place, ``WC`` the engine's confidence.
- A hyphen at the line end is an element of its own (``HYP``); the text shows it on the word before.
- The two parts of a broken word carry the whole in ``SUBS_CONTENT``, which is kept in agreement.

``<String CONTENT="giiven" SUBS_TYPE="HypPart1" SUBS_CONTENT="giivenlik"/><HYP CONTENT="-"/>`` reads ``giiven-`` and
becomes ``CONTENT="güven" … SUBS_CONTENT="güvenlik"``. Start reading at :func:`_read`.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from onar.documents.marked import Layout, MarkedDocument, box_of, probability
from onar.documents.markup import Edit, Markup, Node, legal, parse
from onar.documents.model import Box
from onar.documents.pieces import Group

__all__ = ["AltoDocument"]


@dataclass(slots=True, eq=False)
class _String:
    """A ``String``: its element and line, the ``HYP`` behind it, the other part of a broken word, and its new text."""

    node: Node
    line: list[_String]
    hyphen: bool = False
    first: _String | None = None
    second: _String | None = None
    new: str | None = None
    gone: bool = False

    @property
    def content(self) -> str:
        """The word, new or old, without the hyphen of a ``HYP``."""
        return self.node.attributes.get("CONTENT", "") if self.new is None else self.new


def _number(node: Node, name: str) -> float:
    try:
        return float(node.attributes.get(name, "nan"))
    except ValueError:
        return float("nan")


def _line(layout: Layout[_String], line: Node) -> None:
    """Add the words of a ``TextLine``."""
    strings: list[_String] = []
    strings += [_String(node, strings) for node in line.children if node.name == "String"]
    if strings and any(node.name == "HYP" for node in line.children):
        strings[-1].hyphen = not strings[-1].content.endswith(("-", "\u00ad", "\u00ac"))
    for string in strings:
        left, top = _number(string.node, "HPOS"), _number(string.node, "VPOS")
        right, bottom = left + _number(string.node, "WIDTH"), top + _number(string.node, "HEIGHT")
        box = box_of(layout.pages + 1, left, top, right, bottom)
        text = string.content + ("-" if string.hyphen and string.content.strip() else "")
        layout.word(text, string, box, probability(string.node.attributes.get("WC")))
    layout.line()


def _read(layout: Layout[_String], node: Node) -> None:
    """Add the words below *node* (nesting is bounded by the parser)."""
    if node.name == "TextLine":
        _line(layout, node)
        return
    for child in node.children:
        _read(layout, child)
    if node.name == "TextBlock":
        layout.block()
    elif node.name == "Page":
        layout.page()


def _pair(strings: Sequence[_String]) -> None:
    """Join the two parts of each broken word."""
    for one, two in pairwise(strings):
        kinds = one.node.attributes.get("SUBS_TYPE"), two.node.attributes.get("SUBS_TYPE")
        if kinds == ("HypPart1", "HypPart2"):
            one.second, two.first = two, one


class AltoDocument(MarkedDocument[_String]):
    """An ALTO file."""

    format = "alto"

    def __init__(self, data: bytes, name: str, encoding: str | None = None) -> None:
        """Parse *data*; raises :class:`InputError` for what is not well formed."""
        self._markup: Markup = parse(data, name, encoding)
        layout: Layout[_String] = Layout()
        _read(layout, self._markup.root)
        _pair(layout.leaves)
        super().__init__(data, name, layout)

    def edits(self, groups: Sequence[Group]) -> list[Edit]:
        """Change the words, then the whole words that broken ones stand for."""
        for string in self._leaves:
            string.new, string.gone = None, False
        for group in groups:
            for index, text in zip(range(group.first, group.last), group.texts, strict=False):
                word = self._words[index]
                if group.reshaped or text != self.text[word.start : word.end]:
                    self._leaves[index].new = _bare(self._leaves[index], text)
        found = [*super().edits(groups), *self._hyphens(groups)]
        changed = [s for s in self._leaves if s.new is not None]
        for string in changed:
            other = string.second or string.first
            if other is not None and other.new is None:
                other.new = other.content
                found += self.set_word(other, other.content + "-" * other.hyphen, None)
        return found

    def _hyphens(self, groups: Sequence[Group]) -> list[Edit]:
        """Take the hyphen behind a word out where the new word has none."""
        found: list[Edit] = []
        for group in groups:
            last = self._leaves[group.last - 1]
            line = last.node.parent
            if line and last.hyphen and not (group.texts and group.texts[-1].endswith("-")):
                found += [self._markup.drop(node) for node in line.children if node.name == "HYP"]
        return found

    def _whole(self, string: _String) -> dict[str, str]:
        """Return the new ``SUBS_CONTENT`` of a part of a broken word, punctuation left out as it was."""
        one, two = (string, string.second) if string.second else (string.first, string)
        old = string.node.attributes.get("SUBS_CONTENT", "")
        if one is None or two is None or not old:
            return {}
        hyphens = "-\u00ad\u00ac"
        was = one.node.attributes.get("CONTENT", "").rstrip(hyphens) + two.node.attributes.get("CONTENT", "")
        now = one.content.rstrip(hyphens) + two.content
        lead, found, tail = was.partition(old)
        if found and now.startswith(lead) and now.endswith(tail):
            return {"SUBS_CONTENT": now[len(lead) : len(now) - len(tail)]}
        return {"SUBS_CONTENT": now}

    def set_word(self, leaf: _String, text: str, box: Box | None) -> list[Edit]:
        """Change ``CONTENT``; letters of the old word (``Glyph``) and its rivals (``ALTERNATIVE``) go."""
        values = {"CONTENT": _bare(leaf, text), **self._whole(leaf), **_place(box)}
        old = [Edit(child.start, child.end, b"") for child in leaf.node.children]
        return [self._markup.set_attributes(leaf.node, **values), *old]

    def drop_word(self, leaf: _String) -> list[Edit]:
        """Take the element out with the space before it, at the head of a line with the one behind it.

        A line can't be without words in ALTO: with its last word it goes itself.
        """
        leaf.gone = True
        line = leaf.node.parent
        if line is None:
            return [self._markup.drop(leaf.node)]
        if all(string.gone for string in leaf.line):
            return [self._markup.drop(line)]
        first = not any(string.node.start < leaf.node.start and not string.gone for string in leaf.line)
        at = line.children.index(leaf.node)
        beside = line.children[at + 1 : at + 2] if first else line.children[at - 1 : at]
        return [self._markup.drop(node) for node in (leaf.node, *beside) if node.name in ("String", "SP")]

    def add_words(self, leaf: _String, more: Sequence[tuple[str, Box | None]]) -> list[Edit]:
        """Write a further ``String`` for each word, after an ``SP``."""
        prefix = self._prefix(leaf.node)
        out = ""
        for number, (text, box) in enumerate(more, 2):
            values = {"ID": leaf.node.attributes.get("ID", "string") + f"_{number}", "CONTENT": _bare(leaf, text)}
            values |= {k: leaf.node.attributes[k] for k in ("VPOS", "HEIGHT", "WC") if k in leaf.node.attributes}
            row = " ".join(f'{k}="{html.escape(legal(v))}"' for k, v in (values | _place(box)).items())
            out += f"<{prefix}SP/><{prefix}String {row}/>"
        return [Edit(leaf.node.end, leaf.node.end, self._markup.encode(out))]

    def _prefix(self, node: Node) -> str:
        """Return the namespace prefix *node* is written with, colon included."""
        tag = self._data[node.start : node.opened].decode(self._markup.encoding)
        return tag[1 : tag.index("String")]


def _bare(string: _String, text: str) -> str:
    """Return *text* without the hyphen that stands in an element of its own."""
    return text[:-1] if string.hyphen and text.endswith("-") else text


def _place(box: Box | None) -> dict[str, str]:
    """Return the attributes of a new place."""
    if box is None:
        return {}
    sides = {"HPOS": box.left, "VPOS": box.top, "WIDTH": box.right - box.left, "HEIGHT": box.bottom - box.top}
    return {name: f"{side:.0f}" for name, side in sides.items()}
