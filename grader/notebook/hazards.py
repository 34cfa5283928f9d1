"""Notice whether a program hangs or ends its process, so that the kernel is spared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from grader.calls import Died, TimedOut

if TYPE_CHECKING:
    from types import TracebackType

    from grader.calls import Loading, Observation, Request
    from grader.isolation.sandbox import Sandbox, Worker
    from grader.notebook.alarms import Interrupts
    from grader.records import Limits, Program, Tier

Seen = TypeVar("Seen")  # an observation, or how loading ended


class WatchedSandbox:
    """Hands everything on to another sandbox, and remembers how calls ended."""

    def __init__(self, sandbox: Sandbox, interrupts: Interrupts) -> None:
        self._sandbox = sandbox
        self.interrupts = interrupts
        self.is_hazardous = False

    @property
    def tier(self) -> Tier:
        """The other one's."""
        return self._sandbox.tier

    def open(self, program: Program, limits: Limits) -> WatchedWorker:
        """Open a worker of the other one."""
        return WatchedWorker(self._sandbox.open(program, limits), self)

    def close(self) -> None:
        """Close the other one."""
        self._sandbox.close()


class WatchedWorker:
    """One worker, whose endings are noted in its sandbox."""

    def __init__(self, worker: Worker, home: WatchedSandbox) -> None:
        self._worker = worker
        self._home = home

    def load(self) -> Loading:
        """Load, and note the ending."""
        return self._noted(self._worker.load())

    def run(self, request: Request) -> tuple[Observation, ...]:
        """Run, and note the endings; not if the user has had enough."""
        self._home.interrupts.raise_again()
        return tuple(map(self._noted, self._worker.run(request)))

    def _noted(self, seen: Seen) -> Seen:
        if isinstance(seen, (TimedOut, Died)):
            self._home.is_hazardous = True
        return seen

    def output(self) -> str:
        """Return what was printed."""
        return self._worker.output()

    def seconds(self) -> float:
        """CPU time so far."""
        return self._worker.seconds()

    def __enter__(self) -> Self:
        self._worker.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._worker.__exit__(kind, error, trace)
