"""``onar apply``: a source and its log give the restored text again, with exactly what people decided.

- Source, log and decisions must belong together, by the SHA-256 of the text; else nothing is written.
- What nobody decided about stays as the engine had it; ``--only-accepted`` puts in only what people accepted.
- ``--as`` shows the log in another way: a diff for ``git apply``, a word diff in colour, or CriticMarkup.

``onar apply makale.txt makale.jsonl --decisions makale.decisions.json -o duzgun.txt``. Start reading at
:func:`command`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onar.commands.console import Console, put_bytes
from onar.commands.job import FORMATS

if TYPE_CHECKING:
    from onar.changelog.changes import Change, Restoration
    from onar.changelog.log import Log
    from onar.documents import Document

__all__ = ["command"]

_VIEWS = ("text", "diff", "words", "critic")


@click.command(name="apply", short_help="Put the accepted changes of a log into its source again.")
@click.argument("source", type=click.Path(allow_dash=True))
@click.argument("log", type=click.Path())
@click.option("--decisions", metavar="FILE", help="What people decided: a decisions file, or a log with decisions.")
@click.option("-o", "--output", metavar="PATH", help="Write here, not to standard output.")
@click.option("--accept", multiple=True, metavar="ID", help="Accept this change.")
@click.option("--reject", multiple=True, metavar="ID", help="Reject this change.")
@click.option("--accept-all", is_flag=True, help="Accept all that nobody decided about, flagged changes too.")
@click.option("--reject-all", is_flag=True, help="Reject all that nobody decided about.")
@click.option("--only-accepted", is_flag=True, help="Put in only what people accepted or edited.")
@click.option("--as", "view", type=click.Choice(_VIEWS), default="text", help="Show the log in another way.")
@click.option("--log", "new_log", metavar="PATH", help="Write the log with its decisions here (.jsonl or .csv).")
@click.option("--format", type=click.Choice(FORMATS), default="auto", help="What the source is; found by itself.")
@click.option("--encoding", metavar="NAME", help="How the source is encoded; the log knows it.")
@click.option("--skip-visible", is_flag=True, help="Leave PDF pages with visible text as they are.")
def command(source: str, log: str, **options: Any) -> None:
    """Put the changes of LOG into SOURCE, the text it was made from, as people decided."""
    from onar.changelog.changes import Restoration
    from onar.changelog.log import read

    if options["accept_all"] + options["reject_all"] + options["only_accepted"] > 1:
        raise click.UsageError("--accept-all, --reject-all and --only-accepted exclude each other: take one")
    _keep_inputs(options["output"], options["new_log"], (source, log, options["decisions"]))
    known = read(log)
    with _belonging(source, known, options["format"], options["encoding"]) as document:
        changes = _decided(document.text, known, options)
        made = Restoration(document.text, tuple(changes), dict(known.signature))
        _put(document, made, known.with_changes(changes), options)


def _keep_inputs(output: str | None, log: str | None, inputs: Iterable[str | None]) -> None:
    from onar.files import same_file

    for path in (output, log):
        if path and any(same_file(path, one) for one in inputs if one not in (None, "-")):
            raise click.UsageError(f"{path} is an input: give another place")


def _belonging(source: str, log: Log, format: str, encoding: str | None) -> Document:
    """Open *source*; refuse it unless *log* was made from its text."""
    from onar.changelog.log import fingerprint
    from onar.commands.job import open_input

    encoding = encoding or (None if log.encoding == "utf-8" else log.encoding)
    document = open_input(source, format, encoding)
    if format == "auto" and document.format != "text" and source != "-" and fingerprint(document.text) != log.sha256:
        document = open_input(source, "text", encoding)  # it may have been restored as plain text all the same
    log.check(document.text)
    return document


def _decided(text: str, log: Log, options: dict[str, Any]) -> Sequence[Change]:
    changes: Sequence[Change] = log.changes
    if options["decisions"]:
        changes = _with_file(text, log, options["decisions"])
    chosen: dict[str, Any] = dict.fromkeys(options["accept"], "accept") | dict.fromkeys(options["reject"], "reject")
    unknown = sorted(chosen.keys() - {change.id for change in changes})
    if unknown:
        raise click.UsageError(f"the log has no change {unknown[0]}: take an id from the log")
    changes = [replace(one, decision=chosen[one.id]) if one.id in chosen else one for one in changes]
    rest = "accept" if options["accept_all"] else "reject" if options["reject_all"] else None
    if options["only_accepted"]:
        rest = "reject"
    return _settle(changes, rest) if rest else changes


def _settle(changes: Iterable[Change], rest: Any) -> list[Change]:
    """Decide *rest* about all that nobody decided about; of two that overlap, the one that was applied."""
    from onar.changelog.views import apart

    changes = list(changes)
    undecided = (change for change in changes if change.decision is None)
    wanted = {change.id for change in (undecided if rest == "reject" else apart(changes)) if change.decision is None}
    return [replace(change, decision=rest) if change.id in wanted else change for change in changes]


def _with_file(text: str, log: Log, path: str) -> Sequence[Change]:
    from onar.changelog.decisions import decide, read
    from onar.errors import InputError

    known = read(path)
    mine = [one for one in known if one.sha256 == log.sha256]
    if known and not mine:
        known[0].check(log)
    changes: Sequence[Change] = log.changes
    for decisions in mine:
        changes, lost = decide(text, changes, decisions)
        if lost:
            raise InputError(
                f"{path}: the decision {lost[0].id} about {lost[0].before!r} has no place in the source: "
                "give the decisions that were made with this log"
            )
    return changes


def _put(document: Document, made: Restoration, log: Log, options: dict[str, Any]) -> None:
    from onar.changelog.log import encode
    from onar.files import Staged

    output = options["output"]
    data, remarks = _bytes(document, made, log, options)
    with Staged() as staged:
        if options["new_log"]:
            staged.add(options["new_log"], encode(log, options["new_log"]))
        if output:
            staged.add(output, data)
    for remark in remarks:
        Console().warn(remark)
    if not output:
        put_bytes(data)


def _bytes(document: Document, made: Restoration, log: Log, options: dict[str, Any]) -> tuple[bytes, Sequence[str]]:
    """Return what goes out: a view, the text, or the document itself where the output is a file of its kind."""
    import io

    from onar.files import TEXT_SUFFIXES

    output, view = options["output"], options["view"]
    if view != "text":
        return _view(view, made, log, color=not output and sys.stdout.isatty()).encode("utf-8", "backslashreplace"), ()
    if not output or (document.format != "text" and Path(output).suffix in TEXT_SUFFIXES):
        return made.text.encode("utf-8"), ()
    out = io.BytesIO()
    remarks = document.write(made, out, skip_visible=options["skip_visible"])
    return out.getvalue(), remarks


def _view(view: str, made: Restoration, log: Log, *, color: bool) -> str:
    from onar.changelog.critic import critic_markup
    from onar.changelog.views import unified_diff, word_diff

    if view == "diff":
        name = Path(log.source)
        plain = not name.is_absolute() and ".." not in name.parts
        return unified_diff(made.source, made.changes, name.as_posix() if plain else name.name)
    if view == "words":
        return word_diff(made.source, made.changes, color=color)
    return critic_markup(made.source, made.changes)
