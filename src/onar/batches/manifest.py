"""The manifest of a batch: one JSON line a document, so that a second run knows what is done.

- A line is appended when the document's files are whole on the disk, never before: what is recorded as done, is.
- The last line of an input counts. A line that a crash tore is no line: its document is simply done again.
- The lines are flushed to the disk every two seconds; losing the last of them costs work, never truth.
- A finished run sorts the lines by input, so its manifest has the same bytes however many processes worked on it.
- Two runs can't write to one folder at once: the manifest is locked while it is open, where the system can.

``{"type":"document","input":"1934/sayi_2.txt","status":"done","sha256":"…","output":"1934/sayi_2.txt",…}`` is one line.
Start reading at :class:`Record`, then :class:`Manifest`.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any

from onar.changelog.log import to_json
from onar.encoding import printable
from onar.errors import InputError, OnarError

try:
    import fcntl
except ImportError:  # Windows: no lock there
    fcntl = None  # type: ignore[assignment]

__all__ = ["SCHEMA", "Figures", "Manifest", "Record", "settings_id"]

SCHEMA = "onar-manifest/1"
_PATHS = "input: below the folder that was given; output and log: from the folder of this file"
_HEADER = to_json({"type": "header", "schema": SCHEMA, "paths": _PATHS}).encode() + b"\n"
_FLUSH = 2.0  # seconds a record may wait until it is safe from a power cut


@dataclass(frozen=True, slots=True)
class Figures:
    """What was found in one document; ``confusions`` counts the applied changes by rule."""

    pages: int = 0
    words: int = 0
    applied: int = 0
    flagged: int = 0
    confusions: Mapping[str, int] = field(default_factory=dict)

    @property
    def damage(self) -> float:
        """The share of the words that were changed or flagged.

        >>> Figures(words=200, applied=48, flagged=2).damage
        0.25
        """
        return min(1.0, (self.applied + self.flagged) / self.words) if self.words else 0.0


@dataclass(frozen=True, slots=True)
class Record:
    """What became of one document.

    ``input`` is its path below the folder that was given, ``output`` and ``log`` are relative to the folder of the
    manifest; ``sha256`` is that of the input's bytes (None if they couldn't be read); ``settings`` names the line with
    version, knowledge and options; ``notes`` are remarks (a page without text), ``error`` tells why one ``failed``.
    """

    input: str
    status: str
    sha256: str | None
    settings: str
    onar: str
    output: str | None = None
    log: str | None = None
    figures: Figures = Figures()
    notes: tuple[str, ...] = ()
    error: str | None = None

    @property
    def done(self) -> bool:
        """Whether the document was restored."""
        return self.status == "done"

    def to_line(self) -> str:
        """Return the record as a line of the manifest."""
        return to_json({"type": "document", **asdict(self)})

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Record:
        """Return the record that *row* describes; raise ``ValueError`` when it is none."""
        values = {name: row[name] for name in cls.__slots__ if name in row}
        texts = ("input", "status", "settings", "onar")
        if not all(isinstance(values.get(name), str) for name in texts) or values["status"] not in ("done", "failed"):
            raise ValueError("not a record")
        figures = dict(values.get("figures") or {})
        confusions = {str(rule): int(count) for rule, count in dict(figures.pop("confusions", {})).items()}
        values["notes"] = tuple(map(str, values.get("notes", ())))
        values["figures"] = Figures(**{name: int(count) for name, count in figures.items()}, confusions=confusions)
        return cls(**{"sha256": None, **values})


def settings_id(settings: Mapping[str, object]) -> str:
    """Return the short name of *settings*: 16 hexadecimal digits, the same for the same settings.

    >>> settings_id({"b": 1, "a": 2}) == settings_id({"a": 2, "b": 1})
    True
    """
    canonical = json.dumps(settings, sort_keys=True, separators=(",", ":"), default=str)
    return sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:16]


class Manifest:
    """The manifest at *path*, opened to read and to append; use it as a context.

    Raises :class:`InputError` when the file is no manifest of this schema, or when another run has it open.
    """

    def __init__(self, path: Path) -> None:
        """Open or begin the manifest, lock it, cut off a torn last line and note where each input's record is."""
        self.path = path
        self.continued = path.exists()
        self._open()

    def _open(self) -> None:
        self._places: dict[str, int] = {}
        self._settings: dict[str, int] = {}
        self._lines = 0
        self._dirty, self._flushed = False, time.monotonic()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
            self._file = os.open(self.path, flags, 0o666)
            self._reader = self.path.open("rb")
        except OSError as error:
            raise OnarError(f"{printable(self.path)}: {error.strerror}: give another output folder") from None
        try:
            self._lock()
            self._scan()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Manifest:
        """Return this manifest."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Flush and close."""
        self.close()

    def __len__(self) -> int:
        """Return the number of inputs on record."""
        return len(self._places)

    def find(self, name: str) -> Record | None:
        """Return the last record of the input *name*, if there is one."""
        at = self._places.get(name)
        return None if at is None else Record.of(json.loads(self._line_at(at)))

    def records(self, names: Iterable[str]) -> Iterator[Record]:
        """Yield the last record of each of *names* that has one, reading them one at a time."""
        return (record for name in names if (record := self.find(name)) is not None)

    def describe(self, settings: Mapping[str, object]) -> str:
        """Record the *settings* of the documents to come, if they are new here, and return their name."""
        name = settings_id(settings)
        if name not in self._settings:
            self._settings[name] = self._append(to_json({"type": "settings", "id": name, **settings}))
        return name

    def add(self, record: Record) -> None:
        """Append *record*; it is in the file on return and on the disk within two seconds of the next."""
        self._places[record.input] = self._append(record.to_line())
        if time.monotonic() - self._flushed > _FLUSH:
            self.flush()

    def flush(self) -> None:
        """Put what was appended on the disk."""
        if self._dirty:
            os.fsync(self._file)
            self._dirty = False
        self._flushed = time.monotonic()

    def sort(self) -> None:
        """Rewrite the manifest with one line an input, in the order of the inputs, and without unused settings."""
        used = {record.settings for record in self.records(self._places)}
        places = [self._settings[name] for name in sorted(used & self._settings.keys())]
        places += [self._places[name] for name in sorted(self._places)]
        if len(places) == self._lines and places == sorted(places):
            return
        part = self.path.with_name(f".{self.path.name}.onar-part")
        try:
            with part.open("wb") as out:
                out.write(_HEADER)
                out.writelines(self._line_at(at) for at in places)
                out.flush()
                os.fsync(out.fileno())
            self.close()
            part.replace(self.path)
        except OSError as error:
            with suppress(OSError):
                part.unlink()
            raise OnarError(f"{printable(self.path)}: not written: {error.strerror}: make room there") from None
        self._open()

    def close(self) -> None:
        """Flush, and let the next run in."""
        if self._file < 0:
            return
        try:
            self.flush()
        finally:
            self._reader.close()
            os.close(self._file)
            self._file = -1

    def _lock(self) -> None:
        if fcntl is None:
            return
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InputError(
                f"{printable(self.path)}: another run is writing there: wait for it, or give another output folder"
            ) from None
        except OSError:
            pass  # a file system without locks: nothing to hold on to

    def _scan(self) -> None:
        first = self._reader.readline()
        if not first.endswith(b"\n"):  # new, or torn before anything was recorded
            if first and not _HEADER.startswith(first):
                self._check(first)
            os.ftruncate(self._file, 0)
            self._write(_HEADER)
            return
        self._check(first)
        at = self._reader.tell()
        for line in self._reader:
            if not line.endswith(b"\n"):
                os.ftruncate(self._file, at)
                break
            self._note(line, at)
            at += len(line)
            self._lines += 1

    def _check(self, line: bytes) -> None:
        try:
            if json.loads(line)["schema"] == SCHEMA:
                return
        except (ValueError, KeyError, TypeError, RecursionError):
            pass
        raise InputError(
            f"{printable(self.path)}: not an {SCHEMA} manifest: move it away, or give another output folder"
        )

    def _note(self, line: bytes, at: int) -> None:
        """Remember where *line* stands; what is no record doesn't count, so that its document is done again."""
        try:
            row = json.loads(line)
            if row["type"] == "settings":
                self._settings[str(row["id"])] = at
            else:
                self._places[Record.of(row).input] = at
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return

    def _line_at(self, at: int) -> bytes:
        self._reader.seek(at)
        return self._reader.readline()

    def _append(self, line: str) -> int:
        at = os.lseek(self._file, 0, os.SEEK_END)
        self._write(line.encode("utf-8") + b"\n")
        self._lines += 1
        return at

    def _write(self, data: bytes) -> None:
        """Append in one write: a line is there as a whole or, after a crash, visibly torn."""
        try:
            written = os.write(self._file, data)
        except OSError as error:
            raise OnarError(f"{printable(self.path)}: not written: {error.strerror}: make room there") from None
        if written != len(data):
            raise OnarError(f"{printable(self.path)}: not written: the disk is full: make room there")
        self._dirty = True
