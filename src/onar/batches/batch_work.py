"""One document of a batch, from its path to its files on the disk: what a worker process does.

- The work is a value that is sent to each worker once; the restorer in it loads its knowledge at the first text.
- A document that is done and unchanged is recognised here too, so that hashing is shared out as well.
- Text and log are written together, and are on the disk when the answer goes out.
- Nothing a document does is raised: it becomes a record that says ``failed``, and why.

``Task("taramalar/1934/sayi_2.txt", "1934/sayi_2.txt")`` is answered by the record of its restoration.
Start reading at :class:`Work`; :class:`Study` is the first pass over a collection.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import file_digest
from pathlib import Path
from typing import Any, Literal

from onar._version import __version__
from onar.batches.collection import Lesson, lesson
from onar.batches.manifest import Figures, Record, settings_id
from onar.changelog import log
from onar.changelog.changes import Restoration
from onar.changelog.packed import Packed
from onar.documents.model import Document
from onar.encoding import codec, printable
from onar.errors import InputError, OnarError
from onar.files import TEXT_SUFFIXES, Spool, Staged
from onar.restore import Restorer

__all__ = ["Answer", "Options", "Study", "Task", "Work"]

_IN_FOLDERS = {  # what is looked for in folders, by format; a file that is named is opened whatever it is called
    "text": TEXT_SUFFIXES,
    "pdf": frozenset({".pdf"}),
    "hocr": frozenset({".hocr", ".html", ".htm", ".xhtml"}),
    "alto": frozenset({".xml", ".alto"}),
    "page": frozenset({".xml", ".page"}),
    "tsv": frozenset({".tsv"}),
    "auto": TEXT_SUFFIXES | {".pdf", ".hocr", ".alto", ".xml"},
}
_LONGEST = 500  # code points of a reason


@dataclass(frozen=True, slots=True)
class Options:
    """How documents are read, restored and logged.

    ``restorer`` holds the arguments of :class:`onar.Restorer`; ``format`` and ``encoding`` are those of
    :func:`onar.documents.open_document`; ``log`` is the form of the logs, None writes none.
    """

    restorer: Mapping[str, Any] = field(default_factory=dict)
    format: str = "auto"
    encoding: str | None = None
    skip_visible: bool = False
    log: Literal["jsonl", "csv"] | None = "jsonl"

    def suffixes(self) -> frozenset[str]:
        """Return the suffixes that are looked for in folders."""
        return _IN_FOLDERS.get(self.format, TEXT_SUFFIXES)

    def settings(self, restorer: Restorer) -> dict[str, object]:
        """Return all that decides the bytes of the outputs, for the manifest."""
        return {
            "signature": restorer.signature,
            "restorer": settings_id(self.restorer),
            "format": self.format,
            "encoding": self.encoding,
            "skip_visible": self.skip_visible,
            "log": self.log,
        }

    def open(self, task: Task) -> Document:
        """Open the document of *task*, called by its name below the input folder."""
        from onar.documents import open_document

        return open_document(task.path, format=self.format, encoding=self.encoding, name=printable(task.name))


@dataclass(frozen=True, slots=True)
class Task:
    """A document to do: where it is, its path below the input folder, and what the manifest says about it."""

    path: str
    name: str
    known: Record | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a document; not *fresh* when it was done before and nothing has changed."""

    record: Record
    fresh: bool = True


class Work:
    """Restores one document after the other into the folder *out*, with logs below *logs*."""

    def __init__(self, options: Options, out: str, logs: str, settings: str) -> None:
        """Note what to do; *settings* is the name of the options in the manifest."""
        self.options, self.out, self.logs, self.settings = options, out, logs, settings
        self.identity = f"work {settings} {out} {logs}"

    @cached_property
    def _restorer(self) -> Restorer:
        return Restorer(**self.options.restorer)

    def __call__(self, task: Task) -> Answer:
        """Restore the document of *task*, unless that is done already."""
        digest: str | None = None
        try:
            digest = _digest(task)
            if task.known is not None and self._stands(task, task.known, digest):
                return Answer(task.known, fresh=False)
            return Answer(self._restore(task, digest))
        except Exception as error:
            return Answer(self.failed(task, digest, error))

    def failed(self, task: Task, digest: str | None, error: BaseException) -> Record:
        """Return the record of a document that could not be restored."""
        return Record(task.name, "failed", digest, self.settings, __version__, error=_reason(error))

    def _targets(self, task: Task) -> tuple[Path, Path | None]:
        output = Path(self.out, task.name)
        log_name = f"{task.name}.{self.options.log}"
        return output, Path(self.logs, log_name) if self.options.log else None

    def _relative(self, path: Path | None) -> str | None:
        if path is None:
            return None
        try:
            return Path(os.path.relpath(path, self.out)).as_posix()
        except ValueError:  # another drive
            return path.as_posix()

    def _stands(self, task: Task, known: Record, digest: str) -> bool:
        """Tell whether the manifest's record of the document still holds."""
        output, log_path = self._targets(task)
        return (
            known.done
            and (known.sha256, known.settings) == (digest, self.settings)
            and (known.output, known.log) == (self._relative(output), self._relative(log_path))
            and output.is_file()
            and (log_path is None or log_path.is_file())
        )

    def _restore(self, task: Task, digest: str) -> Record:
        output, log_path = self._targets(task)
        with self.options.open(task) as document, Staged() as staged:
            restoration = self._restorer.restore(document.text, confidences=document.confidences, gather=Packed)
            data = Spool()
            with data.filling() as file:
                said = document.write(restoration, file, skip_visible=self.options.skip_visible)
            staged.add(output, data)
            if log_path is not None:
                entry = log.Log.of(restoration, task.name, _encoding(self.options))
                entry = entry.with_changes(document.placed(entry.changes))
                staged.add(log_path, log.encode(entry, log_path))
            figures, notes = _figures(document, restoration), tuple(map(printable, (*document.notes, *said)))
        _settle(output, log_path)
        return Record(
            *(task.name, "done", digest, self.settings, __version__),
            *(self._relative(output), self._relative(log_path), figures, notes),
        )


def _encoding(options: Options) -> str:
    return codec(options.encoding) if options.encoding else "utf-8"


class Study:
    """Reads one document after the other to learn from it, and writes nothing; those in *taught* are passed over."""

    def __init__(self, options: Options, taught: frozenset[str]) -> None:
        """Note what has been learnt from already."""
        self.options, self.taught = options, taught
        self.identity = f"study {options} {hash(taught)}"

    @cached_property
    def _restorer(self) -> Restorer:
        return Restorer(**self.options.restorer)

    def __call__(self, task: Task) -> Lesson | None:
        """Return what the document of *task* teaches; an unreadable one teaches nothing."""
        try:
            fingerprint = _digest(task)
            if fingerprint[:16] in self.taught:
                return None
            with self.options.open(task) as document:
                return lesson(self._restorer.restore(document.text, confidences=document.confidences), fingerprint)
        except Exception:
            return None  # the second pass tells the reason


def _digest(task: Task) -> str:
    try:
        with Path(task.path).open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError(f"{printable(task.name)}: {reason}: check the name and the permissions") from None


def _figures(document: Document, restoration: Restoration) -> Figures:
    applied = [change for change in restoration.changes if change.status == "applied"]
    rules = Counter(rule for change in applied for rule in change.rules)
    return Figures(
        pages=document.pages,
        words=len(restoration.source.split()),
        applied=len(applied),
        flagged=len(restoration.changes) - len(applied),
        confusions=dict(sorted(rules.items(), key=lambda item: (-item[1], item[0]))),
    )


def _settle(*paths: Path | None) -> None:
    """Have the files and their names on the disk, so that no power cut can belie the manifest."""
    folders: set[Path] = set()
    for path in paths:
        if path is not None:
            _sync(path, os.O_RDWR)
            folders.add(path.parent)
    if os.name != "nt":  # folders can't be opened there, and needn't be
        for folder in folders:
            _sync(folder, os.O_RDONLY)


def _sync(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _reason(error: BaseException) -> str:
    """Return *error* on one line that ends with what to do."""
    if isinstance(error, OnarError):
        text = str(error)
    elif isinstance(error, MemoryError):
        text = "not enough memory: try fewer jobs, or split the document"
    else:
        text = f"{type(error).__name__}: {error}: this should not happen, please report it with the document"
    shown = printable(text)
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"
