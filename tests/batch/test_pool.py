from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from executors import DeadlyError, FragilePool, double_or_die
from hypothesis import given
from hypothesis import strategies as st

from grader.batch.pool import MOST_DEATHS, Finished, GivenUp, run
from grader.batch.processes import Processes, cores


def square_or_die(number: int) -> int:
    if number < 0:
        raise DeadlyError
    if number == 0:
        raise ZeroDivisionError("nothing to divide")
    return number * number


@given(numbers=st.lists(st.integers(-3, 9), max_size=12), width=st.integers(1, 5))
def test_every_task_ends_once_and_only_the_guilty_are_given_up(
    numbers: list[int], width: int
) -> None:
    tasks = list(enumerate(numbers))
    pool = FragilePool(width=width)
    endings = list(run(tasks, lambda task: square_or_die(task[1]), pool=pool))
    assert sorted(ending.task for ending in endings) == tasks
    for ending in endings:
        match ending:
            case Finished(task=(_, number), value=value):
                assert value == number * number
            case GivenUp(task=(_, number)):
                assert number <= 0
    assert pool.started == pool.stopped


def test_a_deadly_task_has_as_many_lives_as_promised() -> None:
    pool = FragilePool()
    [ending] = run([-1], square_or_die, pool=pool)
    assert isinstance(ending, GivenUp)
    assert str(MOST_DEATHS) in ending.reason
    assert len(pool.started) == 1 + 1 + MOST_DEATHS


def test_a_fault_of_ours_is_told_by_its_name() -> None:
    [ending] = run([0], square_or_die, pool=FragilePool())
    assert ending == GivenUp(task=0, reason="ZeroDivisionError: nothing to divide")


@dataclass
class Threads:
    width: int = 3

    def start(self) -> Executor:
        return ThreadPoolExecutor(self.width)

    def stop(self, executor: Executor) -> None:
        executor.shutdown(wait=True, cancel_futures=True)


def test_no_more_tasks_are_taken_than_may_be_in_flight() -> None:
    taken: list[int] = []
    gate = threading.Event()

    def tasks() -> Iterator[int]:
        for number in range(10):
            taken.append(number)
            yield number

    def wait_first(number: int) -> int:
        if number == 0:
            return 0
        gate.wait()
        return number

    endings = run(tasks(), wait_first, pool=Threads())
    next(endings)
    assert len(taken) == 3
    gate.set()
    assert len(list(endings)) == 9


def test_a_pool_that_loses_room_finishes_what_it_has() -> None:
    pool, gate = Threads(), threading.Event()

    def lose_room(number: int) -> int:
        if number == 0:
            pool.width = 1
            return 0
        gate.wait()
        return number

    endings = run(range(9), lose_room, pool=pool)
    first = next(endings)
    gate.set()
    assert sorted(each.task for each in (first, *endings)) == [*range(9)]


def test_who_stops_looking_stops_the_executor() -> None:
    pool = FragilePool()
    endings = run(range(1, 9), square_or_die, pool=pool)
    next(endings)
    endings.close()
    assert pool.stopped == pool.started


def test_a_process_that_dies_takes_nobody_with_it() -> None:
    endings = list(run([1, 2, 13, 4, 5], double_or_die, pool=Processes(jobs=2)))
    finished = {e.task: e.value for e in endings if isinstance(e, Finished)}
    assert finished == {1: 2, 2: 4, 4: 8, 5: 10}
    assert [e.task for e in endings if isinstance(e, GivenUp)] == [13]


def test_there_is_at_least_one_core() -> None:
    assert cores() >= 1


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_few_tasks_wait_so_that_no_process_has_to(jobs: int) -> None:
    assert Processes(jobs=jobs).width > jobs
