"""XML with the byte position of everything, so that a change touches the bytes of the changed word and no others.

- expat reads the bytes and says where each tag and each run of text begins; nothing is ever serialised again.
- The tree (:class:`Node`) keeps only what a format asks for: names, attributes, children, places in the bytes.
- A change is an :class:`Edit` of a byte range; :func:`patch` puts all edits in.
- Entity declarations and external entities are refused: no OCR format needs them, every XML bomb does.

``<String CONTENT="diizende"/>`` becomes ``<String CONTENT="düzende"/>`` by an edit of the value alone (or
``d&#252;zende`` where the file's encoding has no ``ü``). Start reading at :func:`parse`.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from onar.errors import InputError

__all__ = ["MAX_BYTES", "Edit", "Markup", "Node", "legal", "parse", "patch"]

MAX_BYTES = 256 * 2**20  # a year of a newspaper in one file; more is a mistake or an attack
_MAX_DEPTH = 200
_DECLARED = re.compile(rb"""<\?xml[^>]{0,100}?\bencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ATTRIBUTE = re.compile(r"""([^\s=<>"'/]+)(\s*=\s*)("[^"]*"|'[^']*')""")


@dataclass(slots=True, eq=False)
class Node:
    """One element: local ``name``, ``attributes``, ``children``, ``parent``, and its bytes.

    ``start:opened`` is the start tag, ``closing:end`` the end tag (empty for ``<a/>``); ``runs`` are the pieces of
    text directly inside as (start, end, text), in bytes of the file.
    """

    name: str
    attributes: dict[str, str]
    parent: Node | None
    start: int
    opened: int = 0
    closing: int = 0
    end: int = 0
    children: list[Node] = field(default_factory=list)
    runs: list[tuple[int, int, str]] = field(default_factory=list)

    def __repr__(self) -> str:
        """Read like the tag."""
        return f"<{self.name} {self.attributes} at {self.start}:{self.end}>"

    def walk(self) -> Iterator[Node]:
        """Yield this element and all below it in document order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))

    def all_runs(self) -> list[tuple[int, int, str]]:
        """Return the text runs of this element and of all below it in document order."""
        return sorted(run for node in self.walk() for run in node.runs)

    @property
    def text(self) -> str:
        """All text inside."""
        return "".join(run[2] for run in self.all_runs())


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """The bytes from ``start`` to ``end`` become ``new``."""

    start: int
    end: int
    new: bytes


def patch(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return *data* with all *edits* put in; an edit inside an earlier, wider one is dropped.

    >>> patch(b"<w>diizen</w>", [Edit(3, 9, b"duzen")])
    b'<w>duzen</w>'
    """
    out: list[bytes] = []
    at = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end > e.start, -e.end)):  # what is put in goes first
        if edit.start < at:
            continue
        out += (data[at : edit.start], edit.new)
        at = edit.end
    return b"".join(out) + data[at:]


class Markup:
    """A parsed file: ``root`` element, ``data`` and ``encoding``; makes edits of words and attributes."""

    def __init__(self, data: bytes, root: Node, encoding: str) -> None:
        """Use :func:`parse`."""
        self.data, self.root, self.encoding = data, root, encoding

    def encode(self, text: str) -> bytes:
        """Return the bytes of *text*, already escaped, in the file's encoding; missing letters as references."""
        return text.encode(self.encoding, "xmlcharrefreplace")

    def set_text(self, node: Node, text: str) -> list[Edit]:
        """Return the edits that make *text* the text of *node*, whatever markup stands between its letters.

        White space around the old text stays.
        """
        runs = node.all_runs()
        while runs and not runs[-1][2].strip():
            runs.pop()
        while runs and not runs[0][2].strip():
            del runs[0]
        if not runs:
            return []
        # neighbouring runs are one text: expat ends a run at a line end and at an entity
        start, end, old = runs[0]
        rest = []
        for run in runs[1:]:
            if run[0] == end:
                end, old = run[1], old + run[2]
            else:
                rest += [run] * bool(run[2].strip())
        lead = old[: len(old) - len(old.lstrip())]
        trail = old[len(old.rstrip()) :]
        plain = self.data[:start].endswith(self.encode("<![CDATA["))
        new = lead + legal(text) + trail if plain else html.escape(lead + legal(text) + trail, quote=False)
        return [Edit(start, end, self.encode(new)), *(Edit(a, b, b"") for a, b, _ in rest)]

    def tag(self, node: Node, values: dict[str, str]) -> bytes:
        """Return the start tag of *node* with the attributes in *values* (by local name) changed."""
        source = self.data[node.start : node.opened].decode(self.encoding)

        def change(match: re.Match[str]) -> str:
            new = values.get(match[1].rpartition(":")[2])
            if new is None:
                return match[0]
            quote = match[3][0]
            value = html.escape(legal(new), quote=False).replace(quote, f"&#{ord(quote)};")
            return f"{match[1]}{match[2]}{quote}{value}{quote}"

        return self.encode(_ATTRIBUTE.sub(change, source))

    def set_attributes(self, node: Node, **values: str) -> Edit:
        """Return the edit that gives *node* the attributes *values*; those it does not have stay away."""
        return Edit(node.start, node.opened, self.tag(node, values))

    def drop(self, node: Node) -> Edit:
        """Return the edit that takes *node* out with the white space before it."""
        start = node.start
        for run in reversed(node.parent.runs if node.parent else []):
            if run[1] == start and not run[2].strip():
                start = run[0]
        return Edit(start, node.end, b"")

    def copy(self, node: Node, edits: Iterable[Edit], **values: str) -> bytes:
        """Return the bytes of *node* with *edits* inside it and its own attributes changed to *values*."""
        inner = [e for e in edits if e.start >= node.opened]
        moved = [Edit(e.start - node.start, e.end - node.start, e.new) for e in inner]
        head = Edit(0, node.opened - node.start, self.tag(node, values))
        return patch(self.data[node.start : node.end], [head, *moved])


def legal(text: str) -> str:
    """Return *text* with U+FFFD for characters that XML 1.0 has no place for."""
    return _ILLEGAL.sub("\ufffd", text)


class _Builder:
    """Builds the tree from expat's events; every byte belongs to some event, so a thing ends where the next begins."""

    def __init__(self, data: bytes, name: str, encoding: str | None, codec: str) -> None:
        self.data, self.name, self.slash = data, name, "/>".encode(codec)
        self.root: Node | None = None
        self.at: Node | None = None
        self.depth = 0
        self.opening: Node | None = None
        self.closing: Node | None = None
        self.run: tuple[int, str] | None = None
        self.parser = parser = expat.ParserCreate(encoding, namespace_separator=" ")
        parser.buffer_text = False
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.stop
        parser.CharacterDataHandler = self.characters
        parser.DefaultHandler = self.other
        parser.EntityDeclHandler = self.refuse
        parser.ExternalEntityRefHandler = self.refuse

    def settle(self, here: int) -> int:
        """Let what the last event left open end *here*, where the next one begins."""
        if self.opening is not None:
            self.opening.opened = here
        if self.closing is not None:
            self.closing.end = here
        if self.run is not None and self.at is not None:
            self.at.runs.append((self.run[0], here, self.run[1]))
        self.opening = self.closing = self.run = None
        return here

    def start(self, name: str, attributes: dict[str, str]) -> None:
        here = self.settle(self.parser.CurrentByteIndex)
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise InputError(f"{self.name} nests elements deeper than {_MAX_DEPTH}: is it an OCR result at all?")
        local = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        node = Node(name.rpartition(" ")[2], local, self.at, here)
        if self.at is not None:
            self.at.children.append(node)
        else:
            self.root = node
        self.at = self.opening = node

    def stop(self, _name: str) -> None:
        here = self.settle(self.parser.CurrentByteIndex)
        node = self.at
        assert node is not None
        node.closing = node.end = here
        if not (node.opened == here and self.data[node.start : here].endswith(self.slash)):
            self.closing = node  # a real end tag, which ends where the next event begins
        self.at = node.parent
        self.depth -= 1

    def characters(self, data: str) -> None:
        self.run = (self.settle(self.parser.CurrentByteIndex), data)

    def other(self, data: str) -> None:
        here = self.settle(self.parser.CurrentByteIndex)
        if data.startswith("&"):  # an entity of a document type we don't read, such as &nbsp;
            self.run = (here, html.unescape(data))

    def refuse(self, *_: object) -> int:
        raise InputError(
            f"{self.name} declares entities of its own or calls for other files: refused; "
            "save it without a document type definition"
        )


def _encoding(data: bytes) -> str:
    """Return the encoding expat will use: byte order mark, declaration, UTF-8."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16-le" if data.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
    if data[:4] in (b"<\0?\0", b"\0<\0?"):
        return "utf-16-le" if data[0] else "utf-16-be"
    declared = _DECLARED.search(data[:300])
    return declared[1].decode("ascii") if declared else "utf-8"


def parse(data: bytes, name: str, encoding: str | None = None) -> Markup:
    """Read *data* as XML; *encoding* overrides what the file declares.

    Raises :class:`InputError` for what is not well formed, too big, too deep, or declares entities.

    >>> word = parse(b"<p><w a='1'>diizen</w></p>", "p.xml").root.children[0]
    >>> word, word.text
    (<w {'a': '1'} at 3:22>, 'diizen')
    """
    if len(data) > MAX_BYTES:
        raise InputError(f"{name} is larger than {MAX_BYTES >> 20} MB: split it into pages")
    try:
        codec = codecs.lookup(encoding or _encoding(data)).name
        builder = _Builder(data, name, encoding, codec)
        builder.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise InputError(
            f"{name} is not well-formed XML ({error}): repair it, export it again or name its encoding"
        ) from error
    except (LookupError, ValueError, UnicodeError) as error:
        raise InputError(f"{name} has an encoding that can't be read ({error}): name the right one") from error
    assert builder.root is not None
    builder.settle(len(data))
    return Markup(data, builder.root, codec)
