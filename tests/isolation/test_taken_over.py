"""A worker that student code has taken over says what it likes and gains nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from takeover import taken_over
from worker_programs import BACKWARD, DOUBLING, FORWARD, WHOLE, program, request

from grader.calls import Absent, Died, Loading, Observation, TimedOut
from grader.errors import SandboxError
from grader.isolation.channel import MOST_KEPT, Drain
from grader.isolation.deadline import cpu_clock
from grader.isolation.linux_sandbox import LinuxSandbox
from grader.isolation.sandbox import Sandbox
from grader.isolation.subprocess_sandbox import SubprocessSandbox
from grader.isolation.untraceable import Untraceable
from grader.records import Limits, Program, Unit

LIMITS = Limits(call_seconds=2, submission_seconds=20, memory_mb=256)
linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux's own calls")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    opened = LinuxSandbox() if sys.platform == "linux" else SubprocessSandbox()
    yield opened
    opened.close()


def ran(
    sandbox: Sandbox, given: Program, *steps: object, limits: Limits = LIMITS
) -> tuple[Observation, ...]:
    with sandbox.open(given, limits) as worker:
        return worker.run(request(*steps))


def loaded(sandbox: Sandbox, given: Program) -> Loading:
    with sandbox.open(given, LIMITS) as worker:
        return worker.load()


INSPECTED = """packer.u8(2)
packer.u32(0)
packer.u32(0)"""
MISFITS = [
    ("packer.u8(4)", "'Absent' is no answer to 'Forward'"),
    (INSPECTED, "'Inspected' is no answer to 'Forward'"),
    ("packer.u8(1)\npacker.text('tuple')\npacker.i64(2)\npacker.u32(0)", "'Returned'"),
    ("packer.u8(3)\npacker.text('e' * 20000)", "a text of 20000 bytes is too long"),
]


@pytest.mark.parametrize(("body", "wrong"), MISFITS)
def test_what_is_no_answer_to_the_question_is_a_violation(
    sandbox: Sandbox, body: str, wrong: str
) -> None:
    lines = "\n    ".join(body.split("\n"))
    given = program(
        taken_over(calling=f"def write(packer):\n    {lines}\nsay(4, write)")
    )
    died, absent = ran(sandbox, given, FORWARD, BACKWARD)
    assert isinstance(died, Died)
    assert wrong in died.detail
    assert absent == Absent()


UNTRUE_FAILURE = """def write(packer):
    packer.u8(4)
    packer.text("the adapter does not run")
say(3, write)"""
ADAPTER = Unit(
    name="adapter.py",
    source="def forward(student, *a): return 1\ndef backward(student, *a): return 1",
)


@pytest.mark.parametrize("adapter", [None, ADAPTER])
def test_nobody_stays_unjudged_by_blaming_the_adapter(
    sandbox: Sandbox, adapter: Unit | None
) -> None:
    given = program(taken_over(loading=UNTRUE_FAILURE), adapter=adapter)
    died = loaded(sandbox, given)
    assert isinstance(died, Died)
    assert died.detail == "the adapter fails with this program only"


def test_an_adapter_that_fails_by_itself_is_the_instructors(sandbox: Sandbox) -> None:
    broken = Unit(name="adapter.py", source="1 / 0")
    with pytest.raises(SandboxError, match="ZeroDivisionError"):
        loaded(sandbox, program(DOUBLING, adapter=broken))


def test_who_sleeps_through_every_call_uses_up_the_submissions_time(
    sandbox: Sandbox,
) -> None:
    given = program(DOUBLING.replace("return x", "__import__('time').sleep(.1); x"))
    limits = Limits(call_seconds=1, submission_seconds=0.1)
    with sandbox.open(given, limits) as worker:
        seen = [worker.run(request(*WHOLE))[0] for _ in range(20)]
    assert seen[-1] == TimedOut(seconds=0.1)


class Endless:
    """A stream that always has more."""

    def recv(self, size: int) -> bytes:
        return bytes(min(size, 1 << 16))


def test_a_flood_does_not_keep_the_parent_from_its_clock() -> None:
    drain = Drain(Endless())  # type: ignore[arg-type]
    assert drain.flow()
    assert len(drain.kept) == MOST_KEPT


@linux
@pytest.mark.parametrize("gone", [-1, 0])
def test_a_process_that_is_gone_has_no_clock_of_ours(gone: int) -> None:
    assert cpu_clock(gone)() == 0.0


FLAGS = """
import fcntl, os
def forward(x, options):
    left = fcntl.fcntl(0, fcntl.F_GETFL)
    fcntl.fcntl(0, fcntl.F_SETFL, os.O_NONBLOCK | os.O_APPEND)
    raise ValueError(left & (os.O_NONBLOCK | os.O_APPEND))
def backward(dout, cache):
    pass
"""


@linux
def test_nothing_is_left_on_a_descriptor_for_the_next_one(sandbox: Sandbox) -> None:
    for _ in range(2):
        (seen,) = ran(sandbox, program(FLAGS))
        assert getattr(seen, "text", "") == "0"


@linux
def test_the_parents_memory_is_closed_while_a_worker_runs_without_walls() -> None:
    body = "open(f'/proc/{os.getppid()}/mem', 'rb')"
    given = program(f"import os\n{body}")
    seen = loaded(SubprocessSandbox(), given)
    assert getattr(seen, "type_name", "") == "PermissionError"


GET_DUMPABLE = 3


@linux
def test_a_process_is_open_again_when_the_last_worker_has_left() -> None:
    from grader.worker import linux as system  # noqa: PLC0415 (only there)

    counting, seen = Untraceable(), []
    for change in (counting.enter, counting.enter, counting.leave, counting.leave):
        change()
        seen.append(system._call("prctl", GET_DUMPABLE))
    assert seen == [0, 0, 0, 1]
