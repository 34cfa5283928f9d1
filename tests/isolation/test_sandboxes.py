"""What every sandbox promises, whatever its walls."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
from in_process import InProcessSandbox
from worker_programs import (
    BACKWARD,
    DOUBLING,
    FORWARD,
    WHOLE,
    forward_returns,
    program,
    request,
)

from grader.calls import (
    Absent,
    Died,
    Inspected,
    Loaded,
    Loading,
    Missing,
    Observation,
    Raised,
    Request,
    Returned,
    TimedOut,
)
from grader.engine.results import same_numbers
from grader.errors import SandboxError
from grader.isolation.deadline import WALL_FACTOR
from grader.isolation.layers import Layers
from grader.isolation.linux_sandbox import LinuxSandbox
from grader.isolation.sandbox import Hurried, Sandbox
from grader.isolation.subprocess_sandbox import SubprocessSandbox
from grader.records import Limits, Program, Unit

LIMITS = Limits(call_seconds=2, submission_seconds=20, memory_mb=256)
# Short, for what hangs; by the clock five times that must do for the rest of it.
BRIEF = Limits(call_seconds=0.2, submission_seconds=20, memory_mb=256)
#: Every one that this machine can build is held to all that follows.
SANDBOXES: dict[str, Callable[[], Sandbox]] = {"subprocess": SubprocessSandbox}
if sys.platform == "linux":
    SANDBOXES["strong"] = LinuxSandbox
    SANDBOXES["medium"] = lambda: LinuxSandbox(Layers(namespaces=False))


@pytest.fixture(scope="module", params=SANDBOXES)
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    opened = SANDBOXES[request.param]()
    yield opened
    opened.close()


def ran(
    sandbox: Sandbox, given: Program, *steps: object, limits: Limits = LIMITS
) -> tuple[Observation, ...]:
    with sandbox.open(given, limits) as worker:
        return worker.run(request(*steps))


def in_forward(body: str, *imports: str) -> Program:
    lines = [*(f"import {name}" for name in ("os", "sys", *imports))]
    lines += ["def forward(x, options):", *(f"    {line}" for line in body.split("\n"))]
    return program("\n".join([*lines, "def backward(dout, cache): return cache"]))


def loaded(sandbox: Sandbox, given: Program) -> Loading:
    with sandbox.open(given, LIMITS) as worker:
        return worker.load()


@pytest.mark.parametrize("source", [DOUBLING, "def forward(x, options): return 1 / 0"])
def test_all_sandboxes_observe_the_same(sandbox: Sandbox, source: str) -> None:
    given = program(f"{source}\n    def backward(dout, cache): return dout, 1")
    seen = ran(sandbox, given, *WHOLE)
    with InProcessSandbox().open(given, LIMITS) as worker:
        assert str(seen) == str(worker.run(request(*WHOLE)))


def test_loading_has_the_endings_it_has_anywhere(sandbox: Sandbox) -> None:
    assert loaded(sandbox, program(DOUBLING)) == Loaded()
    assert loaded(sandbox, program("")) == Missing(names=("forward", "backward"))
    assert isinstance(loaded(sandbox, program("def f(:")), Raised)
    died = loaded(sandbox, program("import os\nos._exit(0)"))
    assert died == Died(cause="exit", detail="exit status 0")


def test_one_missing_function_leaves_the_other_one_to_be_asked(
    sandbox: Sandbox,
) -> None:
    half = DOUBLING.replace("def backward", "def unused")
    forward, backward, inputs = ran(sandbox, program(half), *WHOLE)
    assert isinstance(forward, Returned)
    assert isinstance(backward, Raised)
    assert isinstance(inputs, Inspected)


def test_what_ended_the_loading_answers_the_first_step(sandbox: Sandbox) -> None:
    seen = ran(sandbox, program("import os\nos._exit(3)"), *WHOLE)
    assert seen == (Died(cause="exit", detail="exit status 3"), Absent(), Absent())


def test_an_adapter_that_does_not_run_is_the_sandboxes_trouble(
    sandbox: Sandbox,
) -> None:
    adapter = Unit(name="adapter.py", source="1 / 0")
    with pytest.raises(SandboxError, match="ZeroDivisionError"):
        loaded(sandbox, program(DOUBLING, adapter=adapter))


def several(given: Program, sandbox: Sandbox, count: int) -> int:
    with sandbox.open(given, LIMITS) as worker:
        assert isinstance(worker, Hurried)
        worker.load()
        return len(worker.run_several([request(*WHOLE)] * count))


def test_several_requests_are_answered_as_one_by_one(sandbox: Sandbox) -> None:
    requests = [request(FORWARD), request(*WHOLE), request(FORWARD, BACKWARD)]
    with sandbox.open(program(DOUBLING), LIMITS) as worker:
        assert isinstance(worker, Hurried)
        assert worker.run_several(requests) == ()  # nothing is loaded yet
        worker.load()
        for _ in range(2):  # what is known by then included
            seen = worker.run_several(requests)
            assert str(seen) == str(tuple(map(worker.run, requests)))


@pytest.mark.parametrize(
    "ending", ["os._exit(0)", "os.abort()", "os.closerange(0, 99)", "while True: 1"]
)
def test_what_ends_the_third_of_several_leaves_those_before_at_most(
    sandbox: Sandbox, ending: str
) -> None:
    counted = f"CALLS.append(1)\nif len(CALLS) == 3:\n    {ending}\nreturn x, options"
    source = in_forward(counted).units[0].source
    started = time.monotonic()
    assert several(program(f"CALLS = []\n{source}"), sandbox, 5) <= 2
    assert time.monotonic() - started < WALL_FACTOR * LIMITS.call_seconds


def spent_on_a_hang(*, make_up: bool) -> float:
    """Return the CPU of a call that hangs, after it did so in one go."""
    limits = Limits(call_seconds=0.5, submission_seconds=20, memory_mb=256)
    with SubprocessSandbox().open(in_forward("while True: 1"), limits) as worker:
        worker.load()
        worker.run_several([request(FORWARD)])
        if make_up:
            worker.make_up()
        worker.run(request(FORWARD))
        return worker.seconds()


def test_what_was_lost_in_one_go_is_made_up_for() -> None:
    lost = spent_on_a_hang(make_up=False) - spent_on_a_hang(make_up=True)
    assert 0.02 < lost < 0.2


def test_many_large_requests_are_no_standstill(sandbox: Sandbox) -> None:
    asked = Request(arrays=(np.ones((100, 1000)),), steps=WHOLE)
    small = Request(arrays=(np.ones((7, 1000)),), steps=WHOLE)
    with sandbox.open(program(DOUBLING), LIMITS) as worker:
        assert isinstance(worker, Hurried)
        worker.load()
        assert len(worker.run_several([asked, *[small] * 40, asked])) == 42


GARBAGE = """for fd in range(3, 60):
    try:
        os.write(fd, b'PASS' * 99)
    except OSError:
        pass"""
ENDS = [
    ("os._exit(0)", "exit", "exit status 0"),
    ("os._exit(77)", "memory", "no memory"),
    ("os.closerange(0, 100)", "exit", "exit status"),
    (GARBAGE, "protocol", "a frame that starts with b'PASS'"),
]


@pytest.mark.parametrize(("body", "cause", "detail"), ENDS)
def test_a_death_costs_its_step_and_the_next_run_starts_afresh(
    sandbox: Sandbox, body: str, cause: str, detail: str
) -> None:
    with sandbox.open(in_forward(f"{body}\nreturn x, 0"), LIMITS) as worker:
        died, absent = worker.run(request(FORWARD, BACKWARD))
        assert isinstance(died, Died)
        assert died.cause == cause
        assert detail in died.detail
        assert absent == Absent()
        assert isinstance(worker.run(request(BACKWARD))[0], Absent)


def test_a_crash_is_named_with_its_line(sandbox: Sandbox) -> None:
    (died,) = ran(sandbox, in_forward("ctypes.string_at(0)", "ctypes"))
    assert isinstance(died, Died)
    assert (died.cause, died.detail) == ("signal", "SIGSEGV")
    assert died.frame is not None
    assert died.frame.text == "ctypes.string_at(0)"


DEAF = """for number in range(1, 32):
    try:
        signal.signal(number, signal.SIG_IGN)
    except OSError:
        pass
while True:
    pass"""
HANGS = [
    "while True: pass",
    DEAF,
    *(
        pytest.param(body, marks=pytest.mark.thorough)
        for body in (
            "7 ** 10 ** 8",
            "time.sleep(1000)",
            "try: os.kill(os.getpid(), 19)\nexcept OSError: pass\nwhile True: pass",
        )
    ),
]


@pytest.mark.parametrize("body", HANGS)
def test_a_hang_costs_its_step(sandbox: Sandbox, body: str) -> None:
    given = in_forward(body, "time", "signal")
    late, absent = ran(sandbox, given, FORWARD, BACKWARD, limits=BRIEF)
    assert isinstance(late, TimedOut)
    assert late.seconds == BRIEF.call_seconds
    assert absent == Absent()


def test_a_hang_is_told_with_its_line(sandbox: Sandbox) -> None:
    (late,) = ran(sandbox, in_forward("while True: os"), limits=BRIEF)
    assert isinstance(late, TimedOut)
    assert late.frame is not None
    assert (late.frame.unit, late.frame.line) == ("layers.py", 4)


def test_what_was_answered_before_a_hang_stands(sandbox: Sandbox) -> None:
    source = DOUBLING.replace("return dout", "while 1: dout")
    forward, late = ran(sandbox, program(source), FORWARD, BACKWARD, limits=BRIEF)
    assert isinstance(forward, Returned)
    assert isinstance(late, TimedOut)


def test_a_whole_submission_has_its_limit_too(sandbox: Sandbox) -> None:
    given = in_forward("sum(range(10 ** 6))\nreturn x, 0")
    limits = Limits(call_seconds=5, submission_seconds=0.1)
    with sandbox.open(given, limits) as worker:
        seen = [worker.run(request())[0] for _ in range(30)]
        assert isinstance(seen[0], Returned)
        assert seen[-1] == TimedOut(seconds=0.1)
        assert worker.load() == TimedOut(seconds=0.1)


def test_waiting_counts_a_fifth_of_it_for_the_whole_submission(
    sandbox: Sandbox,
) -> None:
    given = in_forward("time.sleep(0.2)\nreturn x, 0", "time")
    limits = Limits(call_seconds=5, submission_seconds=0.1)
    with sandbox.open(given, limits) as worker:
        seen = [worker.run(request())[0] for _ in range(5)]
    assert isinstance(seen[0], Returned)
    assert seen[-1] == TimedOut(seconds=0.1)


def test_a_flood_of_output_does_not_stop_the_clock(sandbox: Sandbox) -> None:
    given = in_forward("while True: os.write(1, bytes(99999))")
    (late,) = ran(sandbox, given, limits=BRIEF)
    assert isinstance(late, TimedOut)


def test_memory_is_limited(sandbox: Sandbox) -> None:
    (seen,) = ran(sandbox, forward_returns("(np.ones(10 ** 9), 0)"))
    assert isinstance(seen, Raised)
    assert seen.type_name == "MemoryError"


def test_files_are_not_written(sandbox: Sandbox) -> None:
    (seen,) = ran(sandbox, in_forward("open('f', 'w').write('x' * 99999)"))
    assert isinstance(seen, Raised)
    assert seen.type_name in {"OSError", "PermissionError"}


def test_the_environment_is_empty(sandbox: Sandbox) -> None:
    given = in_forward("raise ValueError(sorted(os.environ))")
    (seen,) = ran(sandbox, given)
    assert isinstance(seen, Raised)
    assert seen.text in {"[]", "['LC_CTYPE']"}


IMPORTING = """
import importlib

def outcome(name):
    try:
        importlib.import_module(name)
    except Exception as error:
        return str(error)
    return ""

def forward(x, options):
    raise ValueError([outcome(name) for name in {names!r}])

def backward(dout, cache): ...
"""


def imported(sandbox: Sandbox, *names: str) -> str:
    (seen,) = ran(sandbox, program(IMPORTING.format(names=names)))
    assert isinstance(seen, Raised)
    return seen.text


def test_nothing_else_that_is_installed_can_be_imported(sandbox: Sandbox) -> None:
    names = ("grader", "reference", "hypothesis", "pydantic", "scipy")
    expected = [f"No module named '{name}'" for name in names]
    assert imported(sandbox, *names) == str(expected)


def test_all_of_python_and_numpy_can_be_imported(sandbox: Sandbox) -> None:
    names = ("numpy.fft", "numpy.polynomial", "decimal", "json.tool", "unittest.mock")
    assert imported(sandbox, *names) == str([""] * len(names))


def test_chance_is_the_same_in_every_worker(sandbox: Sandbox) -> None:
    body = "return np.array([random.random(), np.random.rand()]), 0"
    given = in_forward(body, "random", "numpy as np")
    (first,), (second,) = (ran(sandbox, given, FORWARD) for _ in range(2))
    assert isinstance(first, Returned)
    assert isinstance(second, Returned)
    assert same_numbers(first.values[0], second.values[0])


def test_what_is_printed_is_kept_up_to_a_limit(sandbox: Sandbox) -> None:
    body = "print('안녕 \\ud800')\nfor n in range(5000): print('x' * 4000)"
    with sandbox.open(in_forward(body), Limits(call_seconds=5)) as worker:
        worker.run(request())
        assert worker.output().startswith("안녕 \\ud800\nxxx")
        assert len(worker.output().encode()) == 1 << 16


def test_what_was_printed_before_a_crash_is_kept(sandbox: Sandbox) -> None:
    with sandbox.open(in_forward("print('here')\nos._exit(0)"), LIMITS) as worker:
        worker.run(request())
        worker.run(request())
        assert worker.output() == "here\nhere\n"


def test_a_reply_before_its_request_is_a_violation(sandbox: Sandbox) -> None:
    body = GARBAGE.replace("\n", "\n    ")
    given = in_forward(
        f"def late():\n    {body}\nthreading.Timer(0.1, late).start()\nreturn x, 0",
        "threading",
    )
    with sandbox.open(given, LIMITS) as worker:
        assert isinstance(worker.run(request())[0], Returned)
        time.sleep(0.2)
        (died,) = worker.run(request())
    detail = "something was sent before it was asked for"
    assert died == Died(cause="protocol", detail=detail)


def test_the_parents_arrays_are_its_own(sandbox: Sandbox) -> None:
    asked = request(FORWARD, *WHOLE)
    before = asked.arrays[0].copy()
    given = in_forward("x[:] = 7\nreturn x, 0")
    with sandbox.open(given, LIMITS) as worker:
        *_, inputs = worker.run(asked)
    assert isinstance(inputs, Inspected)
    np.testing.assert_array_equal(asked.arrays[0], before)


def children() -> set[int]:
    me = psutil.Process()
    return {child.pid for child in me.children(recursive=True)}


def descriptors() -> int:
    return psutil.Process().num_fds()


def test_nothing_is_left(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before, files = children(), descriptors()
    for body in ("return x, 0", "os._exit(1)", "while True: pass"):
        ran(sandbox, in_forward(body), limits=BRIEF)
    assert children() - before == set()
    assert descriptors() == files
    assert list(tmp_path.iterdir()) == []


def test_seconds_count_the_programs_own_time(sandbox: Sandbox) -> None:
    body = "end = time.process_time() + 0.1\nwhile time.process_time() < end: 0"
    with sandbox.open(in_forward(body, "time"), LIMITS) as worker:
        assert worker.seconds() == 0
        worker.run(request())
        assert 0.1 <= worker.seconds() < 0.3


def test_a_signal_from_outside_is_a_death(sandbox: Sandbox) -> None:
    before = children()
    with sandbox.open(program(DOUBLING), LIMITS) as worker:
        worker.load()
        for pid in children() - before:
            os.kill(pid, signal.SIGKILL)
        (died,) = worker.run(request())
        assert died == Died(cause="signal", detail="SIGKILL")
        assert isinstance(worker.run(request())[0], Returned)
