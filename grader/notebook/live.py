"""A sandbox without walls: the functions as they are in this kernel."""

from __future__ import annotations

import contextlib
import io
import random
import time
import warnings
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np

from grader import calls, wire
from grader.errors import SandboxError
from grader.isolation.channel import MOST_KEPT
from grader.isolation.requests import load_frame, run_frame
from grader.notebook.alarms import Alarm, LateError
from grader.notebook.students import Sources, is_students, shown
from grader.records import Tier
from grader.worker import asking, frames, poison, seeding
from grader.worker.calling import Calls
from grader.worker.packing import OBSERVED
from grader.worker.plain import AdapterFailed, Loaded, Missing, Raised
from grader.worker.program import Running

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import FrameType, TracebackType

    from grader.records import Limits, Program
    from grader.worker import plain


class Kernel(Running):
    """A program that has run already: its names are those of the notebook."""

    def __init__(self, program: plain.Program, names: Mapping[str, object]) -> None:
        super().__init__(program)
        self.sources = Sources()  # type: ignore[assignment]  # it is only looked into
        vars(self.student).update(names)

    def _run_units(self) -> None:
        """Run nothing: the student has, cell by cell."""


class Printed(io.StringIO):
    """Keeps the first 64 KiB of what is printed."""

    def write(self, text: str) -> int:
        """Take the text, and forget what is too much."""
        room = MOST_KEPT - self.tell()
        super().write(text[: max(room, 0)])
        return len(text)


class LiveWorker:
    """Calls the functions in this process; it cannot be killed, only stopped.

    What they print is kept apart, and chance, warnings and NumPy are for the rest of
    the notebook as they were.
    """

    def __init__(
        self, program: Program, limits: Limits, names: Mapping[str, object]
    ) -> None:
        bare = replace(program, units=(), modules=())
        body = bytearray(load_frame(bare, nonce=0)[wire.HEADER_SIZE :])
        self._running = Kernel(asking.read_program(body), names)
        self._limits = limits
        self._loading: calls.Loading | None = None
        self._printed = Printed()
        self._chance: tuple[Any, Any] | None = None
        self._seconds = 0.0

    def load(self) -> calls.Loading:
        """Look whether both functions are there; nothing is run again."""
        match self._running.load():
            case Loaded():
                self._loading = calls.Loaded()
            case Missing(names):
                self._loading = calls.Missing(names=names)
            case AdapterFailed(text):
                raise SandboxError(text)
            case Raised() as seen:
                raise SandboxError(f"looking for the functions raises {seen.text!r}")
        return self._loading

    def run(self, request: calls.Request) -> tuple[calls.Observation, ...]:
        """Answer every step; KeyboardInterrupt if the user has had enough."""
        if self._loading is None:
            self.load()
        body = bytearray(run_frame(request, nonce=0)[wire.HEADER_SIZE :])
        largest, arrays, steps = asking.read_request(body)
        asked = Calls(self._running, arrays, largest=largest)
        seen: list[calls.Observation] = []
        with self._apart():
            for step in steps:
                told = self._answer(asked, step)
                if isinstance(told, calls.TimedOut):
                    seen.append(told)
                    break
                seen.append(_taken(told, largest, wire.largest_reply(request)))
        return (*seen, *(calls.Absent() for _ in steps[len(seen) :]))

    def _answer(
        self, asked: Calls, step: plain.Step
    ) -> plain.Observation | calls.TimedOut:
        if self._seconds >= self._limits.submission_seconds:
            return calls.TimedOut(seconds=self._limits.submission_seconds)
        alarm = Alarm(self._limits.call_seconds)
        started, told = time.process_time(), None
        with contextlib.suppress(LateError), alarm.set():
            told = asked.answer(step)
        self._seconds += time.process_time() - started
        if alarm.was_interrupted:
            raise KeyboardInterrupt
        if told is None or alarm.where is not None:
            return calls.TimedOut(
                seconds=self._limits.call_seconds, frame=_frame(alarm.where)
            )
        return told

    @contextlib.contextmanager
    def _apart(self) -> Iterator[None]:
        """Give student code the world that a worker has, and put ours back."""
        outside = random.getstate(), np.random.get_state()  # noqa: NPY002
        with contextlib.ExitStack() as stack:
            stack.callback(random.setstate, outside[0])
            stack.callback(np.random.set_state, outside[1])
            stack.enter_context(contextlib.redirect_stdout(self._printed))
            stack.enter_context(contextlib.redirect_stderr(self._printed))
            stack.enter_context(warnings.catch_warnings())
            stack.enter_context(np.errstate(all="warn"))
            warnings.simplefilter("ignore")
            stack.callback(poison.remove)
            poison.install()
            self._set_chance()
            yield
            self._chance = random.getstate(), np.random.get_state()  # noqa: NPY002

    def _set_chance(self) -> None:
        if self._chance is None:
            seeding.reseed()
        else:
            random.setstate(self._chance[0])
            np.random.set_state(self._chance[1])  # noqa: NPY002

    def output(self) -> str:
        """Return what was printed."""
        return self._printed.getvalue()

    def seconds(self) -> float:
        """CPU time so far."""
        return self._seconds

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the functions where they are."""


class LiveSandbox:
    """Runs every program as these names of the notebook; its tier is weak."""

    tier: Final = Tier.WEAK

    def __init__(self, names: Mapping[str, object]) -> None:
        self._names = names

    def open(self, program: Program, limits: Limits) -> LiveWorker:
        """Return a worker for the program's functions, whatever its source says."""
        return LiveWorker(program, limits, self._names)

    def close(self) -> None:
        """Nothing was started."""


def _taken(told: plain.Observation, largest: int, limit: int) -> calls.Observation:
    """Take an answer over the wire's format, as from any other worker."""
    reply = frames.observed(told, largest).frame(OBSERVED, 0)
    first = reply[: wire.HEADER_SIZE]
    head = wire.read_head(first, kind=OBSERVED, nonce=0, largest=limit)
    if isinstance(head, wire.Violation):
        return calls.Died(cause="protocol", detail=head.detail)
    seen = wire.read_observation(bytearray(reply[wire.HEADER_SIZE :]), head)
    if isinstance(seen, wire.Violation):
        return calls.Died(cause="protocol", detail=seen.detail)
    return _named(seen) if isinstance(seen, calls.Raised) else seen


def _named(seen: calls.Raised) -> calls.Raised:
    """Call the places by the names that a student knows."""
    return replace(
        seen, frames=tuple(replace(f, unit=shown(f.unit)) for f in seen.frames)
    )


def _frame(frame: FrameType | None) -> calls.Frame | None:
    """Return the innermost place in the student's own code."""
    while frame is not None and not is_students(frame.f_code.co_filename):
        frame = frame.f_back
    if frame is None:
        return None
    file, line = frame.f_code.co_filename, frame.f_lineno
    lines = Sources()[file]
    text = lines[line - 1].strip() if 0 < line <= len(lines) else ""
    name = frame.f_code.co_name
    return calls.Frame(unit=shown(file), line=line, function=name, text=text)
