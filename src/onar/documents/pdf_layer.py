"""The invisible layer of a PDF page: taking the old one out, putting the new one in.

- Operators that only draw text go; everything else stays in its order, so that the page looks as before.
- Form XObjects (OCRmyPDF keeps its layer in one) are cleaned on a copy; one that drew text alone goes whole.
- Groups of commands that draw nothing any more (``q … Q``, ``BDC … EMC``) go with their text.
- The new layer stands first in the content, in the page's own coordinates, word by word, stretched to its place.

``BT 3 Tr … <00640069…> Tj ET`` becomes ``BT 3 Tr 1 0 0 1 72 560.3 Tm /OnarInvisible 14 Tf 114.9 Tz <006400FC…> Tj ET``.
Start reading at :func:`strip_page`.
"""

from __future__ import annotations

import math
import warnings
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from onar.documents.pdf_font import WIDTH, InvisibleFont
from onar.documents.pdf_guard import forms_of
from onar.documents.pdf_place import Placed

__all__ = ["FONT", "MAX_COMMANDS", "Stripped", "TooMuch", "layer", "private", "strip_page"]

FONT = "/OnarInvisible"
MAX_COMMANDS = 300_000  # on one page; an OCR layer has about five a word
_MAX_DEPTH = 12
_SPACE = 0.16  # of the height: poppler reads a narrower gap as none, whatever is written in it
_TEXT = frozenset(["BT", "ET", "Tj", "TJ", "'", '"', "Td", "TD", "Tm", "T*", "Tf", "Tz", "Tc", "Tw", "TL", "Ts", "Tr"])
_OPEN = {"q": "Q", "BMC": "EMC", "BDC": "EMC"}
_STATE = frozenset(  # graphics state, colours and paths, of which alone nothing is seen
    "cm w J j M d ri i gs CS cs SC SCN sc scn G g RG rg K k m l c v y h re W W* n BX EX".split()  # noqa: SIM905
)


class TooMuch(Exception):
    """A page with more commands or deeper forms than a scan has."""


@dataclass(slots=True)
class Stripped:
    """A page without its text: the commands that stay, and what the strip has learnt.

    ``tags`` are the structure numbers (MCID) whose marks went with their text, with the kind of element;
    ``type3`` tells that a font made of drawings is in use, which no text mode hides.
    """

    commands: list[Any] = field(default_factory=list)
    tags: dict[int, str] = field(default_factory=dict)
    type3: bool = False
    changed: bool = False
    forms: dict[str, Any] = field(default_factory=dict)


def strip_page(pdf: Any, page: Any, pikepdf: Any) -> Stripped:
    """Return the content of *page* without its text; raises :class:`TooMuch` and pikepdf's parsing errors."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a content that breaks off is read as far as it goes, as every viewer does
        return _Stripper(pdf, pikepdf).content(page, page.resources, 0)


class _Stripper:
    """Strips one page and the forms it draws."""

    def __init__(self, pdf: Any, pikepdf: Any) -> None:
        self.pdf, self.pikepdf = pdf, pikepdf
        self.left = MAX_COMMANDS

    def content(self, stream: Any, resources: Any, depth: int) -> Stripped:
        """Strip *stream*, a page or a form, whose names are those of *resources*."""
        commands = self.pikepdf.parse_content_stream(stream)
        self.left -= len(commands)
        if self.left < 0 or depth > _MAX_DEPTH:
            raise TooMuch
        out = Stripped(type3=self._type3(resources))
        drawn = {str(c.operands[0]) for c in commands if str(c.operator) == "Do" and len(c.operands)}
        for name, form in forms_of(resources, self.pikepdf).items():
            if name in drawn:
                out.forms[name] = self._form(form, resources, depth, out)
        gone = {name for name, form in out.forms.items() if form is None}
        self._filter(commands, gone, resources, out)
        replaced = any(forms_of(resources, self.pikepdf)[name] is not form for name, form in out.forms.items())
        out.changed = replaced or len(out.commands) != len(commands)
        return out

    def _form(self, form: Any, outer: Any, depth: int, owner: Stripped) -> Any:
        """Return a copy of *form* without text, *form* itself if it has none, None if it had nothing else."""
        resources = form.get("/Resources", outer)
        inner = self.content(form, resources, depth + 1)
        owner.type3 |= inner.type3
        if not inner.changed:
            return form
        if not any(_draws(command) for command in inner.commands):
            return None
        copy = self.pdf.make_stream(zlib.compress(self.pikepdf.unparse_content_stream(inner.commands), 9))
        for key, value in form.items():
            if key not in ("/Length", "/Filter", "/DecodeParms", "/Resources"):
                copy[key] = value
        copy.Filter = self.pikepdf.Name.FlateDecode
        copy.Resources = private(resources, inner, self.pikepdf)
        return copy

    def _type3(self, resources: Any) -> bool:
        fonts = resources.get("/Font") if isinstance(resources, self.pikepdf.Dictionary) else None
        if not isinstance(fonts, self.pikepdf.Dictionary):
            return False
        return any(isinstance(f, self.pikepdf.Dictionary) and f.get("/Subtype") == "/Type3" for _, f in fonts.items())

    def _filter(self, commands: Iterable[Any], gone: set[str], resources: Any, out: Stripped) -> None:
        """Keep what draws, and the groups that hold something that draws."""
        kept, stack = out.commands, list[tuple[str, int]]()  # what closes each open group, and where it began
        drawn = -1  # the place of the last command that draws
        for command in commands:
            operator = str(command.operator)
            if operator in _TEXT or (operator == "Do" and str(command.operands[0]) in gone):
                continue
            if operator in _OPEN:
                stack.append((_OPEN[operator], len(kept)))
            elif operator in ("Q", "EMC"):
                closes, start = stack.pop() if stack else ("", 0)
                if closes != operator:
                    stack.clear()  # groups that cross: from here on keep all
                elif drawn < start:
                    self._forget(kept[start:], resources, out)
                    del kept[start:]
                    continue
            elif operator not in _STATE:
                drawn = len(kept)
            kept.append(command)

    def _forget(self, commands: Sequence[Any], resources: Any, out: Stripped) -> None:
        """Note the structure numbers of marks that go."""
        for command in commands:
            if str(command.operator) != "BDC" or len(command.operands) != 2:
                continue
            kind, properties = command.operands
            if isinstance(properties, self.pikepdf.Name):
                named = resources.get("/Properties", {})
                properties = named.get(str(properties)) if isinstance(named, self.pikepdf.Dictionary) else None
            number = properties.get("/MCID") if isinstance(properties, self.pikepdf.Dictionary) else None
            if isinstance(number, int):
                out.tags[number] = kind.unparse().decode("latin-1")


def _draws(command: Any) -> bool:
    operator = str(command.operator)
    return operator not in _STATE and operator not in _OPEN and operator not in ("Q", "EMC")


def private(resources: Any, stripped: Stripped, pikepdf: Any) -> Any:
    """Return a copy of *resources* without fonts and with the cleaned forms; others keep the original."""
    copy = pikepdf.Dictionary({key: value for key, value in resources.items() if key != "/Font"})
    if stripped.forms:
        objects = {str(name): value for name, value in copy.XObject.items()}
        objects.update({name: form for name, form in stripped.forms.items() if form is not None})
        kept = {n: o for n, o in objects.items() if stripped.forms.get(n, o) is not None}
        if kept:
            copy.XObject = pikepdf.Dictionary(kept)
        else:
            del copy.XObject
    return copy


def _short(number: float, digits: int = 3) -> str:
    """Return *number* as PDF writes it, without an exponent.

    >>> _short(12.5), _short(-0.0001), _short(100.0)
    ('12.5', '0', '100')
    """
    text = f"{number:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def layer(lines: Iterable[Sequence[Placed]], font: InvisibleFont, tags: dict[int, str]) -> bytes:
    """Return the content that places the words of *lines*; words keep their mark in the structure.

    >>> layer([[Placed("az", 10, 20, 0.0, 12.0, 12.0)]], InvisibleFont(), {}).decode()
    'q\\nBT\\n3 Tr\\n1 0 0 1 10 20 Tm /OnarInvisible 12 Tf 100 Tz <0061007A> Tj\\nET\\nQ\\n'
    """
    out = ["q", "BT", "3 Tr"]
    free, open_tag, size = dict(tags), -1, 0.0
    for line in lines:
        before: Placed | None = None
        for place, word in enumerate(line):
            tag = word.tag if word.tag in free or word.tag == open_tag else -1
            if tag != open_tag:
                out += ["EMC"] * (open_tag >= 0)
                out += [f"{free.pop(tag)} <</MCID {tag}>> BDC"] if tag >= 0 else []
                open_tag = tag
            row = _move(before, word)
            if word.height != size:
                size = word.height
                row += f" {FONT} {_short(size)} Tf"
            natural = len(word.text) * WIDTH / 1000 * word.height
            scale = min(max(100 * _length(word, line[place + 1 : place + 2]) / natural, 1.0), 10_000.0)
            letters = font.code(word.text + " " * (place + 1 < len(line)))
            out.append(f"{row} {_short(scale)} Tz <{letters}> Tj")
            before = word
    out += [*["EMC"] * (open_tag >= 0), "ET", "Q", ""]
    return "\n".join(out).encode("ascii")


def _length(word: Placed, following: Sequence[Placed]) -> float:
    """Return the length of *word*, cut back a little where the next word is so near that readers join the two."""
    free = word.along(following[0].x, following[0].y) - _SPACE * word.height if following else word.length
    return min(word.length, free) if free > word.length / 2 else word.length


def _move(before: Placed | None, word: Placed) -> str:
    """Return the command that goes to *word*: a step along the line, or a new place and direction."""
    if before is not None and abs(before.angle - word.angle) < 1e-4:
        return f"{_short(before.along(word.x, word.y))} {_short(before.off(word.x, word.y))} Td"
    cos, sin = math.cos(word.angle), math.sin(word.angle)
    turn = " ".join(_short(number, 6) for number in (cos, sin, -sin, cos))
    return f"{turn} {_short(word.x)} {_short(word.y)} Tm"
