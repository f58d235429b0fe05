"""Files in and out: which files an input names, where their restorations go, and writing them whole or not at all.

- What is written stands beside its target first and is renamed (:class:`Staged`): a full disk leaves nothing half done.
- A device or a pipe is written to as it is; a link is followed.
- An input is never overwritten, except in place, and then it stays as ``.bak``.
- A folder means all text files below it; the restorations mirror its tree.

``Staged().add("tez.txt", …)`` writes ``.tez.txt.….onar-part`` first. Start reading at :class:`Staged`.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, cast

from onar.alphabet import lower
from onar.encoding import decode, printable
from onar.errors import InputError, OnarError

__all__ = [
    "TEXT_SUFFIXES",
    "Found",
    "Spool",
    "Staged",
    "expand",
    "is_folder",
    "is_regular",
    "keep_backup",
    "read_bytes",
    "read_text",
    "read_words",
    "same_file",
    "target_for",
    "write_file",
]

_IN_MEMORY, _PIECE = 16 << 20, 1 << 20  # bytes of an output that stay in memory, and that are moved at once
TEXT_SUFFIXES = frozenset({".txt", ".text", ".md", ".ocr"})


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__


def read_bytes(path: str | Path, most: int = -1) -> bytes:
    """Return what is in the file at *path*, its first *most* bytes, or all on standard input for ``-``."""
    if str(path) == "-":
        return sys.stdin.buffer.read()
    try:
        with Path(path).open("rb") as file:
            return file.read(most)
    except (OSError, ValueError) as error:
        reason = _reason(error) if isinstance(error, OSError) else "not a file name"
        raise InputError(f"{printable(path)}: {reason}: check the name and the permissions") from None


def read_text(path: str | Path, encoding: str | None = None) -> str:
    """Return the text of the file at *path*, or of standard input for ``-``; line ends stay as they are."""
    return decode(read_bytes(path), "standard input" if str(path) == "-" else str(path), encoding).text


def read_words(path: str | Path) -> list[str]:
    """Return the words of a word list: one a line, UTF-8, ``#`` begins a comment."""
    lines = read_text(path).splitlines()
    return [word for line in lines if (word := line.partition("#")[0].strip())]


class Spool:
    """What a file will hold, in memory while it is small and in a nameless file of the system when it grows.

    Write to :attr:`file`; what was written comes back in pieces. A copy in another process holds it in memory.

    >>> spool = Spool(b"dok")
    >>> spool.write(b"tez")
    >>> b"".join(spool), spool.read(3, 6)
    (b'doktez', b'tez')
    """

    def __init__(self, data: bytes = b"", in_memory: int = _IN_MEMORY) -> None:
        """Begin with *data*; up to *in_memory* bytes stay there."""
        spooled = tempfile.SpooledTemporaryFile(in_memory)  # noqa: SIM115 - gone with the last reference to it
        self.file = cast(BinaryIO, spooled)
        self._lock = threading.Lock()
        self.write(data)

    def write(self, data: bytes) -> None:
        """Add *data*; raises :class:`OnarError` where the folder for temporary files has no room for it."""
        with self.filling():
            self.file.write(data)

    @contextmanager
    def filling(self) -> Iterator[BinaryIO]:
        """Give :attr:`file` to somebody who writes to it, with a clear error where there is no room for that."""
        try:
            yield self.file
            self.file.flush()
        except OSError as error:
            place = printable(tempfile.gettempdir())
            raise OnarError(f"{place}: {_reason(error)}: make room there, or name another folder in TMPDIR") from None

    def __iter__(self) -> Iterator[bytes]:
        """Yield what was written, piece by piece."""
        self.file.seek(0)
        while piece := self.file.read(_PIECE):
            yield piece

    def read(self, start: int, end: int) -> bytes:
        """Return what was written from byte *start* to *end*; threads may ask at once, once all is written."""
        with self._lock:
            self.file.seek(start)
            return self.file.read(end - start)

    def __del__(self) -> None:
        """Let go of the file."""
        self.file.close()

    def __reduce__(self) -> tuple[type[Spool], tuple[bytes]]:
        """Travel to another process as bytes."""
        return Spool, (b"".join(self),)


class Staged:
    """Files written beside their targets and put in place together: all of them, or none if one can't be written.

    Use it as a context: leaving it in peace renames, leaving it by an error removes what was staged.
    """

    def __init__(self) -> None:
        """Start with nothing staged."""
        self._waiting: list[tuple[Path, Path, bool]] = []

    def __enter__(self) -> Staged:
        """Return this collection."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Rename what is staged, or remove it after an error."""
        try:
            if kind is None:
                self._commit()
        finally:
            for temporary, _, _ in self._waiting:
                with suppress(OSError):
                    temporary.unlink()
            self._waiting.clear()

    def add(self, path: str | Path, data: bytes | Iterable[bytes], *, backup: bool = False) -> None:
        """Write *data*, or one piece of it after the other, beside *path*.

        With *backup* what stands at *path* will be kept as ``.bak``.
        """
        target, pieces = Path(path), (data,) if isinstance(data, bytes) else data
        try:
            if target.exists() and not target.is_file() and not target.is_dir():
                with target.open("wb") as file:  # a device or a pipe must never be renamed away
                    file.writelines(pieces)
            else:
                self._stage(target.resolve(), pieces, backup)
        except (OSError, ValueError) as error:
            raise _unwritten(path, error) from None

    def _stage(self, target: Path, pieces: Iterable[bytes], backup: bool) -> None:
        if target.is_dir():
            raise IsADirectoryError(21, "Is a directory")
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".onar-part", dir=target.parent)
        self._waiting.append((Path(name), target, backup))
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
        Path(name).chmod(_mode(target))

    def _commit(self) -> None:
        while self._waiting:
            temporary, target, backup = self._waiting[0]
            try:
                if backup:
                    keep_backup(target)
                temporary.replace(target)
            except OSError as error:
                raise _unwritten(target, error) from None
            self._waiting.pop(0)


def _unwritten(path: str | Path, error: Exception) -> OnarError:
    reason = _reason(error) if isinstance(error, OSError) else "not a file name"
    return OnarError(f"{printable(path)}: not written: {reason}: give another place, or make room there")


def _mode(target: Path) -> int:
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def keep_backup(path: Path) -> Path:
    """Keep the file at *path* also as ``.bak`` (``.bak1`` and so on if there is one already) and return that name."""
    number = 0
    while (backup := path.with_name(f"{path.name}.bak{number or ''}")).exists() or backup.is_symlink():
        number += 1
    try:
        backup.hardlink_to(path)  # takes no room, and is there at once or not at all
    except OSError:
        shutil.copy2(path, backup)
    return backup


def write_file(path: str | Path, data: bytes | Iterable[bytes]) -> None:
    """Write *data*, or its pieces one by one, to *path*: beside it first, then renamed, so that it is whole or not there."""
    with Staged() as staged:
        staged.add(path, data)


@dataclass(frozen=True, slots=True)
class Found:
    """An input: the path to open, and its path below the folder it was found in (its name for a single file)."""

    path: str
    below: Path


def expand(inputs: Iterable[str], suffixes: Iterable[str] = TEXT_SUFFIXES) -> list[Found]:
    """Return the files that *inputs* name: files, ``-``, and folders with all they hold of the wanted *suffixes*.

    Hidden files and folders are passed over. Raises :class:`InputError` for a folder without text.
    """
    wanted = frozenset(suffixes)
    found: list[Found] = []
    for name in inputs:
        if name == "-":
            found.append(Found(name, Path("stdin.txt")))
        elif is_folder(name):
            inside = list(_walk(Path(name), wanted))
            if not inside:
                kinds = " ".join(sorted(suffix for suffix in wanted if suffix))
                raise InputError(
                    f"{printable(name)}: no text in this folder: put files there ({kinds}), or name a file"
                )
            found += inside
        else:
            found.append(Found(name, Path(Path(name).name)))
    return found


def is_regular(path: str | Path) -> bool:
    """Tell whether *path* is a file that can be read again and again; a pipe, or a name that can't be one, is none."""
    try:
        return Path(path).is_file()
    except (OSError, ValueError):
        return False


def is_folder(path: str | Path) -> bool:
    """Tell whether *path* is a folder; a name that can't be one is none."""
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        return False


def _walk(folder: Path, wanted: frozenset[str]) -> Iterator[Found]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if not name.startswith(".") and lower(path.suffix) in wanted and path.is_file():
                yield Found(str(path), path.relative_to(folder))


def target_for(found: Found, output: str, many: bool) -> Path:
    """Return where the restoration of *found* goes: *output* itself, or below it if it is a folder or for *many*."""
    if many or output.endswith(("/", os.sep)) or is_folder(output):
        return Path(output) / found.below
    return Path(output)


def same_file(one: str | Path, other: str | Path) -> bool:
    """Tell whether both paths lead to one file."""
    try:
        return Path(one).samefile(other)
    except (OSError, ValueError):
        return False
