"""Onar on a Dask cluster: columns of texts, bags of texts, and folders of documents with the books of a batch.

- :func:`restore_frame` and :func:`restore_bag` are lazy, as Dask is: they add a step to the graph.
- :func:`run` is :func:`onar.batches.batch.run` with the cluster's workers instead of processes: same files, same manifest,
  same summary, and a run begun on one machine can be finished on a cluster.
- Knowledge is loaded once a process, whatever the number of partitions.
- Workers may die: Dask does their work again elsewhere. What was about when several died is done again in the end, each
  document alone, and one that kills every worker is one failed line.

``restore_frame(frame, "ocr")`` has the columns ``restored`` (``düzen``) and ``log`` (JSON Lines) beside ``ocr``.
Needs ``pip install onar[dask]``, on the workers too. Start reading at :func:`restore_frame`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Sequence
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onar.batches import batch
from onar.batches.batch_work import Options, Task
from onar.batches.parallel import Outcome, WorkerDied
from onar.batches.summary import Summary
from onar.changelog.log import Log, dumps
from onar.errors import InputError
from onar.restore import Restorer

if TYPE_CHECKING:
    import pandas
    from dask.bag import Bag
    from dask.dataframe import DataFrame
    from distributed import Client

__all__ = ["restore_bag", "restore_frame", "restore_pandas", "run"]

_TOGETHER = 4  # documents that travel together
_AHEAD = 3  # such groups that are under way, for each thread of the cluster

Group = tuple[tuple[int, Task], ...]
Answers = Generator[Outcome[Task, Any], None, None]


def restore_bag(texts: Bag, **options: Any) -> Bag:
    """Return a bag with ``{"text": …, "log": …}`` for each text; *options* are those of :class:`onar.Restorer`."""
    return texts.map(partial(_restore_text, _key(options)))


def restore_frame(
    frame: DataFrame, column: str = "text", *, restored: str = "restored", log: str = "log", **options: Any
) -> DataFrame:
    """Return *frame* with the restored texts of *column* and their logs (JSON Lines) in two new columns.

    Missing texts stay missing. *options* are those of :class:`onar.Restorer`. Raises :class:`InputError` when the
    frame has no such column, or has the new ones already.
    """
    step: Any = partial(restore_pandas, column=column, restored=restored, log=log, **options)
    return frame.map_partitions(step, meta=step(frame._meta))


def restore_pandas(
    frame: pandas.DataFrame, column: str = "text", *, restored: str = "restored", log: str = "log", **options: Any
) -> pandas.DataFrame:
    """Return the pandas *frame* with two columns more; this is what a partition is put through, on Spark and Ray too.

    >>> import pandas  # doctest: +SKIP
    >>> list(restore_pandas(pandas.DataFrame({"text": ["", None]})).columns)  # doctest: +SKIP
    ['text', 'restored', 'log']
    """
    if column not in frame.columns:
        raise InputError(
            f"no column {column!r} among {', '.join(map(str, frame.columns))}: name the one with the texts"
        )
    for name in (restored, log):
        if name in frame.columns:
            raise InputError(f"there is a column {name!r} already: give another name for the new one")
    key = _key(options)
    rows = [_restore_text(key, text) if isinstance(text, str) else None for text in frame[column]]
    like = frame[column].dtype
    made = frame.copy(deep=False)
    for name, part in ((restored, "text"), (log, "log")):
        made[name] = frame[column].__class__([row and row[part] for row in rows], index=frame.index, dtype=like)
    return made


def _key(options: dict[str, Any]) -> str:
    """Return *options* as a text by which a process finds the restorer it has made already."""
    plain = {name: list(value) if name == "words" else value for name, value in options.items()}
    return json.dumps(plain, sort_keys=True, default=str)


@lru_cache(maxsize=4)
def _restorer(key: str) -> Restorer:
    return Restorer(**json.loads(key))


def _restore_text(key: str, text: str) -> dict[str, str]:
    restoration = _restorer(key).restore(text)
    return {"text": restoration.text, "log": dumps(Log.of(restoration, "text"))}


def run(
    client: Client,
    inputs: Iterable[str | Path],
    out_dir: str | Path,
    options: Options | None = None,
    **more: Any,
) -> Summary:
    """Restore files and folders with the workers of *client*; everything else is as in :func:`onar.batches.batch.run`.

    The workers need the same paths as this process: *inputs*, *out_dir* and *log_dir* are on a shared file system, best
    given in full. The manifest is written here.
    """
    threads = sum(client.nthreads().values()) or 1
    where = [str(Path(one).absolute()) for one in inputs]
    for name in ("log_dir", "collection"):
        if more.get(name) is not None:
            more[name] = Path(more[name]).absolute()
    return batch.run(where, Path(out_dir).absolute(), options, jobs=threads, pool=partial(_pool, client), **more)


def _pool(
    client: Client, function: Callable[[Task], Any], tasks: Iterable[Task]
) -> Generator[Outcome[Task, Any], None, None]:
    """Yield the outcomes of *function* on the cluster as they come, with a bounded number of them under way."""
    from distributed import as_completed

    source = iter(enumerate(tasks))
    room = _AHEAD * max(1, sum(client.nthreads().values()))
    waiting: dict[Any, Group] = {}
    suspects: list[Group] = []
    on_trial = False  # a suspect is alone on the cluster: now a dead worker is its own doing
    under_way = as_completed(raise_errors=False)

    def send(group: Group) -> None:
        if group:
            future = client.submit(_do, function, [task for _, task in group], pure=False)
            waiting[future] = group
            under_way.add(future)

    try:
        for _ in range(room):
            send(tuple(islice(source, _TOGETHER)))
        for future in under_way:
            group = waiting.pop(future)
            if future.status == "finished":
                answers: Sequence[Any] = future.result()
                yield from (Outcome(index, task, value) for (index, task), value in zip(group, answers, strict=True))
            elif on_trial:
                ((index, task),) = group
                yield Outcome(index, task, None, _death(future.exception()), deaths=1)
            else:
                suspects += [(one,) for one in group]
            if len(waiting) < room and not on_trial:
                send(tuple(islice(source, _TOGETHER)))
            if not waiting and suspects:
                on_trial = True
                send(suspects.pop(0))
    finally:
        client.cancel(list(waiting))


def _death(error: BaseException) -> BaseException:
    from distributed import KilledWorker

    if isinstance(error, KilledWorker):
        return WorkerDied(f"{error.allowed_failures + 1} workers died of it: look at this document with one job")
    return error


_kept: dict[str, Any] = {}


def _do(function: Any, tasks: list[Task]) -> list[Any]:
    """Do *tasks* in a worker, with the function that is there already: its restorer has loaded what it needs."""
    kept = _kept.setdefault(function.identity, function)
    return [kept(task) for task in tasks]
