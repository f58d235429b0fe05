"""Options that stand in a file: the table ``[tool.onar]`` of ``pyproject.toml``, or ``onar.toml``.

- The nearest folder that has one of them counts, from the current one upwards; ``onar.toml`` goes before the other.
- An option on the command line goes before the file; the file before the built-in value.
- Paths are relative to the file that names them.
- An unknown option or one of the wrong kind is an error that names the file.

``min-confidence = 0.6`` in ``onar.toml`` is ``onar restore --min-confidence 0.6``. Start reading at :func:`load`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from onar.encoding import printable
from onar.errors import InputError

__all__ = ["KINDS", "find", "load"]

KINDS: dict[str, tuple[tuple[type, ...], str]] = {
    "dictionary": ((str,), "a path"),
    "encoding": ((str,), "a text"),
    "format": ((str,), "a text"),
    "jobs": ((int,), "a whole number"),
    "keep-foreign": ((bool,), "true or false"),
    "min-confidence": ((int, float), "a number"),
    "rules": ((str,), "a path"),
    "words": ((str, list), "a path or a list of paths"),
}
"""The options that may stand in a file, with the types of their values."""

_PATHS = ("dictionary", "rules", "words")


def find(folder: Path) -> Path | None:
    """Return the file with options that counts in *folder*: its own, or that of the nearest folder above it."""
    for place in (folder, *folder.parents):
        if (own := place / "onar.toml").is_file():
            return own
        project = place / "pyproject.toml"
        if project.is_file() and _table(project) is not None:
            return project
    return None


def load(folder: Path) -> dict[str, Any]:
    """Return the options that count in *folder*, named as parameters (``min_confidence``).

    Raises :class:`InputError` for a file that is no TOML, an unknown option and a value of the wrong kind.
    """
    path = find(folder)
    if path is None:
        return {}
    table = _table(path) or {}
    for name, value in table.items():
        if name not in KINDS:
            known = ", ".join(sorted(KINDS))
            raise InputError(f"{printable(path)}: unknown option {printable(name)}: take one of {known}")
        types, kind = KINDS[name]
        if not isinstance(value, types) or (isinstance(value, bool) and bool not in types) or not _all_texts(value):
            raise InputError(f"{printable(path)}: {name} must be {kind}: mend that line")
    return {name.replace("-", "_"): _rooted(name, value, path.parent) for name, value in table.items()}


def _all_texts(value: object) -> bool:
    return not isinstance(value, list) or all(isinstance(item, str) for item in value)


def _rooted(name: str, value: Any, folder: Path) -> Any:
    if name == "words":
        return [str(folder / item) for item in ([value] if isinstance(value, str) else value)]
    return str(folder / value) if name in _PATHS else value


def _table(path: Path) -> Mapping[str, Any] | None:
    """Return the options in the file at *path*, None if a ``pyproject.toml`` has no table for us."""
    try:
        whole = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise InputError(f"{printable(path)}: {error.strerror}: check its permissions") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(f"{printable(path)}: not TOML ({printable(error)}): mend that line") from None
    if path.name == "onar.toml":
        return whole
    tool = whole.get("tool")
    found = tool.get("onar") if isinstance(tool, dict) else None
    if found is not None and not isinstance(found, dict):
        raise InputError(f"{printable(path)}: tool.onar must be a table: write [tool.onar] above the options")
    return found
