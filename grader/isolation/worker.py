"""One submission's worker: it loads, runs, is killed, and is started afresh."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Self, TypeAlias

from grader.calls import Absent, Died, Loaded, Missing, Raised, TimedOut
from grader.errors import SandboxError
from grader.isolation import talk
from grader.isolation.channel import MOST_KEPT, GoneError, LateError
from grader.isolation.deadline import WALL_FACTOR, Deadline, Patience
from grader.isolation.process import Killed, Lost, told
from grader.isolation.requests import groups
from grader.isolation.talk import ViolationError
from grader.isolation.traces import innermost, located
from grader.wire import AdapterFailed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType

    from grader.calls import Frame, Loading, Observation, Request
    from grader.isolation.process import Process, Start
    from grader.records import Limits, Program

LOAD_FACTOR: Final = 5.0  # importing and defining may take this many calls' time
WHERE_SECONDS: Final = 0.2  # a worker has this long to say where it hangs
ENDING_SECONDS: Final = 0.4  # of CPU: a worker that hung up has these to be gone
SHORT_ENDING: Final = 0.02  # and these where one of the same program took longer
MOST_STARTS: Final = 3  # when the sandbox, not the student, ends them
QUICKNESS: Final = 0.1  # of a call's time; who is slower is asked one by one

Stopped: TypeAlias = TimedOut | Died


class LostError(Exception):
    """The sandbox took the worker along when it ended: nobody's answer counts."""


class ProcessWorker:
    """A `Worker` over whatever starts processes."""

    def __init__(self, program: Program, limits: Limits, *, start: Start) -> None:
        self._program = program
        self._limits = limits
        self._start = start
        self._process: Process | None = None
        self._printed = bytearray()
        self._spent = 0.0  # seconds of CPU
        self._waited = 0.0  # seconds by the clock
        self._grace = ENDING_SECONDS
        self._call_seconds = limits.call_seconds
        self._lost = 0.0  # seconds of CPU in one go, of which nothing was concluded

    def load(self) -> Loading:
        """Run the program's source in a fresh process, ending the one before."""
        for _ in range(MOST_STARTS):
            try:
                return self._load()
            except LostError:
                continue
        raise SandboxError(f"the sandbox ended {MOST_STARTS} times under one program")

    def run(self, request: Request) -> tuple[Observation, ...]:
        """Answer every step; after one that did not end well the rest are absent."""
        for _ in range(MOST_STARTS):
            try:
                seen = self._run(request)
            except LostError:
                continue
            return seen + (Absent(),) * (len(request.steps) - len(seen))
        raise SandboxError(f"the sandbox ended {MOST_STARTS} times under one request")

    def run_several(
        self, requests: Sequence[Request]
    ) -> tuple[tuple[Observation, ...], ...]:
        """Answer the first of these requests; some are sent at a time.

        Ends at whatever is not an answer, or not a quick one: that has to be asked
        again, by itself and with all the time that it may have.
        """
        done: list[tuple[Observation, ...]] = []
        for group in groups(requests):
            if self._process is None or self._left() <= 0:
                break
            try:
                with self._waiting():
                    done.extend(self._quick_answers(self._process, group))
            except (LateError, GoneError, ViolationError) as error:
                self._lost = self._quick_seconds if isinstance(error, LateError) else 0
                self._end()
        return tuple(done)

    def make_up(self) -> None:
        """Take the time that was lost in one go from all calls to come."""
        self._call_seconds = self._limits.call_seconds - self._lost

    @property
    def _quick_seconds(self) -> float:
        return QUICKNESS * self._limits.call_seconds

    def _quick_answers(
        self, process: Process, group: Sequence[Request]
    ) -> Iterator[tuple[Observation, ...]]:
        seconds = self._quick_seconds
        answers = talk.several(
            process.channel, group, limit=lambda: self._limit(process, seconds=seconds)
        )
        return (tuple(map(self._located, seen)) for seen in answers)

    def output(self) -> str:
        """Return what was printed so far, as it came: escape it wherever shown."""
        printed = bytes(self._printed)
        if self._process is not None:
            self._process.channel.drain()
            printed += self._process.channel.output.kept
        return printed[:MOST_KEPT].decode("utf-8", "backslashreplace")

    def seconds(self) -> float:
        """CPU time of all processes so far, without their own start."""
        return self._spent + (self._process.cpu() if self._process else 0.0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def _load(self) -> Loading:
        self._end()
        if self._left() <= 0:
            return TimedOut(seconds=self._limits.submission_seconds)
        process = self._process = self._start(self._limits)
        limit = self._limit(process, seconds=LOAD_FACTOR * self._limits.call_seconds)
        try:
            with self._waiting():
                ending = talk.load(process.channel, self._program, limit=limit)
        except (LateError, GoneError, ViolationError) as error:
            return self._stopped(process, error, seconds=limit.seconds)
        if isinstance(ending, AdapterFailed):
            self._end()
            return self._adapter_failed(ending)
        if not isinstance(ending, (Loaded, Missing)):
            self._end()
        return located(ending, self._program) if isinstance(ending, Raised) else ending

    def _adapter_failed(self, told: AdapterFailed) -> Died:
        """Raise SandboxError if the adapter fails by itself, too.

        Else the submission has made it fail, or only says so to stay unjudged.
        """
        alone = replace(self._program, units=(), modules=())
        if alone == self._program:
            raise SandboxError(told.text)
        if alone.adapter is not None:
            with ProcessWorker(alone, self._limits, start=self._start) as worker:
                worker.load()
        return Died(cause="protocol", detail="the adapter fails with this program only")

    def _run(self, request: Request) -> tuple[Observation, ...]:
        if self._process is None:
            match self._load():
                case Loaded() | Missing():  # calling what is missing is a NameError
                    pass
                case ending:
                    return (ending,)
        process = self._process
        seen: list[Observation] = []
        if process is None:
            raise SandboxError("a worker was loaded and is not there")
        if self._left() <= 0:
            self._end()
            return (TimedOut(seconds=self._limits.submission_seconds),)
        try:
            with self._waiting():
                answers = talk.answers(
                    process.channel, request, limit=lambda: self._limit(process)
                )
                seen.extend(map(self._located, answers))
        except (LateError, GoneError, ViolationError) as error:
            seen.append(self._stopped(process, error, seconds=self._allowed()))
        return tuple(seen)

    def _located(self, seen: Observation) -> Observation:
        return located(seen, self._program) if isinstance(seen, Raised) else seen

    def _left(self) -> float:
        """CPU seconds that the submission still has; who sleeps uses them up too."""
        return self._still(self.seconds())

    def _still(self, used: float) -> float:
        return self._limits.submission_seconds - max(used, self._waited / WALL_FACTOR)

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        started = time.monotonic()
        try:
            yield
        finally:
            self._waited += time.monotonic() - started

    def _limit(self, process: Process, *, seconds: float | None = None) -> Deadline:
        wanted = self._call_seconds if seconds is None else seconds
        used = process.cpu()
        left = self._still(self._spent + used)
        return Deadline(max(min(wanted, left), 0.0), cpu=process.cpu, used=used)

    def _allowed(self) -> float:
        """Seconds to name for a call that took too long."""
        if self._left() <= 0:
            return self._limits.submission_seconds
        return self._limits.call_seconds

    def _stopped(
        self, process: Process, error: Exception, *, seconds: float
    ) -> Stopped:
        """Kill the process and put into an observation how it came to that."""
        late = isinstance(error, LateError)
        if late:
            process.ask_where()
            process.channel.traced(Patience(WHERE_SECONDS))
        # Whoever hangs up is about to end; how it ends is what is to be told.
        gone = isinstance(error, GoneError)
        # What it does until then is our waiting and not its answering.
        used = process.cpu()
        ending = process.kill(grace=self._grace if gone else 0.0)
        if gone and isinstance(ending, Killed):
            self._grace = SHORT_ENDING
        frame = self._where(process)
        self._end(used=used)
        if late:
            return TimedOut(seconds=seconds, frame=frame)
        if isinstance(error, ViolationError):
            return Died(cause="protocol", detail=str(error), frame=frame)
        if isinstance(ending, Lost):
            raise LostError
        return replace(told(ending), frame=frame)

    def _where(self, process: Process) -> Frame | None:
        trace = process.channel.traced(Patience(0.0))
        return innermost(trace, self._program)

    def _end(self, *, used: float | None = None) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.channel.drain()
        self._spent += process.cpu() if used is None else used
        self._printed += process.channel.output.kept
        del self._printed[MOST_KEPT:]
        process.channel.close()
