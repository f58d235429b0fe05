"""The pool: order, boundedness, errors, dead workers, interrupts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onar.batches.parallel import Outcome, WorkerDied, map_ordered, outcomes, usable_cores
from onar.batches.worker import cause_of_death
from onar.errors import InputError
from onar.restore import Restorer

loaded: list[str] = []


def load(name: str) -> None:
    if name == "missing":
        raise InputError("no knowledge: install it")
    loaded.append(name)


def double(number: int) -> int:
    return number * 2


def late_when_even(number: int) -> int:
    time.sleep(0.03 if number % 2 == 0 else 0)
    return number


def how_often_loaded(_: int) -> tuple[int, int]:
    return os.getpid(), len(loaded)


def fail_on_three(number: int) -> int:
    if number == 3:
        raise ValueError("three")
    return number


def die_on_three(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def die_once(task: tuple[int, str]) -> int:
    number, marker = task
    if number == 3 and not Path(marker).exists():
        Path(marker).touch()
        os._exit(7)
    return number


def unpicklable(_: int) -> object:
    return lambda: None


@given(st.lists(st.integers(), max_size=30))
@settings(max_examples=20, deadline=None)
def test_one_job_is_map(numbers: list[int]) -> None:
    assert list(map_ordered(double, numbers)) == [number * 2 for number in numbers]


@pytest.mark.parametrize("jobs", [2, 3])
def test_order_is_kept_whatever_finishes_first(jobs: int) -> None:
    assert list(map_ordered(late_when_even, range(40), jobs)) == list(range(40))


def test_as_they_come_is_complete() -> None:
    found = list(outcomes(late_when_even, range(20), 2, ordered=False))
    assert sorted(outcome.get() for outcome in found) == list(range(20))
    assert all(outcome.item == outcome.index == outcome.value for outcome in found)


def test_knowledge_is_loaded_once_a_process() -> None:
    seen = list(map_ordered(how_often_loaded, range(30), 2, initializer=load, initargs=("tr",)))
    assert {count for _, count in seen} == {1}
    assert 1 <= len({pid for pid, _ in seen}) <= 2


def test_no_more_workers_than_items() -> None:
    assert len({pid for pid, _ in map_ordered(how_often_loaded, range(1), 4)}) == 1


def test_items_are_drawn_only_a_bounded_way_ahead() -> None:
    drawn = 0

    def source() -> Iterator[int]:
        nonlocal drawn
        for number in range(1000):
            drawn += 1
            yield number

    furthest = 0
    for answered, _ in enumerate(map_ordered(double, source(), 2), 1):
        furthest = max(furthest, drawn - answered)
    assert drawn == 1000
    assert furthest <= 2 * 5


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_takes_the_place_of_its_answer_only(jobs: int) -> None:
    found = list(outcomes(fail_on_three, range(6), jobs))
    assert [outcome.value for outcome in found] == [0, 1, 2, None, 4, 5]
    assert isinstance(found[3].error, ValueError)
    with pytest.raises(ValueError, match="three"):
        list(map_ordered(fail_on_three, range(6), jobs))


def test_a_worker_that_dies_costs_its_item_only() -> None:
    found = list(outcomes(die_on_three, range(12), 2))
    assert [outcome.value for outcome in found] == [0, 1, 2, None, *range(4, 12)]
    assert isinstance(found[3].error, WorkerDied)
    assert "SIGKILL" in str(found[3].error)
    assert found[3].deaths == 2


def test_the_innocent_victim_is_tried_again(tmp_path: Path) -> None:
    marker = str(tmp_path / "died")
    found = list(outcomes(die_once, ((number, marker) for number in range(8)), 2))
    assert [outcome.get() for outcome in found] == list(range(8))
    assert [outcome.deaths for outcome in found] == [0, 0, 0, 1, 0, 0, 0, 0]


def test_what_cant_travel_is_an_error_not_a_hang() -> None:
    answers = list(outcomes(unpicklable, range(3), 2))
    assert all("can't be sent" in str(outcome.error) for outcome in answers)
    things: list[Any] = [1, lambda: None, 3]
    items = list(outcomes(double, things, 2))
    assert items[1].error is not None
    assert [items[0].value, items[2].value] == [2, 6]


def test_an_initializer_that_fails_is_raised() -> None:
    with pytest.raises(InputError, match="no knowledge"):
        list(map_ordered(double, range(3), 2, initializer=load, initargs=("missing",)))


def test_closing_early_ends_the_workers() -> None:
    import multiprocessing

    answers = outcomes(late_when_even, iter(int, 1), 2)
    next(answers)
    answers.close()
    assert not multiprocessing.active_children()


def test_big_items_and_answers_pass() -> None:
    texts = ["ğ" * 300_000, "ü" * 300_000] * 4
    assert list(map_ordered(str.strip, texts, 2)) == texts


def test_a_restorer_goes_to_each_worker_once_and_answers_the_same() -> None:
    texts = [f"yeni diizende giivenlik {number}\n" for number in range(20)]
    restorer = Restorer()
    assert list(map_ordered(restorer.restore, texts, 2)) == [restorer.restore(text) for text in texts]


def test_an_outcome_gives_its_value_or_raises() -> None:
    assert Outcome(0, "a", "b").get() == "b"
    with pytest.raises(KeyError):
        Outcome(0, "a", None, KeyError("a")).get()


def test_zero_jobs_is_every_core() -> None:
    assert usable_cores() >= 1
    assert list(map_ordered(double, [1], 0)) == [2]


def test_a_script_without_guard_is_told_so(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text("from onar.batches.parallel import map_ordered\nprint(list(map_ordered(len, ['a', 'b'], 2)))\n")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode != 0
    assert "__main__" in done.stderr


INTERRUPTED = """
import os, sys, time
from onar.batches.parallel import map_ordered
if __name__ == "__main__":
    try:
        for answer in map_ordered(time.sleep, iter(lambda: 0.05, 1), 2):
            print("going", flush=True)
    except KeyboardInterrupt:
        import multiprocessing
        print("left behind:", len(multiprocessing.active_children()), flush=True)
        sys.exit(130)
"""


@pytest.mark.skipif(os.name == "nt", reason="POSIX process groups")
def test_ctrl_c_is_quiet_and_leaves_nobody(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(INTERRUPTED)
    process = subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout is not None
    process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "left behind: 0" in out
    assert err == ""


def test_exit_codes_are_named() -> None:
    assert cause_of_death(3) == "exit code 3"
    assert "SIGTERM" in cause_of_death(-15)
    assert cause_of_death(-99) == "killed by signal 99"
