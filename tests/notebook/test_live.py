from __future__ import annotations

import contextlib
import random
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, Self

import numpy as np
import pytest
from judging import corpus_of
from programs import RIGHT, program

from grader import calls
from grader.calls import (
    Absent,
    Array,
    Died,
    Loaded,
    Missing,
    Raised,
    Returned,
    TimedOut,
)
from grader.corpus import Entry
from grader.engine import protocol
from grader.isolation.sandbox import Sandbox
from grader.notebook.alarms import Alarm, Interrupts, held_back
from grader.notebook.hazards import WatchedSandbox
from grader.notebook.live import LiveSandbox
from grader.records import Limits

ENTRY = corpus_of().entries[0]
BRIEF = Limits(call_seconds=0.1)
needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="needs setitimer")


def doubled(x: Array, w: Array, b: Array, conv_param: object) -> object:
    return 2 * x, (w, b, conv_param)


def asked(
    forward: Callable[..., Any], *, limits: Limits = BRIEF, entry: Entry = ENTRY
) -> tuple[calls.Observation, ...]:
    sandbox = LiveSandbox({"conv_forward_naive": forward})
    with sandbox.open(program(RIGHT), limits) as worker:
        return worker.run(protocol.ask(entry))


def test_a_live_function_is_called_and_its_source_is_not() -> None:
    first = asked(doubled)[0]
    assert isinstance(first, Returned)
    array = first.values[0].array
    assert array is not None
    np.testing.assert_array_equal(array, 2 * ENTRY.first.arrays["x"])


def test_loading_says_what_is_missing() -> None:
    names: dict[str, object] = {"conv_forward_naive": doubled}
    assert LiveSandbox(names).open(program(RIGHT), BRIEF).load() == Missing(
        names=("conv_backward_naive",)
    )
    names["conv_backward_naive"] = doubled
    assert LiveSandbox(names).open(program(RIGHT), BRIEF).load() == Loaded()


def test_what_raises_is_told_with_its_line() -> None:
    def broken(*_: object) -> object:
        raise ValueError("no such window")

    first = asked(broken)[0]
    assert isinstance(first, Raised)
    assert first.text == "no such window"
    assert first.frames[-1].unit == "test_live.py"
    assert "no such window" in first.frames[-1].text


@needs_signals
def test_an_endless_loop_ends_at_its_deadline() -> None:
    def endless(*_: object) -> object:
        while True:
            pass

    first, *rest = asked(endless)
    assert isinstance(first, TimedOut)
    assert first.frame is not None
    assert first.frame.function == "endless"
    assert {type(each) for each in rest} == {Absent}


@needs_signals
def test_a_sleeper_ends_at_five_times_that() -> None:
    first = asked(lambda *_: time.sleep(60), limits=Limits(call_seconds=0.05))[0]
    assert isinstance(first, TimedOut)


@needs_signals
def test_whoever_swallows_the_deadline_is_late_all_the_same() -> None:
    def stubborn(*_: object) -> object:
        try:
            while True:
                pass
        except:  # noqa: E722 (as students write it)
            return 1, 2

    assert isinstance(asked(stubborn)[0], TimedOut)


def test_a_submission_has_only_so_many_seconds() -> None:
    first = asked(doubled, limits=Limits(submission_seconds=0.0))[0]
    assert first == TimedOut(seconds=0.0)


@needs_signals
def test_an_interrupt_is_no_answer_of_the_students() -> None:
    def interrupted(*_: object) -> object:
        signal.raise_signal(signal.SIGINT)
        return 1, 2

    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        asked(interrupted)
    assert signal.getsignal(signal.SIGINT) is before


def test_an_interrupt_that_a_student_raises_is_an_answer() -> None:
    def ending(*_: object) -> object:
        raise KeyboardInterrupt

    assert isinstance(asked(ending)[0], Raised)


def test_the_rest_of_the_notebook_stays_as_it_was(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def noisy(x: Array, *_: object) -> object:
        print("a" * 10**6)  # noqa: T201 (students do)
        np.random.seed(1)  # noqa: NPY002 (the same)
        random.shuffle([1, 2, 3])
        return np.empty(3), x

    random.seed(7)
    np.random.seed(7)  # noqa: NPY002 (the state that a notebook has)
    states = random.getstate(), np.random.get_state()[1].tolist()  # type: ignore[index]  # noqa: NPY002
    empty = np.empty
    asked(noisy, limits=Limits(call_seconds=5))
    now = random.getstate(), np.random.get_state()[1].tolist()  # type: ignore[index]  # noqa: NPY002
    assert states == now
    assert np.empty is empty
    assert capsys.readouterr().out == ""


def test_in_another_thread_there_is_no_deadline_and_no_fault() -> None:
    found: list[calls.Observation] = []
    thread = threading.Thread(target=lambda: found.extend(asked(doubled)))
    thread.start()
    thread.join()
    assert isinstance(found[0], Returned)


@needs_signals
def test_an_alarm_puts_back_what_was_there() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with Alarm(1.0).set():
        assert signal.getsignal(signal.SIGALRM) != before
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


@needs_signals
def test_an_interrupt_waits_until_processes_are_noted() -> None:
    noted = []

    def start() -> None:
        with held_back():
            signal.raise_signal(signal.SIGINT)
            noted.append("process")

    with pytest.raises(KeyboardInterrupt):
        start()
    assert noted == ["process"]


@needs_signals
def test_an_interrupt_that_somebody_swallows_comes_back() -> None:
    interrupts = Interrupts()

    def swallowing() -> None:
        with interrupts.noted():
            with contextlib.suppress(KeyboardInterrupt):  # as C code does
                signal.raise_signal(signal.SIGINT)
            inner = WatchedSandbox(Answers(Absent()), interrupts)
            with pytest.raises(KeyboardInterrupt):
                inner.open(program(RIGHT), BRIEF).run(protocol.ask(ENTRY))

    with pytest.raises(KeyboardInterrupt):
        swallowing()


class Answers:
    """A sandbox and a worker that answer as they are told."""

    tier = LiveSandbox.tier

    def __init__(self, seen: calls.Observation) -> None:
        self.seen = seen
        self.is_closed = False

    def open(self, *_: object) -> Self:
        return self

    def load(self) -> calls.Loading:
        return Loaded()

    def run(self, _: calls.Request) -> tuple[calls.Observation, ...]:
        return (self.seen,)

    def output(self) -> str:
        return "printed"

    def seconds(self) -> float:
        return 0.5

    def close(self) -> None:
        self.is_closed = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass


@pytest.mark.parametrize(
    "seen", [Absent(), TimedOut(seconds=1.0), Died(cause="exit", detail="1")]
)
def test_what_hangs_or_dies_is_noticed(seen: calls.Observation) -> None:
    inner = Answers(seen)
    sandbox: Sandbox = WatchedSandbox(inner, Interrupts())
    with sandbox.open(program(RIGHT), BRIEF) as worker:
        assert worker.load() == Loaded()
        assert worker.run(protocol.ask(ENTRY)) == (seen,)
        assert (worker.output(), worker.seconds()) == ("printed", 0.5)
    sandbox.close()
    assert inner.is_closed
    assert isinstance(sandbox, WatchedSandbox)
    assert sandbox.is_hazardous is not isinstance(seen, Absent)
