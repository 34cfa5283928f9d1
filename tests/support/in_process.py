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
from typing import TYPE_CHECKING, Any, Self, assert_never

import numpy as np

from grader import calls
from grader.errors import SandboxError
from grader.records import Limits, Program, Tier, Unit
from grader.worker import plain, poison, seeding
from grader.worker.calling import Calls
from grader.worker.program import Running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

MOST_OUTPUT = 1 << 16


def _source(unit: Unit) -> plain.Source:
    return plain.Source(unit.name, unit.source)


def _program(program: Program) -> plain.Program:
    how = program.convention
    return plain.Program(
        units=tuple(_source(unit) for unit in program.units),
        modules=tuple(
            plain.OwnModule(m.dotted_name, _source(m.unit), m.is_package)
            for m in program.modules
        ),
        adapter=_source(program.adapter) if program.adapter else None,
        allowed_imports=program.allowed_imports,
        package=program.package,
        forward=how.forward,
        backward=how.backward,
        arguments=how.arguments,
        arrays=how.arrays,
        keywords=dict(how.keywords),
        option_names=dict(how.option_names),
    )


def _step(step: calls.Step) -> plain.Step:
    match step:
        case calls.Forward(arrays=arrays, options=options, slot=slot):
            given = None if options is None else dict(options)
            return plain.Forward(arrays, given, slot)
        case calls.Again(slot=slot):
            return plain.Again(slot)
        case calls.Backward(dout=dout, slot=slot):
            return plain.Backward(dout, slot)
        case calls.Inputs():
            return plain.Inputs()
    assert_never(step)


def _value(value: plain.Value) -> calls.Value:
    return calls.Value(
        type_name=value.type_name,
        dtype=value.dtype,
        shape=value.shape,
        array=value.data,
    )


def _raised(seen: plain.Raised) -> calls.Raised:
    frames = tuple(calls.Frame(**frame._asdict()) for frame in seen.frames)
    return calls.Raised(type_name=seen.type_name, text=seen.text, frames=frames)


def _observation(seen: plain.Observation) -> calls.Observation:
    match seen:
        case plain.Returned(container, length, values):
            parts = tuple(_value(value) for value in values)
            return calls.Returned(container=container, count=length, values=parts)
        case plain.Inspected(arrays, options):
            return calls.Inspected(
                arrays=tuple(_value(array) for array in arrays), options=options
            )
        case plain.Raised():
            return _raised(seen)
        case plain.Absent():
            return calls.Absent()
    assert_never(seen)


def _loading(seen: plain.Loading) -> calls.Loading:
    match seen:
        case plain.Loaded():
            return calls.Loaded()
        case plain.Missing(names):
            return calls.Missing(names=names)
        case plain.Raised():
            return _raised(seen)
        case plain.AdapterFailed(text):
            raise SandboxError(text)
    assert_never(seen)


class InProcessWorker:
    """One program, run here; the world outside its calls is left as it was."""

    def __init__(self, program: Program) -> None:
        self._program = _program(program)
        self._running: Running | None = None
        self._loading: calls.Loading = calls.Loaded()
        self._printed = io.StringIO()
        self._chance: tuple[Any, Any] | None = None
        self._seconds = 0.0

    @contextlib.contextmanager
    def _inside(self) -> Iterator[Running]:
        running = self._running = self._running or Running(self._program)
        outside = random.getstate(), np.random.get_state()  # noqa: NPY002
        started = time.process_time()
        with contextlib.ExitStack() as stack:
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
            self._chance = random.getstate(), np.random.get_state()  # noqa: NPY002
        self._seconds += time.process_time() - started
        random.setstate(outside[0])
        np.random.set_state(outside[1])  # noqa: NPY002

    def _set_chance(self) -> None:
        if self._chance is None:
            seeding.reseed()
        else:
            random.setstate(self._chance[0])
            np.random.set_state(self._chance[1])  # noqa: NPY002

    def load(self) -> calls.Loading:
        self._running, self._chance = None, None
        with self._inside() as running:
            self._loading = _loading(running.load())
        return self._loading

    def run(self, request: calls.Request) -> tuple[calls.Observation, ...]:
        if self._running is None:
            self.load()
        match self._loading:
            case calls.Loaded():
                pass
            case calls.Missing(names=names):
                self._running = None
                raised = calls.Raised(type_name="NameError", text=", ".join(names))
                return self._only(raised, request)
            case ending:
                self._running = None
                return self._only(ending, request)
        with self._inside() as running:
            each = Calls(running, request.arrays)
            return tuple(_observation(each.answer(_step(s))) for s in request.steps)

    @staticmethod
    def _only(
        first: calls.Observation, request: calls.Request
    ) -> tuple[calls.Observation, ...]:
        return (first, *(calls.Absent() for _ in request.steps[1:]))

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
