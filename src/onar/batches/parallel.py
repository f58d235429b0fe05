"""The same function over many items in several processes, in order, without one bad item stopping the rest.

- One pipe a worker and one item at a time in each, so that when a worker dies we know on which item.
- A dead worker is replaced and its item is tried once more (it may have been the innocent victim of a full
  machine); when the second worker dies of it too, the item is reported as failed and the others go on.
- Items are drawn only as workers come free, and answers wait for their turn in a bounded window: memory is flat.
- Workers are *spawned*, never forked: no inherited locks, the same behaviour everywhere, and a worker whose
  parent is killed sees its pipe close and leaves. They don't hear Ctrl-C; the parent does, and sends them home.
- The function is sent to a worker once; whatever it loads lazily (Onar's knowledge) is loaded once a process.

``map_ordered(restorer.restore, ["yeni diizende", "giivenlik"], jobs=2)`` gives the two restorations in that order.
Start reading at :func:`outcomes`; :func:`map_ordered` is the short form that raises the first error.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from multiprocessing import connection
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, Generic, TypeVar, cast

from onar.batches.worker import cause_of_death, serve
from onar.errors import OnarError

__all__ = ["Outcome", "WorkerDied", "map_ordered", "outcomes", "usable_cores"]

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 4  # answers that may wait for their turn, for each worker
_GRACE = 5.0  # seconds a worker may take to leave before it is killed
_STARTS = 3  # workers that may die one after the other before any has begun, until we give up


class WorkerDied(OnarError):
    """A worker process ended without an answer (killed, out of memory, crashed inside a library)."""

    exit_code = 5


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T, R]):
    """What became of one item: ``value``, or the ``error`` it raised; ``deaths`` counts the workers it outlived."""

    index: int
    item: T
    value: R | None
    error: BaseException | None = None
    deaths: int = 0

    def get(self) -> R:
        """Return the value, or raise the error."""
        if self.error is not None:
            raise self.error
        return cast(R, self.value)


@dataclass(slots=True)
class _Job:
    index: int
    item: Any
    deaths: int = 0


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    pipe: Connection
    job: _Job | None = None
    ready: bool = False


def usable_cores() -> int:
    """Return how many cores this process may use (what ``jobs=0`` means).

    >>> usable_cores() >= 1
    True
    """
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def map_ordered(
    function: Callable[[T], R],
    items: Iterable[T],
    jobs: int = 1,
    *,
    initializer: Callable[..., object] | None = None,
    initargs: tuple[Any, ...] = (),
) -> Iterator[R]:
    """Yield ``function(item)`` for each of *items*, in their order, using *jobs* processes (0: every core).

    *function*, items and answers must be picklable, and a script that calls this with more than one job needs the
    ``if __name__ == "__main__":`` guard. The first error is raised where its answer would have stood.

    >>> list(map_ordered(len, ["ığdır", "van"]))
    [5, 3]
    """
    with closing(outcomes(function, items, jobs, initializer=initializer, initargs=initargs)) as found:
        for outcome in found:
            yield outcome.get()


def outcomes(
    function: Callable[[T], R],
    items: Iterable[T],
    jobs: int = 1,
    *,
    initializer: Callable[..., object] | None = None,
    initargs: tuple[Any, ...] = (),
    ordered: bool = True,
    tries: int = 2,
) -> Generator[Outcome[T, R], None, None]:
    """Yield an :class:`Outcome` for each of *items*: in their order, or as they come when not *ordered*.

    Errors that *function* raises, and workers that die (after *tries* of them), become the outcome's ``error``. An
    error in *initializer* is raised, as is :class:`WorkerDied` when no worker can be started at all. Closing the
    iterator (or Ctrl-C) ends the workers. One job works in this process, without protection from crashes.

    >>> [outcome.error for outcome in outcomes(int, ["1", "bir"])][1]
    ValueError("invalid literal for int() with base 10: 'bir'")
    """
    jobs = jobs if jobs > 0 else usable_cores()
    if jobs == 1:
        return _alone(function, items, initializer, initargs)
    return _Crew(jobs, (function, initializer, initargs), ordered, tries).run(items)


def _alone(
    function: Callable[[T], R], items: Iterable[T], initializer: Callable[..., object] | None, initargs: tuple[Any, ...]
) -> Generator[Outcome[T, R], None, None]:
    if initializer is not None:
        initializer(*initargs)
    for index, item in enumerate(items):
        try:
            outcome = Outcome(index, item, function(item))
        except Exception as error:
            outcome = Outcome(index, item, None, error)
        yield outcome


class _Crew:
    """The workers, what each is busy with, and the answers that wait for their turn."""

    def __init__(self, jobs: int, work: tuple[Any, ...], ordered: bool, tries: int) -> None:
        self.jobs, self.work, self.ordered, self.tries = jobs, work, ordered, tries
        self.workers: list[_Worker] = []
        self.again: deque[_Job] = deque()
        self.answers: dict[int, Outcome[Any, Any]] = {}
        self.given = self.delivered = self.failed_starts = 0

    def run(self, items: Iterable[Any]) -> Generator[Outcome[Any, Any], None, None]:
        """Feed, collect, deliver, until nothing is left; never with a worker idle while something is to be done."""
        source = iter(items)
        gently = False
        try:
            while True:
                self._feed(source)
                turn = self._turn()
                if turn is None and not any(worker.job for worker in self.workers):
                    break
                self._collect(block=turn is None)
                self._feed(source)
                if turn is not None:
                    self.delivered += 1
                    yield self.answers.pop(turn)
            gently = True
        finally:
            self._dismiss(gently)

    def _turn(self) -> int | None:
        """Return the index of the answer to deliver now, if it is there."""
        if self.ordered:
            return self.delivered if self.delivered in self.answers else None
        return next(iter(self.answers), None)

    def _next(self, source: Iterator[Any]) -> _Job | None:
        if self.again:
            return self.again.popleft()
        if self.given - self.delivered >= self.jobs * (1 + _AHEAD):
            return None
        try:
            job = _Job(self.given, next(source))
        except StopIteration:
            return None
        self.given += 1
        return job

    def _feed(self, source: Iterator[Any]) -> None:
        """Give every free worker an item; start a worker where one is missing."""
        while True:
            free = next((worker for worker in self.workers if worker.job is None), None)
            if free is None and len(self.workers) >= self.jobs:
                return
            if (job := self._next(source)) is None:
                return
            free = free or self._start()
            free.job = job
            if free.ready:
                self._send(free, job)

    def _start(self) -> _Worker:
        spawn = multiprocessing.get_context("spawn")
        ours, theirs = spawn.Pipe()
        process = spawn.Process(target=serve, args=(theirs, *self.work), daemon=True)
        with _deaf_to_interrupts():
            process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self.workers.append(worker)
        return worker

    def _send(self, worker: _Worker, job: _Job) -> None:
        try:
            worker.pipe.send(job.item)
        except OSError:
            pass  # it died: its end of the pipe tells so at the next collection
        except Exception as error:  # the item can't be pickled
            worker.job = None
            self.answers[job.index] = Outcome(job.index, job.item, None, error, job.deaths)

    def _collect(self, block: bool) -> None:
        """Take what the workers have sent; wait for it if *block*."""
        pipes = {worker.pipe: worker for worker in self.workers}
        for pipe in connection.wait(list(pipes), None if block else 0):
            worker = pipes[cast(Connection, pipe)]
            try:
                kind, value = worker.pipe.recv()
            except (EOFError, OSError):
                self._bury(worker)
                continue
            except Exception as error:  # an answer that can't be unpickled here
                kind, value = "error", error
            job = worker.job
            if kind == "unfit":
                raise value
            if kind == "ready":
                worker.ready, self.failed_starts = True, 0
                if job is not None:
                    self._send(worker, job)
            elif job is not None:
                worker.job = None
                answer = (value, None) if kind == "value" else (None, value)
                self.answers[job.index] = Outcome(job.index, job.item, answer[0], answer[1], job.deaths)

    def _bury(self, worker: _Worker) -> None:
        """Take a dead worker off the list and decide what becomes of its item."""
        self.workers.remove(worker)
        worker.pipe.close()
        worker.process.join(_GRACE)
        how, job = cause_of_death(worker.process.exitcode), worker.job
        if not worker.ready:
            self.failed_starts += 1
            if self.failed_starts >= _STARTS:
                raise WorkerDied(
                    f"worker processes end before they begin ({how}): a script that uses several jobs must stand "
                    'under `if __name__ == "__main__":`; else try one job'
                )
        elif job is not None:
            job.deaths += 1
        if job is None:
            return
        if job.deaths < self.tries:
            self.again.append(job)
            return
        gone = WorkerDied(f"the worker process died ({how}), {job.deaths} times: look at this item with one job")
        self.answers[job.index] = Outcome(job.index, job.item, None, gone, job.deaths)

    def _dismiss(self, gently: bool) -> None:
        """End the workers: *gently* lets them leave by themselves, else what they are doing is abandoned."""
        for worker in self.workers:
            worker.pipe.close()
            if not gently:
                worker.process.terminate()
        for worker in self.workers:
            worker.process.join(_GRACE)
            worker.process.kill()
            worker.process.join()
        self.workers.clear()


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Hold Ctrl-C back while a worker starts: it inherits the mask, and its imports aren't torn down half-way."""
    if not hasattr(signal, "pthread_sigmask") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
