"""PAGE XML: words, lines and regions that each carry their own text, as Transkribus, eScriptorium and OCR-D keep it.

- Regions are read in the file's ``ReadingOrder`` where it has one, in file order otherwise.
- A line without words (the usual Transkribus export) is read as it is; so is a region without lines.
- The text of a line and of its region repeats its words; the copies of a changed word change with it.
- Glyphs of a changed word go: they show letters that are no longer there.

``<Word><Coords points="5,9 80,9 80,30 5,30"/><TextEquiv conf="0.61"><Unicode>diizende</Unicode></TextEquiv></Word>``.
Start reading at :func:`_read`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onar.documents.marked import Layout, MarkedDocument, box_of, probability
from onar.documents.markup import Edit, Markup, Node, parse
from onar.documents.model import Box
from onar.documents.pieces import Group

__all__ = ["PageDocument"]

_TOKEN = re.compile(r"\S+")


def _equivalent(node: Node) -> Node | None:
    """Return the ``TextEquiv`` that counts: the lowest ``index``, the first otherwise."""
    found = [child for child in node.children if child.name == "TextEquiv"]
    return min(found, key=lambda n: int(i) if (i := n.attributes.get("index", "0")).isdecimal() else 0, default=None)


def _unicode(node: Node) -> Node | None:
    """Return the ``Unicode`` element that holds the text of *node*."""
    equivalent = _equivalent(node)
    children = equivalent.children if equivalent else []
    return next((child for child in children if child.name == "Unicode"), None)


def _add(layout: Layout[Node], node: Node) -> bool:
    """Add the text of *node* as one word; tell whether it has any."""
    equivalent, holder = _equivalent(node), _unicode(node)
    if equivalent is None or holder is None or not holder.text.strip():
        return False
    layout.word(holder.text, node, _box(layout.pages + 1, node), probability(equivalent.attributes.get("conf")))
    return True


def _box(page: int, node: Node) -> Box | None:
    """Return the box around the outline of *node*."""
    coords = next((child for child in node.children if child.name == "Coords"), None)
    points = [p.split(",") for p in coords.attributes.get("points", "").split()] if coords else []
    try:
        across, down = [float(p[0]) for p in points], [float(p[1]) for p in points]
    except (ValueError, IndexError):
        return None
    return box_of(page, min(across), min(down), max(across), max(down)) if across else None


def _order(page: Node) -> list[str]:
    """Return the ids of the regions of *page* in reading order, as far as the file tells it."""
    found: list[str] = []

    def visit(node: Node) -> None:
        if "regionRef" in node.attributes:
            found.append(node.attributes["regionRef"])
        keys = [child.attributes.get("index", "") for child in node.children]
        children = node.children
        if all(key.isdecimal() for key in keys):
            children = [child for _, child in sorted(zip(map(int, keys), children, strict=True), key=lambda x: x[0])]
        for child in children:
            visit(child)

    for child in page.children:
        if child.name == "ReadingOrder":
            visit(child)
    return found


def _lines(layout: Layout[Node], region: Node, seen: set[Node]) -> None:
    """Add the words of *region* and of the regions inside it."""
    if region in seen:
        return
    seen.add(region)
    before = len(layout.words)
    for child in region.children:
        if child.name == "TextLine":
            words = [_add(layout, word) for word in child.children if word.name == "Word"]
            if not any(words):
                _add(layout, child)
            layout.line()
        elif child.name.endswith("Region"):
            _lines(layout, child, seen)
    if len(layout.words) == before and region.name == "TextRegion":
        _add(layout, region)
    layout.block()


def _read(layout: Layout[Node], root: Node) -> None:
    """Add the words of each ``Page`` in reading order (nesting is bounded by the parser)."""
    for page in [node for node in root.walk() if node.name == "Page"]:
        regions = [node for node in page.walk() if node.name.endswith("Region")]
        named = {node.attributes.get("id", ""): node for node in regions}
        seen: set[Node] = set()
        for region in [*(named[name] for name in _order(page) if name in named), *regions]:
            _lines(layout, region, seen)
        layout.page()


class PageDocument(MarkedDocument[Node]):
    """A PAGE XML file."""

    format = "page"

    def __init__(self, data: bytes, name: str, encoding: str | None = None) -> None:
        """Parse *data*; raises :class:`InputError` for what is not well formed."""
        self._markup: Markup = parse(data, name, encoding)
        layout: Layout[Node] = Layout()
        _read(layout, self._markup.root)
        super().__init__(data, name, layout)

    def edits(self, groups: Sequence[Group]) -> list[Edit]:
        """Change the words, then the text of the lines and regions that repeat them."""
        found = super().edits(groups)
        changed = {i: g for g in groups for i in range(g.first, g.last)}
        parents: dict[Node, None] = {}
        for index in changed:
            node = self._leaves[index].parent
            while node is not None:
                if node.name == "TextLine" or node.name.endswith("Region"):
                    parents[node] = None
                node = node.parent
        spans = self._spans()
        for parent in parents:
            found += self._repeat(parent, *spans[parent], changed)
        return found

    def _spans(self) -> dict[Node, tuple[int, int]]:
        """Return for each line and region the range of its words."""
        spans: dict[Node, tuple[int, int]] = {}
        for index, leaf in enumerate(self._leaves):
            node = leaf.parent
            while node is not None:
                spans[node] = (spans.get(node, (index, 0))[0], index + 1)
                node = node.parent
        return spans

    def _repeat(self, parent: Node, first: int, last: int, changed: dict[int, Group]) -> Iterator[Edit]:
        """Yield the edits that keep the text of *parent* in agreement with its words from *first* to *last*.

        A text that did not agree with the words before is left alone: it is a reading of its own.
        """
        holder = _unicode(parent)
        tokens = [(m.start(), m.end(), m[0]) for m in _TOKEN.finditer(holder.text)] if holder else []
        mine = [(i, t) for i in range(first, last) for t in self.text[slice(*self._span(i))].split()]
        if holder is None or [t[2] for t in tokens] != [t for _, t in mine]:
            return
        text, out, at = holder.text, [], 0
        done: set[int] = set()
        for (start, end, _), (index, _) in zip(tokens, mine, strict=True):
            group = changed.get(index)
            if group is None:
                continue
            if group.first not in done:  # the first token of the group brings all its new words
                done.add(group.first)
                out += [text[at:start], " ".join(group.texts)]
            at = end
        yield from self._markup.set_text(holder, "".join(out) + text[at:])

    def _span(self, index: int) -> tuple[int, int]:
        return self._words[index].start, self._words[index].end

    def set_word(self, leaf: Node, text: str, box: Box | None) -> list[Edit]:
        """Change the text, and the outline of a word with a new place."""
        holder = _unicode(leaf)
        found = self._markup.set_text(holder, text) if holder else []
        coords = next((child for child in leaf.children if child.name == "Coords"), None)
        if box is not None and coords is not None:
            sides = [f"{side:.0f}" for side in (box.left, box.top, box.right, box.bottom)]
            left, top, right, bottom = sides
            points = f"{left},{top} {right},{top} {right},{bottom} {left},{bottom}"
            found.append(self._markup.set_attributes(coords, points=points))
        return found + [Edit(child.start, child.end, b"") for child in leaf.children if child.name == "Glyph"]

    def drop_word(self, leaf: Node) -> list[Edit]:
        """Take the element out."""
        return [self._markup.drop(leaf)]

    def add_words(self, leaf: Node, more: Sequence[tuple[str, Box | None]]) -> list[Edit]:
        """Copy the element for each further word, with an ``id`` of its own."""
        copies = [
            self._markup.copy(leaf, self.set_word(leaf, text, box), id=f"{leaf.attributes.get('id', '')}_{number}")
            for number, (text, box) in enumerate(more, 2)
        ]
        return [Edit(leaf.end, leaf.end, b"".join(copies))]
