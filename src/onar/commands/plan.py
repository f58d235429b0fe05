"""What ``onar restore`` was asked to do, checked before anything is read: inputs, outputs, and which of them clash.

- An output is never an input: in place is the only way to write over one.
- Several inputs need folders for their outputs and logs, and no two may have the same output.
- Folders and several inputs with ``-o`` are a batch, unless decisions are to be honoured or a view is wanted.

``onar restore a.txt -o a.txt`` ends here with the advice to write ``--in-place``. Start reading at :func:`plan`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from onar.changelog.decisions import read as read_decisions
from onar.commands.job import Settings
from onar.encoding import printable
from onar.files import Found, expand, is_folder, read_words, same_file, target_for

__all__ = ["Plan", "plan"]

_RESTORER = ("min_confidence", "keep_foreign", "rules", "dictionary")


@dataclass(frozen=True, slots=True)
class Plan:
    """The inputs, how to restore them, and where everything goes; ``options`` are those of the command line."""

    found: tuple[Found, ...]
    settings: Settings
    options: Mapping[str, Any]
    many: bool
    batch: bool
    targets: Mapping[str, Path] = field(default_factory=dict)
    logs: Mapping[str, Path] = field(default_factory=dict)


def plan(options: Mapping[str, Any]) -> Plan:
    """Return what the *options* of the command line ask for; raise a usage error where they contradict each other."""
    _check(options)
    settings = _settings(options)
    inputs: tuple[str, ...] = options["inputs"]
    output: str | None = None if options["check"] else options["output"]
    many = len(inputs) > 1 or any(is_folder(name) for name in inputs if name != "-")
    single = settings.decisions or options["report"] or options["diff"]
    if many and output and not single:
        return Plan((), settings, options, many, batch=True)
    _check_batch(options)
    found = tuple(expand(inputs, _suffixes(settings.format) if many else ()))
    targets = {one.path: target_for(one, output, many) for one in found} if output else {}
    logs = _logs(found, options["log"], many)
    outputs = [*targets.values(), *logs.values(), *filter(None, [options["report"]])]
    _check_places(found, outputs)
    if options["in_place"]:
        targets = {one.path: Path(one.path) for one in found}
    return Plan(found, settings, options, many, False, targets, logs)


def _check(options: Mapping[str, Any]) -> None:
    if options["in_place"] and options["output"]:
        raise click.UsageError("--in-place and -o exclude each other: leave one out")
    if options["in_place"] and "-" in options["inputs"]:
        raise click.UsageError("standard input can't be written over: leave --in-place out")
    if options["check"] and options["in_place"]:
        raise click.UsageError("--check writes nothing: leave --in-place out")
    if options["min_confidence"] is not None and math.isnan(options["min_confidence"]):
        raise click.UsageError("--min-confidence: nan is no probability: take a number from 0 to 1")
    if options["inputs"].count("-") > 1:
        raise click.UsageError("standard input is there once: name - once")


def _check_batch(options: Mapping[str, Any]) -> None:
    for name in ("force", "collection", "summary"):
        if options[name]:
            raise click.UsageError(f"--{name} is for batches: give folders or several files, and -o FOLDER")


def _settings(options: Mapping[str, Any]) -> Settings:
    restorer = {name: options[name] for name in _RESTORER if options[name] is not None}
    if options["words"]:
        restorer["words"] = [word for path in options["words"] for word in read_words(path)]
    decisions = read_decisions(options["decisions"]) if options["decisions"] else ()
    return Settings(restorer, options["format"], options["encoding"], options["skip_visible"], decisions)


def _suffixes(format: str) -> Iterable[str]:
    from onar.batches.batch import Options

    return Options(format=format).suffixes()


def _logs(found: Iterable[Found], log: str | None, many: bool) -> dict[str, Path]:
    if log is None:
        return {}
    if not many and not (log.endswith("/") or is_folder(log)):
        return {one.path: Path(log) for one in found}
    if Path(log).suffix in (".jsonl", ".csv"):
        raise click.UsageError(f"--log {printable(log)}: several inputs have several logs: name a folder for them")
    return {one.path: Path(log) / one.below.with_name(f"{one.below.name}.jsonl") for one in found}


def _check_places(found: Iterable[Found], outputs: Iterable[str | Path]) -> None:
    taken: set[Path] = set()
    sources = [one.path for one in found if one.path != "-"]
    present = {_place(path) for path in sources}
    for output in outputs:
        place = _place(output)
        if place in present or (len(sources) == 1 and same_file(sources[0], output)):
            raise click.UsageError(f"{printable(output)} is an input: give another place, or --in-place (keeps a .bak)")
        if place in taken and not _device(place):
            raise click.UsageError(f"{printable(output)} would be written twice: name the folder above the inputs")
        taken.add(place)


def _place(path: str | Path) -> Path:
    return Path(path).resolve()


def _device(path: Path) -> bool:
    return path.exists() and not path.is_file() and not path.is_dir()
