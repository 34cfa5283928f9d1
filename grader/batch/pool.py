"""Run tasks on any executor, a bounded number at a time, and survive its deaths."""

from __future__ import annotations

from collections import deque
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final, Generic, Protocol, TypeAlias, TypeVar, cast

from grader.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

Task = TypeVar("Task")
Value = TypeVar("Value")

#: A task that kills its process when it runs alone, this often, is given up.
MOST_DEATHS: Final = 3
TOO_DEADLY: Final = f"grading it ended its process {MOST_DEATHS} times"


class PoolError(UsageError):
    """No task can be run here any more, and none of them is to blame."""


class MismatchError(PoolError):
    """A machine of the pool would not grade as this one does."""


class WorkersDiedError(BrokenExecutor):
    """So many workers have died with this task, which need not be to blame."""

    def __init__(self, deaths: int) -> None:
        super().__init__(f"{deaths} workers died")
        self.deaths = deaths


class EndedError(Exception):
    """The task ended its process again and again; the executor itself is whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished(Generic[Task, Value]):
    """The task returned."""

    task: Task
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenUp(Generic[Task]):
    """The task raised, or its process died again and again."""

    task: Task
    reason: str


Ending: TypeAlias = Finished[Task, Value] | GivenUp[Task]


class Pool(Protocol):
    """Starts executors: processes here, or a cluster."""

    @property
    def width(self) -> int:
        """How many tasks may be in flight at once."""

    def start(self) -> Executor:
        """Return a fresh executor."""

    def stop(self, executor: Executor) -> None:
        """End an executor at once, whatever it is doing."""


def run(
    tasks: Iterable[Task], work: Callable[[Task], Value], *, pool: Pool
) -> Generator[Ending[Task, Value], None, None]:
    """Start the pool, and yield an ending for each task as it comes, in no order.

    However the caller stops, the executor is ended too.

    Raises:
        PoolError: the whole pool is gone, or is not what was wanted.
    """
    endings = _run(tasks, _Runner(work=work, pool=pool, executor=pool.start()))
    next(endings)
    return cast("Generator[Ending[Task, Value], None, None]", endings)


def _run(
    tasks: Iterable[Task], runner: _Runner[Task, Value]
) -> Generator[Ending[Task, Value] | None, None, None]:
    """Yield None once, from when on whoever closes this ends the executor."""
    try:
        yield None
        yield from runner.run(iter(tasks))
    finally:
        runner.pool.stop(runner.executor)


@dataclass(slots=True, kw_only=True)
class _Runner(Generic[Task, Value]):
    """Runs one function over many tasks; an executor that breaks is replaced.

    A broken process pool does not say which task broke it. So all that were in flight
    run again, one at a time, and only a task that is alone when its process dies is
    to blame.
    """

    work: Callable[[Task], Value]
    pool: Pool
    executor: Executor
    suspects: deque[Task] = field(default_factory=deque)
    deaths: int = 1  # that the last suspect has seen

    def run(self, waiting: Iterator[Task]) -> Iterator[Ending[Task, Value]]:
        in_flight: dict[Future[Value], Task] = {}
        while True:
            while self.suspects:
                yield self._alone(self.suspects.popleft())
            # A cluster that has lost a worker may have too much in flight already.
            room = max(0, self.pool.width - len(in_flight))
            for task in islice(waiting, room):
                self._submit(task, in_flight)
            if not in_flight and not self.suspects:
                return
            done, _ = wait(in_flight, return_when=FIRST_COMPLETED)
            yield from self._endings(done, in_flight)
            if self.suspects:  # none of the others can be running now
                done, _ = wait(in_flight)
                yield from self._endings(done, in_flight)
                self._replace()

    def _submit(self, task: Task, in_flight: dict[Future[Value], Task]) -> None:
        try:
            in_flight[self.executor.submit(self.work, task)] = task
        except BrokenExecutor:  # it broke since the last look
            self.suspects.append(task)

    def _endings(
        self, done: Iterable[Future[Value]], in_flight: dict[Future[Value], Task]
    ) -> Iterator[Ending[Task, Value]]:
        """Take these out of flight; whose executor broke has to run again, alone."""
        for future in done:
            task = in_flight.pop(future)
            try:
                yield Finished(task=task, value=future.result())
            except BrokenExecutor as error:
                self.suspects.append(task)
                self.deaths = getattr(error, "deaths", 1)
            except PoolError:
                raise
            except EndedError:
                yield GivenUp(task=task, reason=TOO_DEADLY)
            except Exception as error:  # noqa: BLE001 (a fault of ours costs one task)
                yield GivenUp(task=task, reason=f"{type(error).__name__}: {error}")

    def _alone(self, task: Task) -> Ending[Task, Value]:
        deaths = 0
        while deaths < MOST_DEATHS:
            alone: dict[Future[Value], Task] = {}
            self._submit(task, alone)
            wait(alone)
            for ending in self._endings(list(alone), alone):
                return ending
            self.suspects.pop()
            deaths += self.deaths
            self._replace()
        return GivenUp(task=task, reason=TOO_DEADLY)

    def _replace(self) -> None:
        self.pool.stop(self.executor)
        self.executor = self.pool.start()
