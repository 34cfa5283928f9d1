"""A sandbox without walls: the worker's core, driven in this process.

For the engine's tests and for running hundreds of mutants quickly. What it observes
is what any other sandbox observes; only hangs and crashes are not survived.
"""

from __future__ import annotations

import contextlib
import io
import random
import time
import warnings
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.random import mtrand

from grader import calls, wire
from grader.errors import SandboxError
from grader.isolation.requests import load_frame, run_frame
from grader.records import Limits, Program, Tier
from grader.worker import asking, frames, poison, seeding
from grader.worker.calling import Calls
from grader.worker.packing import LOADING, OBSERVED, Packer
from grader.worker.program import Running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

MOST_OUTPUT = 1 << 16


def _body(frame: bytes) -> bytearray:
    return bytearray(frame[wire.HEADER_SIZE :])


def _head(frame: bytes, kind: int, *, largest: int) -> wire.Head:
    """Take the reply over the wire's format, as from any other worker."""
    first = frame[: wire.HEADER_SIZE]
    head = wire.read_head(first, kind=kind, nonce=0, largest=largest)
    assert isinstance(head, wire.Head), head
    return head


class InProcessWorker:
    """One program, run here; the world outside its calls is left as it was."""

    def __init__(self, program: Program) -> None:
        self._program = asking.read_program(_body(load_frame(program, nonce=0)))
        self._running: Running | None = None
        self._loading: calls.Loading = calls.Loaded()
        self._printed = io.StringIO()
        self._numpys = np.random.MT19937()
        self._pythons: tuple[Any, ...] | None = None
        self._seconds = 0.0

    @contextlib.contextmanager
    def _inside(self) -> Iterator[Running]:
        running = self._running = self._running or Running(self._program)
        started = time.process_time()
        with contextlib.ExitStack() as stack:
            stack.callback(random.setstate, random.getstate())
            # To copy its state takes as long as many a call of a program.
            stack.callback(mtrand.set_bit_generator, mtrand.get_bit_generator())
            mtrand.set_bit_generator(self._numpys)
            stack.enter_context(contextlib.redirect_stdout(self._printed))
            stack.enter_context(contextlib.redirect_stderr(self._printed))
            stack.enter_context(warnings.catch_warnings())
            stack.enter_context(np.errstate())
            warnings.simplefilter("ignore")
            poison.install()
            running.own.install()
            stack.callback(poison.remove)
            stack.callback(running.own.remove)
            self._set_chance()
            yield running
            self._pythons = random.getstate()
        self._seconds += time.process_time() - started

    def _set_chance(self) -> None:
        if self._pythons is None:
            seeding.reseed()
        else:
            random.setstate(self._pythons)

    def load(self) -> calls.Loading:
        self._running, self._pythons = None, None
        with self._inside() as running:
            reply = frames.loading(running.load()).frame(LOADING, 0)
        head = _head(reply, LOADING, largest=wire.TEXT_ROOM)
        ending = wire.read_loading(_body(reply), head)
        assert not isinstance(ending, wire.Violation), ending
        if isinstance(ending, wire.AdapterFailed):
            raise SandboxError(ending.text)
        self._loading = ending
        return ending

    def run(self, request: calls.Request) -> tuple[calls.Observation, ...]:
        if self._running is None:
            self.load()
        match self._loading:
            case calls.Loaded() | calls.Missing():
                return self._answers(request)
            case ending:
                first = ending
        self._running = None
        return (first, *(calls.Absent() for _ in request.steps[1:]))

    def _answers(self, request: calls.Request) -> tuple[calls.Observation, ...]:
        body = _body(run_frame(request, nonce=0))
        largest, arrays, steps = asking.read_request(body)
        with self._inside() as running:
            asked = Calls(running, arrays, largest=largest)
            told = [frames.observed(asked.answer(step), largest) for step in steps]
        pairs = zip(told, request.steps, strict=True)
        return tuple(self._seen(each, step, request) for each, step in pairs)

    @staticmethod
    def _seen(
        told: Packer, step: calls.Step, request: calls.Request
    ) -> calls.Observation:
        reply, limit = told.frame(OBSERVED, 0), wire.largest_reply(request)
        head = _head(reply, OBSERVED, largest=limit)
        seen = wire.read_answer(_body(reply), head, step=step, request=request)
        assert not isinstance(seen, wire.Violation), seen
        return seen

    def output(self) -> str:
        return self._printed.getvalue()[:MOST_OUTPUT]

    def seconds(self) -> float:
        return self._seconds

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._running = None


class InProcessSandbox:
    """Implements `grader.isolation.sandbox.Sandbox`; its tier is weak."""

    tier = Tier.WEAK

    def open(self, program: Program, limits: Limits) -> InProcessWorker:
        del limits
        return InProcessWorker(program)

    def close(self) -> None:
        """Nothing to end."""
