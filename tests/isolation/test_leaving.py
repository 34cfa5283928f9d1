"""A worker that hangs up: what is said of it depends on it, and not on the load."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from worker_programs import FORWARD, program, request

from grader import calls
from grader.isolation import launch
from grader.isolation.channel import Channel, GoneError
from grader.isolation.leaving import LEAVING_SECONDS, has_left, is_leaving
from grader.isolation.linux_sandbox import LinuxSandbox
from grader.isolation.sandbox import Sandbox
from grader.isolation.subprocess_sandbox import SubprocessSandbox
from grader.records import Limits

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's /proc")

NOBODY = 2**22 + 1


@pytest.fixture
def ended() -> Iterator[int]:
    """A process that has ended, and whose end nobody has asked for yet."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    yield process.pid
    process.wait()


def test_who_ends_is_leaving_and_who_runs_is_not(ended: int) -> None:
    assert is_leaving(ended)
    assert not is_leaving(os.getpid())
    assert not is_leaving(NOBODY)


def waits(pid: int, *, grace: float, used: float = 0.0) -> list[float]:
    """How long it waits, at most, for one that never comes to its end."""
    waited: list[float] = []
    clock = iter([0.0, *[used] * 9])

    def wait(seconds: float) -> bool:
        waited.append(seconds)
        return False

    assert not has_left(pid, wait=wait, cpu=lambda: next(clock), grace=grace)
    return waited


def test_who_is_leaving_is_waited_for_and_who_is_killed_is_not(ended: int) -> None:
    assert waits(ended, grace=0.1) == [LEAVING_SECONDS]
    assert waits(ended, grace=0.0) == [0.0]


def test_who_runs_on_is_waited_for_by_its_own_cpu_time() -> None:
    assert waits(os.getpid(), grace=0.1, used=0.2) == [0.0]


def test_an_end_within_the_grace_is_an_end() -> None:
    assert has_left(os.getpid(), wait=bool, cpu=lambda: 0.0, grace=0.1)


def test_elsewhere_nobody_says_that_a_process_is_leaving(
    ended: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not is_leaving(ended)


class HangsUpAtTheLastMoment:
    """A deadline that is over by the time it is looked at, and a hang-up before."""

    def __init__(self, ends: launch.Ends) -> None:
        self._ends = ends

    def left(self) -> float:
        self._ends.close_theirs()
        return 0.0


def test_a_hang_up_in_time_is_no_time_out_however_late_it_is_seen() -> None:
    ends = launch.Ends()
    channel: Channel = ends.channel()
    with pytest.raises(GoneError):
        channel.receive(1, HangsUpAtTheLastMoment(ends))
    channel.close()


RUNS_ON = """
import os
def forward(x, options):
    os.closerange(0, 64)
    while True: pass
def backward(dout, cache): ...
"""


@pytest.mark.parametrize("kind", [LinuxSandbox, SubprocessSandbox])
def test_who_hangs_up_and_runs_on_is_told_so_each_time(kind: type[Sandbox]) -> None:
    sandbox, limits = kind(), Limits(call_seconds=0.2, submission_seconds=0.3)
    with sandbox.open(program(RUNS_ON), limits) as worker:
        seen = {worker.run(request(FORWARD))[0] for _ in range(4)}
    sandbox.close()
    assert seen == {calls.Died(cause="protocol", detail="the wire was closed")}
