"""What a worker process of :mod:`onar.batches.parallel` does: answer items until the pipe closes.

- It says ``ready`` once its initializer has run, then answers each item with ``value`` or ``error``.
- It leaves when the pipe closes, so it doesn't outlive a parent that was killed by more than one item.
- It doesn't hear Ctrl-C (the parent does); SIGTERM reaches it as an exception, so files half written are cleaned away.

The item ``"yeni diizende"`` with the function ``restorer.restore`` is answered ``("value", Restoration(…))``.
Start reading at :func:`serve`.
"""

from __future__ import annotations

import signal
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from onar.errors import OnarError

__all__ = ["cause_of_death", "serve"]


def serve(
    pipe: Connection,
    function: Callable[[Any], Any],
    initializer: Callable[..., object] | None,
    initargs: tuple[Any, ...],
) -> None:
    """Be a worker of *pipe*: ``(kind, value)`` is sent for the initializer and for each item received."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    try:
        if initializer is not None:
            initializer(*initargs)
    except Exception as error:
        _reply(pipe, "unfit", error)
        return
    _reply(pipe, "ready", None)
    while True:
        try:
            item = pipe.recv()
        except (EOFError, OSError):
            return
        except Exception as error:
            _reply(pipe, "error", error)
            continue
        try:
            kind, value = "value", function(item)
        except Exception as error:
            kind, value = "error", error
        _reply(pipe, kind, value)


def _leave(*_: object) -> None:
    raise SystemExit(128 + signal.SIGTERM)  # as an exception, so that half-written files are cleaned away


def _reply(pipe: Connection, kind: str, value: Any) -> None:
    """Send an answer; an error travels with its traceback as a note, and as plain words if it can't be pickled."""
    if isinstance(value, Exception) and not isinstance(value, OnarError):
        value.add_note("in a worker process:\n" + "".join(traceback.format_exception(value)).rstrip())
    try:
        pipe.send((kind, value))
    except OSError:
        raise SystemExit(0) from None  # nobody is listening any more
    except Exception as error:
        pipe.send(("error", RuntimeError(f"an answer can't be sent between processes: {error!r}; {value!r}"[:2000])))


def cause_of_death(exitcode: int | None) -> str:
    """Name the exit code of a worker that ended without an answer.

    >>> cause_of_death(-9)
    'killed by SIGKILL; out of memory?'
    """
    if exitcode is None or exitcode >= 0:
        return f"exit code {exitcode}"
    try:
        name = signal.Signals(-exitcode).name
    except ValueError:
        name = f"signal {-exitcode}"
    return f"killed by {name}" + ("; out of memory?" if name == "SIGKILL" else "")
