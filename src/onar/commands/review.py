"""``onar review``: go through the changes of a log, in a browser page or in the terminal.

- ``--html PAGE`` writes one page that works offline; the decisions made in it are saved as a file by its button.
- ``--terminal`` asks here, one change a question, and keeps every answer at once.
- The source gives each word its whole line; it is found by itself when it still lies where the log says.
- Decisions made earlier are taken up again, whichever way they were made.

``onar review makale.jsonl --html makale.html`` and ``onar apply makale.txt makale.jsonl --decisions …`` belong
together. Start reading at :func:`command`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import click

from onar.commands.console import Console, put_text
from onar.errors import OnarError

if TYPE_CHECKING:
    from onar.changelog.log import Log
    from onar.documents import Document

__all__ = ["command"]

_MOST = 2_000  # pictures in one page: drawing one takes some 30 ms
_ROOM = 24_000_000  # bytes of them


@click.command(name="review", short_help="Go through the changes of a log and decide.")
@click.argument("log", type=click.Path(path_type=Path))
@click.option("--html", "page", type=click.Path(path_type=Path, allow_dash=True), help="Write a page for the browser.")
@click.option("--terminal", is_flag=True, help="Ask here, one change at a time (the default at a terminal).")
@click.option("--source", type=click.Path(path_type=Path), help="The text that was restored.")
@click.option("--decisions", type=click.Path(path_type=Path), help="Where decisions are kept, or those made earlier.")
def command(log: Path, page: Path | None, terminal: bool, source: Path | None, decisions: Path | None) -> None:
    """Review the changes in LOG: accept, reject or edit them, one by one or all alike at once."""
    from onar.changelog.log import read

    if page and terminal:
        raise click.UsageError("--html and --terminal exclude each other: give one of them")
    if not page and not terminal and not sys.stdin.isatty():
        raise click.UsageError("no terminal to ask at: add --html PAGE.html, or --terminal to answer from a file")
    changes = read(log)
    document = _document(changes, log, source)
    if page:
        _write_page(changes, page, document, decisions)
    else:
        _ask(changes, log, document, decisions)


def _write_page(log: Log, page: Path, document: Document | None, decisions: Path | None) -> None:
    from onar.changelog.decisions import read
    from onar.review.html import render, write_report

    made = read(decisions) if decisions else ()
    if made and not any(item.sha256 == log.sha256 for item in made):
        made[0].check(log)
    text = document.text if document else None
    pictures = dict(_pictures(log, document)) if document else {}
    if str(page) == "-":
        put_text(render(log, source_text=text, pictures=pictures, decisions=made))
        return
    write_report(page, log, source_text=text, pictures=pictures, decisions=made)
    Console().warn(f"{len(log.changes)} changes to review: open {page} in a browser")


def _pictures(log: Log, document: Document) -> Iterator[tuple[str, bytes]]:
    """Yield pictures of the words that are least sure, as many as a page can carry, page by page of the document."""
    doubt = sorted(log.changes, key=lambda change: (change.status == "applied", change.confidence))
    wanted = sorted(doubt[:_MOST], key=lambda change: change.start)
    room = _ROOM
    with Console().bar(len(wanted) if document.format == "pdf" else 0, "Drawing words") as bar:
        for change in wanted:
            picture = document.picture(change)
            bar.update(1)
            room -= len(picture or b"")
            if picture and room >= 0:
                yield change.id, picture


def _ask(log: Log, path: Path, document: Document | None, decisions: Path | None) -> None:
    from onar.review.session import Session
    from onar.review.terminal import review

    kept = decisions or path.with_name(f"{PurePath(log.source).name}.decisions.json")
    review(Session(log, kept), text=document.text if document else None)


def _document(log: Log, path: Path, source: Path | None) -> Document | None:
    """Return what the log was made from: *source*, else the file that the log names, if it is still the same."""
    if source is not None:
        return _checked(log, source)
    for place in (Path(log.source), path.parent / PurePath(log.source).name):
        with suppress(OnarError, OSError, ValueError, ImportError):
            return _checked(log, place)
    return None


def _checked(log: Log, place: Path) -> Document:
    """Return the document at *place*, refused unless the log was made from its text."""
    from onar.changelog.log import fingerprint
    from onar.documents import open_document

    encoding = None if log.encoding == "utf-8" else log.encoding
    document = open_document(place, encoding=encoding)
    if fingerprint(document.text) != log.sha256:
        # it may have been restored as plain text in spite of its looks
        document = open_document(place, format="text", encoding=encoding)
        log.check(document.text)
    return document
