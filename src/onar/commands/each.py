"""Inputs restored one by one: text, diff or check on standard output, files where they were asked for.

- Several processes may work, the results come in order; one bad input doesn't stop the others (exit 5).
- For one input everything that was asked for is put in place together, before its text goes to standard output.
- A file in place is written only if something changes, and stays as ``.bak``.

``onar restore a.txt b.txt --check`` names the files that would change. Start reading at :func:`restore_each`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from onar.commands.console import Console, complain, put_text
from onar.commands.job import Done, Job, Wants
from onar.commands.plan import Plan
from onar.encoding import printable
from onar.errors import OnarError
from onar.files import Found, Staged

__all__ = ["restore_each"]

EXIT_WOULD_CHANGE, EXIT_SOME_FAILED = 1, 5


def restore_each(todo: Plan, console: Console) -> int:
    """Restore the inputs of *todo* one by one and return the exit code."""
    done: list[Done] = []
    changed, failed = False, 0
    with console.bar(len(todo.found), "restoring") as bar:
        for found, result in _results(todo, console):
            bar.update(1)
            if isinstance(result, BaseException):
                if not todo.many or not isinstance(result, OnarError):
                    raise result
                complain(result)
                failed += 1
                continue
            changed |= result.changed
            try:
                _put(found, result, todo, console)
            except OnarError as error:
                if not todo.many:
                    raise
                complain(error)
                failed += 1
            if todo.options["report"]:
                done.append(result)
    if todo.many and todo.options["report"]:
        with Staged() as staged:
            staged.add(todo.options["report"], _report(done))
    if failed:
        return EXIT_SOME_FAILED
    return EXIT_WOULD_CHANGE if changed and todo.options["check"] else 0


def _results(todo: Plan, console: Console) -> Iterator[tuple[Found, Done | BaseException]]:
    from onar.batches.parallel import outcomes, usable_cores

    job = Job(todo.settings, _wants(todo))
    job.progress = None if todo.many else console.shares
    jobs = min(todo.options["jobs"] or usable_cores(), len(todo.found))
    if any(found.path == "-" for found in todo.found):
        jobs = 1  # standard input is here and nowhere else
    for outcome in outcomes(job, todo.found, max(jobs, 1)):
        yield outcome.item, outcome.error if outcome.error is not None else outcome.get()


def _wants(todo: Plan) -> Wants:
    output = None if todo.many else next(iter(todo.targets.values()), None)
    return Wants(
        suffix=output.suffix if output else None,
        same=bool(todo.targets) and (todo.many or todo.options["in_place"]),
        pictures=bool(todo.options["report"]),
        boxes=bool(todo.logs),
    )


def _put(found: Found, result: Done, todo: Plan, console: Console) -> None:
    options = todo.options
    for remark in result.remarks:
        console.warn(remark)
    target, log = todo.targets.get(found.path), todo.logs.get(found.path)
    with Staged() as staged:
        if target and result.data is not None and (result.changed or not options["in_place"]):
            staged.add(target, result.data, backup=options["in_place"])
        if log:
            from onar.changelog.log import encode

            staged.add(log, encode(result.log, log))
        if options["report"] and not todo.many:
            staged.add(options["report"], _report([result]))
    _show(found, result, todo, console)


def _show(found: Found, result: Done, todo: Plan, console: Console) -> None:
    standing = sum(change.in_text for change in result.restoration.changes)
    flagged = len(result.restoration.changes) - standing
    figures = f"{standing} changes, {flagged} flagged"
    name = "standard input" if found.path == "-" else printable(found.path)
    if todo.options["check"] and result.changed:
        console.warn(f"{name} would change: {figures}")
    else:
        console.detail(f"{name}: {figures}")
    if todo.options["diff"]:
        put_text(_diff(found, result))
    elif not todo.options["check"] and not todo.targets:
        put_text(result.restoration.text)


def _diff(found: Found, result: Done) -> str:
    from onar.changelog.views import unified_diff

    name = Path(found.path)
    shown = name.as_posix() if found.path != "-" and not name.is_absolute() and ".." not in name.parts else found.below
    return unified_diff(result.restoration.source, result.restoration.changes, str(shown))


def _report(done: list[Done]) -> bytes:
    from onar.review.html import render

    texts = {result.log.source: result.restoration.source for result in done}
    pictures = {name: picture for result in done for name, picture in result.pictures.items()}
    return render([result.log for result in done], source_text=texts, pictures=pictures).encode("utf-8")
