"""Run a program's cases through a worker: what is repeated, and when to stop asking.

A death or a time-out is repeated once in a fresh process before it counts, so that
neither a busy machine nor the out-of-memory killer changes a verdict. A hang costs
its case and the rest of its regime; after three hangs nothing more is asked.

Requests that do not depend on one another go out together, since every message wakes
two processes. Where that does not end well, nothing is concluded from it, and what is
left is asked one by one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from grader.calls import Absent, Backward, Died, Forward, TimedOut
from grader.errors import SandboxError
from grader.isolation.sandbox import Hurried

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.calls import Observation, Request
    from grader.isolation.sandbox import Worker

HANGS_ALLOWED: Final = 3
#: After so many deaths nothing is asked beyond what is owed.
DEATHS_ALLOWED: Final = 3
SANDBOX_TRIES: Final = 2


@dataclass(slots=True)
class Attempts:
    """One program's run over its cases; it counts what may be asked only so often.

    `calls` are those of student code.
    """

    worker: Worker
    hangs: int = 0
    confirmed_hang: bool = False
    deaths: int = 0  # that came twice, and so were the program's own
    dead_ends: set[str] = field(default_factory=set)
    calls: int = 0
    has_stumbled: bool = False  # when several requests were asked together

    def in_one_go(
        self, requests: Sequence[Request]
    ) -> tuple[tuple[Observation, ...], ...]:
        """Return the answers to the first requests, as many as went well together."""
        if not isinstance(self.worker, Hurried) or self.has_stumbled:
            return ()
        done = self.worker.run_several(requests)
        self.has_stumbled = len(done) < len(requests)
        for request in requests[: len(done)]:
            self._count(request)
        return done

    def run(self, request: Request, *, regime: str) -> tuple[Observation, ...]:
        """Answer a request of a case in this regime.

        Raise SandboxError if the sandbox broke twice.
        """
        if regime in self.dead_ends or self.is_over:
            return (Absent(),) * len(request.steps)
        observations = self._try(request)
        if _died(observations):
            observations = self._try(request)
            self.deaths += _died(observations)
        if _hung(observations):
            observations = self._repeat_hang(request, observations)
        if _hung(observations):
            self.dead_ends.add(regime)
        return observations

    @property
    def is_over(self) -> bool:
        """Has it hung so often that nothing more is asked?"""
        return self.hangs >= HANGS_ALLOWED

    @property
    def is_costly(self) -> bool:
        """Has it hung, or died so often that asking more is not worth its price?"""
        return self.hangs > 0 or self.deaths >= DEATHS_ALLOWED

    def _repeat_hang(
        self, request: Request, observations: tuple[Observation, ...]
    ) -> tuple[Observation, ...]:
        self.hangs += 1
        if self.confirmed_hang:
            return observations
        observations = self._try(request)
        if _hung(observations):
            self.hangs += 1
            self.confirmed_hang = True
            if isinstance(self.worker, Hurried):
                self.worker.make_up()
        else:
            self.hangs -= 1
        return observations

    def _try(self, request: Request) -> tuple[Observation, ...]:
        self._count(request)
        for _ in range(SANDBOX_TRIES - 1):
            try:
                return self.worker.run(request)
            except SandboxError:
                continue
        return self.worker.run(request)

    def _count(self, request: Request) -> None:
        self.calls += sum(isinstance(s, (Forward, Backward)) for s in request.steps)


def _died(observations: tuple[Observation, ...]) -> bool:
    return Died in map(type, observations)


def _hung(observations: tuple[Observation, ...]) -> bool:
    return TimedOut in map(type, observations)
