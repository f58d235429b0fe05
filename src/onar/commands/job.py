"""One input from its path to its restoration: what ``onar restore`` does to each file, in this process or in another.

- The input is opened in whatever format it has; ``-`` is standard input.
- It is restored, and what people decided about it before is written into its changes.
- What a file for the output needs (its bytes) and what a report needs (pictures) are made here, if asked for.

``Job(Settings(), Wants())(Found("tez.txt", Path("tez.txt")))`` is the restoration of one thesis. Start reading at
:meth:`Job.__call__`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from onar.changelog.changes import Restoration
from onar.changelog.log import Log
from onar.changelog.packed import Packed
from onar.encoding import decode, printable
from onar.files import TEXT_SUFFIXES, Found, Spool, is_regular, read_bytes

if TYPE_CHECKING:
    from onar.changelog.decisions import Decisions
    from onar.documents import Document
    from onar.restore import Restorer

__all__ = ["FORMATS", "Done", "Job", "Settings", "Wants", "open_input"]

FORMATS = ("auto", "text", "pdf", "hocr", "alto", "page", "tsv")
_PICTURES = 1000  # of doubtful words in one report; each costs a rendering
_SURE = 0.95
_LONG = 100_000  # characters from which a single document has a bar of its own

Progress = Callable[[str], AbstractContextManager[Callable[[float], object] | None]]


@dataclass(frozen=True, slots=True)
class Settings:
    """How inputs are read and restored; ``restorer`` holds the arguments of :class:`onar.Restorer`."""

    restorer: Mapping[str, Any] = field(default_factory=dict)
    format: str = "auto"
    encoding: str | None = None
    skip_visible: bool = False
    decisions: tuple[Decisions, ...] = ()


@dataclass(frozen=True, slots=True)
class Wants:
    """What is to be made of each input besides its restoration: bytes for a file of some suffix, pictures, boxes."""

    suffix: str | None = None
    same: bool = False
    pictures: bool = False
    boxes: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one input: its log and restoration, the bytes of its file, and remarks for the user."""

    log: Log
    restoration: Restoration
    data: Spool | None = None
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether anything in the text changes."""
        return any(change.in_text and change.before != change.after for change in self.restoration.changes)


def open_input(path: str, format: str = "auto", encoding: str | None = None) -> Document:
    """Open the document at *path* (``-``: standard input), of the *format* given or found by its content."""
    from onar.documents import HEAD, detect, open_document

    name = "standard input" if path == "-" else printable(path)
    whole = path == "-" or not is_regular(path)  # what is no file, as a pipe, can be read but once
    data = read_bytes(path, -1 if whole else HEAD)
    kind = detect(data, name) if format == "auto" else format
    if kind == "pdf" and not whole:  # read page by page, however big
        return open_document(path, format=kind, name=name)
    data = data if whole else read_bytes(path)
    if kind == "text":
        decode(data, name, encoding)  # says clearly what is wrong with a file that is no text
    return open_document(data, format=kind, encoding=encoding, name=name)


class Job:
    """Restores one input after the other with the same settings; it can be sent to other processes."""

    def __init__(self, settings: Settings, wants: Wants) -> None:
        """Note what to do; the restorer is made with the first input."""
        self.settings, self.wants = settings, wants
        self.progress: Progress | None = None

    def __getstate__(self) -> dict[str, object]:
        """Leave the restorer behind: every process makes its own."""
        return {"settings": self.settings, "wants": self.wants, "progress": None}

    @cached_property
    def restorer(self) -> Restorer:
        """The restorer with these settings."""
        from onar.restore import Restorer

        return Restorer(**self.settings.restorer)

    def __call__(self, found: Found) -> Done:
        """Restore the input that was *found*."""
        settings = self.settings
        with open_input(found.path, settings.format, settings.encoding) as document:
            made = self._restored(document)
            name = "-" if found.path == "-" else PurePath(found.path).as_posix()
            made, remarks = self._decided(made, name)
            if self.wants.boxes:
                made = replace(made, changes=Packed(document.placed(made.changes)))
            data = None
            if self.wants.same or self.wants.suffix is not None:
                data, said = self._rewritten(document, made)
                remarks += said
            log = Log.of(made, name, _encoding(settings.encoding))
            return Done(log, made, data, self._pictures(document, made), (*document.notes, *remarks))

    def _restored(self, document: Document) -> Restoration:
        """Restore *document*; show how far it is where it is long."""
        if self.progress is None or len(document.text) < _LONG:
            return self.restorer.restore(document.text, confidences=document.confidences, gather=Packed)
        with self.progress("restoring") as tell:
            return self.restorer.restore(document.text, confidences=document.confidences, progress=tell, gather=Packed)

    def _decided(self, made: Restoration, name: str) -> tuple[Restoration, tuple[str, ...]]:
        if not self.settings.decisions:
            return made, ()
        from onar.changelog.decisions import choose, decide

        decisions = choose(self.settings.decisions, made.source, name)
        if decisions is None:
            return made, (f"{name}: none of the decisions are about this text: nothing of them was used",)
        changes, lost = decide(made.source, made.changes, decisions)
        total = len(decisions.judgements)
        said = (f"{name}: {len(lost)} of {total} decisions found no place in this text: look at them again",)
        return replace(made, changes=changes), said if lost else ()

    def _rewritten(self, document: Document, made: Restoration) -> tuple[Spool, tuple[str, ...]]:
        """Return the bytes of the output: the document itself, restored, or its text where a text file is wanted."""
        if document.format != "text" and not self.wants.same and self.wants.suffix in TEXT_SUFFIXES:
            return Spool(made.text.encode("utf-8")), ()
        out = Spool()
        with out.filling() as file:
            said = document.write(made, file, skip_visible=self.settings.skip_visible)
        return out, tuple(said)

    def _pictures(self, document: Document, made: Restoration) -> dict[str, bytes]:
        if not self.wants.pictures or document.format == "text":
            return {}
        doubtful = [change for change in made.changes if change.confidence < _SURE or not change.in_text]
        found = ((change.id, document.picture(change)) for change in doubtful[:_PICTURES])
        return {name: picture for name, picture in found if picture is not None}


def _encoding(name: str | None) -> str:
    from onar.encoding import codec

    return codec(name) if name else "utf-8"
