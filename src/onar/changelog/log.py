"""The change log as a file: JSON Lines to keep, CSV to open in a spreadsheet; both hold everything.

- The first line is the header: which source (name and SHA-256 of its text), which version and options made the log.
- Then one change a line in text order, its fields named as in :class:`onar.changelog.changes.Change`.
- What is read is checked field by field against a table; an error names file and line.
- A log belongs to one text: :meth:`Log.check` refuses another one.
- Numbers and letters come back exactly as they were written, lone surrogates and control characters included.

``{"type":"change","id":"…","start":1042,"end":1050,…,"before":"diizende","after":"düzende",…}`` is one line.
Start reading at :class:`Log`, then :func:`dumps` and :func:`loads`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from onar.changelog.changes import Change, Restoration, apply
from onar.changelog.packed import Packed
from onar.encoding import utf8
from onar.errors import InputError
from onar.files import read_bytes, write_file

__all__ = ["SCHEMA", "Log", "dumps", "fingerprint", "lines", "loads", "read", "schema", "write"]

SCHEMA = "onar-changes/1"
_OFFSETS = "unicode code points, 0-based, half-open, in the decoded source"
_POSITIONS = "1-based; \\n, \\r\\n or a lone \\r ends a line; columns count code points; a form feed ends a page"
_FIXED = ("type", "schema", "source", "sha256", "encoding", "offsets", "positions")

_SPLIT_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_LONE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Log:
    """What was done to one source: its name and fingerprint, the changes, and the signature of the restorer."""

    source: str
    sha256: str
    changes: Sequence[Change] = ()
    signature: Mapping[str, object] = field(default_factory=dict)
    encoding: str = "utf-8"

    @classmethod
    def of(cls, restoration: Restoration, source: str, encoding: str = "utf-8") -> Log:
        """Return the log of *restoration*; *source* is the name of the file, *encoding* how it was decoded."""
        return cls(source, fingerprint(restoration.source), restoration.changes, restoration.signature, encoding)

    def header(self) -> dict[str, object]:
        """Return the first line of the log as a dictionary."""
        head: dict[str, object] = {"type": "header", "schema": SCHEMA, "source": self.source, "sha256": self.sha256}
        if self.encoding != "utf-8":
            head["encoding"] = self.encoding
        head |= {"offsets": _OFFSETS, "positions": _POSITIONS}
        return head | {key: value for key, value in self.signature.items() if key not in _FIXED}

    def with_changes(self, changes: Iterable[Change]) -> Log:
        """Return this log with other *changes*."""
        return replace(self, changes=Packed(changes))

    def check(self, text: str) -> None:
        """Raise :class:`InputError` unless this log was made from *text*."""
        found = fingerprint(text)
        if found != self.sha256:
            raise InputError(
                f"the log was made from another text than this one ({self.source}, sha256 {self.sha256[:12]}…, "
                f"here {found[:12]}…): give the source that was restored, or restore it again"
            )

    def apply(self, text: str) -> str:
        """Return *text* restored by this log; refuse a text that the log was not made from."""
        self.check(text)
        return apply(text, self.changes)


def fingerprint(text: str) -> str:
    """Return the SHA-256 of *text* in UTF-8: for a UTF-8 file what ``sha256sum`` prints.

    >>> fingerprint("diizen")[:12]
    '7a424a594c9e'
    """
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def schema(name: str) -> dict[str, Any]:
    """Return the published JSON Schema called *name*: ``changes`` (one line of a log) or ``decisions``."""
    loaded: dict[str, Any] = json.loads(files("onar").joinpath("schema", f"{name}.json").read_text("utf-8"))
    return loaded


def to_json(value: object) -> str:
    """Return *value* as compact JSON on one line that UTF-8 can hold; raise :class:`InputError` if it can't."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    if not text.isascii() and _LONE.search(text):
        if _SPLIT_PAIR.search(text):
            raise InputError("the text holds a surrogate pair as two code points, which JSON can't: join them first")
        text = _LONE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    # these end a line for some readers, though not for JSON
    return text.replace("\x85", "\\u0085").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def dumps(log: Log) -> str:
    """Return *log* as JSON Lines."""
    return "".join(lines(log))


def lines(log: Log) -> Iterator[str]:
    """Yield the lines of *log*, each a JSON object: the header, then the changes."""
    names = [item.name for item in fields(Change)]
    yield to_json(log.header()) + "\n"
    for change in log.changes:
        row = {"type": "change"} | {name: getattr(change, name) for name in names}
        if not change.boxes:
            del row["boxes"]
        yield to_json(row) + "\n"


def loads(text: str, name: str = "log") -> Log:
    """Return the log that *text* (JSON Lines) holds; errors give *name* and the line."""
    rows = _rows(text, name)
    _, head = next(rows, (0, None))
    if head is None:
        raise InputError(f"{name} is empty: give a log written by onar restore --log")
    return from_rows(head, rows, name)


def _rows(text: str, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if not line.strip():
            continue
        row = from_json(line, f"{name}, line {number}")
        yield number, row


def from_json(text: str, where: str) -> dict[str, Any]:
    """Return the JSON object in *text*; *where* begins the error."""
    try:
        value = _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error).split(":")[0]
        raise InputError(f"{where}: not JSON ({reason}): give a file written by onar") from None
    if not isinstance(value, dict):
        raise InputError(f"{where}: not a JSON object: give a file written by onar")
    return value


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number")


_DECODER = json.JSONDecoder(parse_constant=_no_constant)


def from_rows(head: Mapping[str, Any], rows: Iterable[tuple[int, Mapping[str, Any]]], name: str) -> Log:
    """Return the log of a header and numbered rows of fields, each checked."""
    if head.get("type") != "header" or head.get("schema") != SCHEMA:
        raise InputError(f"{name}: the header of an {SCHEMA} log is missing: give a log written by onar restore --log")
    for key in ("source", "sha256"):
        if not isinstance(head.get(key), str):
            raise InputError(f"{name}: the header has no {key}: give a log written by onar restore --log")
    changes = [to_change(row, f"{name}, line {number}") for number, row in rows]
    changes.sort(key=lambda change: change.start)
    if len({change.id for change in changes}) < len(changes):
        raise InputError(f"{name}: two changes have the same id: write the log again with onar restore --log")
    signature = {key: value for key, value in head.items() if key not in _FIXED}
    encoding = head.get("encoding", "utf-8")
    return Log(head["source"], head["sha256"], tuple(changes), signature, encoding if isinstance(encoding, str) else "")


def _text(value: object) -> bool:
    return isinstance(value, str)


def _count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 53


def _probability(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _rivals(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(item, list) and len(item) == 2 and isinstance(item[0], str) and _probability(item[1])
        for item in value
    )


def _rectangles(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(box, list) and len(box) == 4 and all(type(side) in (int, float) and abs(side) < 1e9 for side in box)
        for box in value
    )


_CHECKS: dict[str, tuple[Callable[[object], bool], str]] = {
    "id": (_text, "a text"),
    "start": (_count, "a whole number"),
    "end": (_count, "a whole number"),
    "line": (_count, "a whole number"),
    "column": (_count, "a whole number"),
    "page": (_count, "a whole number"),
    "before": (_text, "a text"),
    "after": (_text, "a text"),
    "prefix": (_text, "a text"),
    "suffix": (_text, "a text"),
    "rules": (_texts, "a list of texts"),
    "confidence": (_probability, "a number from 0 to 1"),
    "alternatives": (_rivals, "a list of pairs of a text and a number from 0 to 1"),
    "status": (("applied", "flagged").__contains__, "applied or flagged"),
    "decision": ((None, "accept", "reject", "edit").__contains__, "null, accept, reject or edit"),
    "note": (lambda value: value is None or isinstance(value, str), "null or a text"),
    "boxes": (_rectangles, "a list of lists of four numbers"),
}


def to_change(row: Mapping[str, Any], where: str) -> Change:
    """Return the change that the fields of *row* describe, each checked; *where* begins an error."""
    values = dict(row)
    if values.pop("type", None) != "change":
        raise InputError(f"{where}: not a change: write the log again with onar restore --log")
    values = {"boxes": [], **values}  # logs of texts, and older ones, have none
    values = {name: values.get(name) for name in _CHECKS}
    for name, (fits, kind) in _CHECKS.items():
        if not fits(values[name]):
            raise InputError(f"{where}: {name} must be {kind}: mend that line, or write the log again")
    if values["end"] - values["start"] != len(values["before"]):
        raise InputError(f"{where}: start and end don't fit the length of before: mend that line, or write it again")
    values["rules"] = tuple(values["rules"])
    values["alternatives"] = tuple((word, chance) for word, chance in values["alternatives"])
    values["boxes"] = tuple(map(tuple, values["boxes"]))
    return Change(**values)


def write(log: Log, path: str | Path) -> None:
    """Write *log* to *path*, whole or not at all: as CSV if the name ends in ``.csv``, else as JSON Lines."""
    write_file(path, encode(log, path))


def encode(log: Log, path: str | Path) -> Iterator[bytes]:
    """Yield the bytes of *log*, in pieces, in the form that the name of *path* asks for: long logs never stand whole."""
    if Path(path).suffix == ".csv":
        from onar.changelog.sheet import to_csv

        yield to_csv(log).encode("utf-8-sig")
    else:
        yield from (line.encode("utf-8") for line in lines(log))


def read(path: str | Path) -> Log:
    """Read the log at *path*: CSV if the name ends in ``.csv``, else JSON Lines."""
    text = utf8(read_bytes(path), str(path), remedy="write the log again with onar restore --log")
    if Path(path).suffix == ".csv":
        from onar.changelog.sheet import from_csv

        return from_csv(text, str(path))
    return loads(text, str(path))
