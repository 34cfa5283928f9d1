"""The one way to student code: what every sandbox offers, whatever its walls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from grader.calls import Loading, Observation, Request
    from grader.records import Limits, Program, Tier


class Worker(Protocol):
    """One submission's process; a fresh one is started when it is needed again."""

    def load(self) -> Loading:
        """Run the program's source in a fresh process, ending the one before.

        Called by `run` where no process is alive; what ended it then answers the
        first step. A program with a function missing still answers for the other
        one. Raise SandboxError only if the sandbox itself is at fault.
        """

    def run(self, request: Request) -> tuple[Observation, ...]:
        """Answer every step of the request, in order.

        After a step that timed out or died the rest are `Absent`, and the next run
        starts in a fresh process. Raise SandboxError only if the sandbox is at fault.
        """

    def output(self) -> str:
        """What the program has printed so far, both streams, at most 64 KiB."""

    def seconds(self) -> float:
        """CPU time that the program's processes have used so far."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


@runtime_checkable
class Hurried(Protocol):
    """A worker that answers several requests in one go."""

    def run_several(
        self, requests: Sequence[Request]
    ) -> tuple[tuple[Observation, ...], ...]:
        """Answer the first of the requests, in order, up to one that does not end well.

        That one counts for nothing yet. Where no process is alive, none is answered.
        """

    def make_up(self) -> None:
        """Take the time that was lost in one go from all calls to come.

        For a program that has hung in one call twice, so that it costs no more than it
        would have cost asked one by one.
        """


class Sandbox(Protocol):
    """A wall around student code."""

    @property
    def tier(self) -> Tier:
        """How strong the wall is, as observed when it was built."""

    def open(self, program: Program, limits: Limits) -> Worker:
        """Prepare a worker for one program; the process starts when it is needed."""

    def close(self) -> None:
        """End every process and remove every folder of this sandbox."""
