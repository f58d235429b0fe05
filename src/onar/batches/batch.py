"""Many documents: a folder in, its tree mirrored out, with a manifest that lets an interrupted run go on.

- Each document is restored in a worker process, which writes its text and its log; this process only keeps the books.
- A document is skipped when the manifest says it is done, its bytes and the settings are the same, and its files are
  still there. Failed, changed and new ones are (re)done, all of them with ``force``.
- Whatever a document does — unreadable, refused, a worker killed — it is one failed line, and the rest goes on.
- The files are on the disk before the manifest says so. A run that is killed loses what was being done, nothing else.
- With a ``collection`` there are two passes: the first learns from all documents, the second restores with that.

The command line calls :func:`run` for folders and for several inputs with ``-o``, like this::

    options = Options(restorer={"min_confidence": 0.6}, format="auto", encoding=None)
    summary = run(["taramalar"], "onarilan", options, jobs=4, force=False, log_dir=None,
                  collection="dergi.tsv", progress=lambda progress: print(progress, file=sys.stderr))
    sys.stderr.write(summary.to_text())
    onar.batches.summary.write(summary, "ozet.html")     # or .json, or .txt: --summary PATH
    sys.exit(summary.exit_code)                  # 0, or 5 when documents failed

Ctrl-C leaves :func:`run` as ``KeyboardInterrupt`` with the books in order: the same command goes on from there.
``taramalar/1934/sayi_2.txt`` becomes ``onarilan/1934/sayi_2.txt``, with its log in ``sayi_2.txt.jsonl`` beside it.
Start reading at :func:`run`; one document is :class:`onar.batches.batch_work.Work`.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from onar.batches.batch_work import Answer, Options, Study, Task, Work
from onar.batches.collection import Collection
from onar.batches.manifest import Manifest, Record
from onar.batches.parallel import Outcome, outcomes, usable_cores
from onar.batches.summary import Run, Summary
from onar.encoding import printable
from onar.errors import InputError
from onar.files import Found, expand, same_file
from onar.restore import Restorer

__all__ = ["MANIFEST", "Options", "Pool", "Progress", "run"]

Pool = Callable[[Callable[[Task], Any], Iterable[Task]], Generator[Outcome[Task, Any], None, None]]
"""Does the work for each task and yields the outcomes as they come; :func:`onar.batches.parallel.outcomes` is one."""

MANIFEST = "onar-manifest.jsonl"
_RECENT = 400  # documents from which the rate is taken
_SAVE = 60.0  # seconds between two savings of what the first pass has learnt


@dataclass(slots=True)
class Progress:
    """How far a run is: counts, ``record`` of the latest document, and the figures of what was found so far."""

    total: int
    what: str = "restored"
    finished: int = 0
    unchanged: int = 0
    failed: int = 0
    words: int = 0
    changes: int = 0
    record: Record | None = None
    _times: deque[float] = field(default_factory=lambda: deque([time.monotonic()], _RECENT))

    def count(self, record: Record | None, fresh: bool = True) -> None:
        """Count one more document."""
        self.record = record
        self.finished += 1
        self.unchanged += not fresh
        self._times.append(time.monotonic())
        if record is not None:
            self.failed += not record.done
            self.words += record.figures.words
            self.changes += record.figures.applied + record.figures.flagged

    @property
    def rate(self) -> float:
        """Documents a second, of late."""
        took = self._times[-1] - self._times[0]
        return (len(self._times) - 1) / took if took > 0 else 0.0

    @property
    def remaining(self) -> float:
        """The seconds that the rest will take at this rate."""
        return (self.total - self.finished) / self.rate if self.rate else 0.0

    def __str__(self) -> str:
        """Return one line for the terminal."""
        left = int(self.remaining)
        parts = [
            f"{self.finished:,}/{self.total:,} {self.what}",
            f"{self.rate:.1f}/s",
            f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02} left",
        ]
        if self.words:
            parts.append(f"{self.changes / self.words:.1%} of {self.words:,} words damaged")
        if self.failed:
            parts.append(f"{self.failed:,} failed")
        return ", ".join(parts)


def run(
    inputs: Iterable[str | Path],
    out_dir: str | Path,
    options: Options | None = None,
    *,
    jobs: int = 1,
    force: bool = False,
    log_dir: str | Path | None = None,
    collection: str | Path | None = None,
    progress: Callable[[Progress], None] | None = None,
    pool: Pool | None = None,
) -> Summary:
    """Restore the files and folders *inputs* into *out_dir* with *jobs* processes (0: every core).

    Logs go beside the restored documents, or below *log_dir* in the same tree. *collection* is a file: what is in it is
    used, and what documents teach that it hasn't learnt from is added first (see :mod:`onar.batches.collection`).
    *progress* is called after each document. The summary covers all documents of *inputs*, also those done before.
    *pool* does the work elsewhere than in processes of this machine, see :func:`onar.dask.run`.

    Raises :class:`InputError` when nothing can be done at all: no input, two inputs with one output, an output folder
    that is the input folder, another run in it, a manifest or collection that is none.
    """
    options, started, note = options or Options(), time.monotonic(), progress or _silent
    jobs = jobs if jobs > 0 else usable_cores()
    elsewhere, pool = pool is not None, pool or partial(outcomes, jobs=jobs, ordered=False)
    out = Path(out_dir)
    found = _plan(inputs, out, options)
    with Manifest(out / MANIFEST) as manifest:
        if manifest.continued:
            _sweep(out, log_dir)
        if collection is not None:
            options = _learn(found.values(), options, pool, Path(collection), note)
        settings = options.settings(Restorer(**options.restorer))
        work = Work(options, str(out), str(log_dir or out), manifest.describe(settings))
        ran = Run(jobs=jobs)
        tasks = (Task(one.path, name, None if force else manifest.find(name)) for name, one in found.items())
        counted = Progress(len(found))
        with closing(pool(work, tasks)) as answers:
            for outcome in answers:
                answer = _answer(outcome, work)
                if answer.fresh:
                    manifest.add(answer.record)
                _count(ran, answer, outcome.deaths)
                counted.count(answer.record, answer.fresh)
                note(counted)
        if ran.deaths or elsewhere:  # a cluster does the work of a dead worker again, and doesn't tell
            _sweep(out, log_dir)
        manifest.sort()
        ran.seconds = round(time.monotonic() - started, 3)
        return Summary.of(manifest.records(found), ran)


def _silent(_: Progress) -> None:
    """Say nothing."""


def _plan(inputs: Iterable[str | Path], out: Path, options: Options) -> dict[str, Found]:
    """Return the documents by their names below *out*, in the order of the names; refuse what would overwrite."""
    found: dict[str, Found] = {}
    beyond = os.path.join(os.path.realpath(out), "")  # noqa: PTH118  # with the separator: out2 is not below out
    for one in expand(map(str, inputs), options.suffixes()):
        name = one.below.as_posix()
        if one.path == "-":
            raise InputError("standard input is one document: restore it without a folder for the output")
        if os.path.realpath(one.path).startswith(beyond):
            if os.path.realpath(out / name) == os.path.realpath(one.path):
                raise InputError(f"{printable(out)}: the inputs are in this folder: give another one for the output")
            continue  # what an earlier run wrote below the input folder
        if name in found and not same_file(found[name].path, one.path):
            raise InputError(
                f"{printable(found[name].path)} and {printable(one.path)} would both become {printable(name)}: "
                "give the folder above them, or restore them into two folders"
            )
        found.setdefault(name, one)
    return dict(sorted(found.items()))


def _sweep(*folders: str | Path | None) -> None:
    """Take away what a killed run or worker left half-written."""
    for folder in folders:
        for parent, _, names in os.walk(folder) if folder else ():
            for name in names:
                if name.startswith(".") and name.endswith(".onar-part"):
                    with suppress(OSError):
                        Path(parent, name).unlink()


def _answer(outcome: Outcome[Task, Answer], work: Work) -> Answer:
    """Return the answer of a worker, or that it died of the document."""
    if outcome.error is None:
        return outcome.get()
    return Answer(work.failed(outcome.item, None, outcome.error))


def _count(ran: Run, answer: Answer, deaths: int) -> None:
    ran.deaths += deaths
    ran.unchanged += not answer.fresh
    ran.failed += not answer.record.done
    ran.restored += answer.fresh and answer.record.done


def _learn(
    found: Iterable[Found], options: Options, pool: Pool, path: Path, note: Callable[[Progress], None]
) -> Options:
    """Let the documents teach that haven't taught yet; return *options* with what the collection knows then."""
    collection = Collection.read(path)
    tasks = [Task(one.path, one.below.as_posix()) for one in found]
    counted, saved, before = Progress(len(tasks), "studied"), time.monotonic(), len(collection.taught)
    try:
        with closing(pool(Study(options, frozenset(collection.taught)), tasks)) as lessons:
            for outcome in lessons:
                if outcome.error is None and (new := outcome.get()) is not None:
                    collection.add(new)
                counted.count(None)
                note(counted)
                if time.monotonic() - saved > _SAVE:
                    collection.write(path)
                    saved = time.monotonic()
        collection.prune()
    finally:
        if len(collection.taught) > before or not path.exists():
            collection.write(path)
    words = [*options.restorer.get("words", ()), *collection.words()]
    return replace(options, restorer={**options.restorer, "words": words})
