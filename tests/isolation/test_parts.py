"""The small parts of the sandboxes: clocks, channels, traces, endings, filters."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worker_programs import DOUBLING, FORWARD, module, program, request

from grader import wire
from grader.calls import Died, Frame, Loaded, Raised, Request
from grader.errors import SandboxError
from grader.isolation import (
    canary,
    canary_program,
    deadline,
    doctor,
    launch,
    seccomp,
    subprocess_sandbox,
    talk,
)
from grader.isolation.channel import (
    LARGEST_READ,
    MOST_KEPT,
    Channel,
    Drain,
    GoneError,
    LateError,
)
from grader.isolation.deadline import Deadline, Patience, cpu_clock
from grader.isolation.forked import _pid_of
from grader.isolation.process import Exited, Killed, Lost, Signalled, told
from grader.isolation.subprocess_sandbox import SubprocessSandbox
from grader.isolation.traces import innermost, located
from grader.isolation.worker import ProcessWorker
from grader.records import Limits, Unit
from grader.worker.packing import HEADER, LOADING, MAGIC, OBSERVED, Packer


class Ends:
    """A channel and the worker's ends of it."""

    def __init__(self) -> None:
        ends = launch.Ends()
        self.wire, self.output = ends.worker_wire, ends.worker_output
        self.trace = ends.worker_trace
        self.channel = ends.channel()
        self._ends = ends

    def close(self) -> None:
        self.channel.close()
        self._ends.close()


@pytest.fixture
def ends() -> Iterator[Ends]:
    made = Ends()
    yield made
    made.close()


def test_a_clock_counts_cpu_time_and_stands_still_after_the_end() -> None:
    process = subprocess.Popen([sys.executable, "-c", "sum(range(10 ** 6))"])
    clock = cpu_clock(process.pid)
    assert clock() >= 0
    process.wait()
    last = clock()
    assert clock() == last


def test_elsewhere_psutil_is_the_clock() -> None:
    clock = deadline._psutil_clock(os.getpid())
    assert clock() == pytest.approx(time.process_time(), abs=0.1)
    with pytest.raises(ProcessLookupError):
        deadline._psutil_clock(2**22 + 1)()


def test_a_deadline_is_over_when_the_cpu_time_is() -> None:
    used = 0.0
    limit = Deadline(1.0, cpu=lambda: used)
    assert 0.9 < limit.left() <= 1.0
    used = 1.5
    assert limit.left() == 0


def test_a_deadline_is_over_when_five_times_the_wall_time_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    limit, now = Deadline(1.0, cpu=lambda: 0.0), time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 4.9)
    assert limit.left() > 0
    monkeypatch.setattr(time, "monotonic", lambda: now + 5.1)
    assert limit.left() == 0


def test_a_late_answer_is_late(ends: Ends) -> None:
    with pytest.raises(LateError):
        ends.channel.receive(1, Patience(0.01))


def test_a_slow_drip_is_late(ends: Ends) -> None:
    ends.wire.send(b"a")
    with pytest.raises(LateError):
        ends.channel.receive(2, Patience(0.0))


def test_a_worker_that_hangs_up_is_gone(ends: Ends) -> None:
    ends.wire.close()
    with pytest.raises(GoneError):
        ends.channel.receive(1, Patience(1))
    with pytest.raises(GoneError):
        ends.channel.send(b"a", Patience(1))
    assert ends.channel.is_quiet()


def test_a_reset_wire_is_gone(ends: Ends, monkeypatch: pytest.MonkeyPatch) -> None:
    class Reset:
        def recv(self, size: int) -> bytes:
            raise ConnectionResetError(size)

    monkeypatch.setattr(ends.channel, "wire", Reset())
    with pytest.raises(GoneError):
        ends.channel.receive(1, Patience(1))


def test_a_worker_that_never_reads_is_late(ends: Ends) -> None:
    with pytest.raises(LateError):
        ends.channel.send(b"a" * (1 << 24), Patience(0.05))


def test_printing_goes_on_while_one_waits_and_is_kept_up_to_a_limit(
    ends: Ends,
) -> None:
    ends.output.settimeout(5)
    for _ in range(4):
        ends.output.send(b"x" * MOST_KEPT)
        with pytest.raises(LateError):
            ends.channel.receive(1, Patience(0.01))
    assert len(ends.channel.output.kept) == MOST_KEPT


def test_a_stream_that_ends_is_not_waited_for(ends: Ends) -> None:
    ends.output.close()
    with pytest.raises(LateError):
        ends.channel.receive(1, Patience(0.01))


def test_a_stream_that_breaks_has_ended() -> None:
    source, other = socket.socketpair()
    drain = Drain(source)
    source.close()
    other.close()
    assert not drain.flow()


def test_a_trace_is_read_until_no_more_of_it_comes(ends: Ends) -> None:
    ends.trace.send(b"one")
    assert ends.channel.traced(Patience(5)) == b"one"


def test_who_answers_before_all_is_sent_is_heard_meanwhile(ends: Ends) -> None:
    # The other end is stuck in writing: it reads on when that was taken.
    size = 1 << 19

    def other_end() -> None:
        ends.wire.sendall(bytes(size))
        left = size
        while left:
            left -= len(ends.wire.recv(left))

    thread = threading.Thread(target=other_end)
    thread.start()
    ends.channel.send(bytes(size), Patience(20))
    thread.join(20)
    assert not thread.is_alive()
    assert len(ends.channel.receive(size, Patience(20))) == size


def test_who_hangs_up_while_much_is_sent_is_gone(ends: Ends) -> None:
    ends.wire.shutdown(socket.SHUT_WR)
    with pytest.raises(GoneError):
        ends.channel.send(bytes(1 << 24), Patience(20))


def test_who_floods_while_much_is_sent_is_late(ends: Ends) -> None:
    def flood() -> None:
        with suppress(OSError):
            while True:
                ends.wire.send(bytes(1 << 16))

    thread = threading.Thread(target=flood, daemon=True)
    thread.start()
    with pytest.raises(LateError):
        ends.channel.send(bytes(1 << 24), Patience(0.5))
    assert len(ends.channel._ahead) <= 2 * LARGEST_READ
    ends.wire.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def reply(kind: int, body: bytes, *, arrays: int = 0) -> bytes:
    return HEADER.pack(MAGIC, kind, arrays, 1, len(body)) + body


@pytest.fixture
def _known_nonce(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secrets.randbits", lambda _: 1)


@pytest.mark.usefixtures("_known_nonce")
def test_a_body_that_is_no_observation_is_a_violation(
    ends: Ends, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ends.channel, "is_quiet", lambda: True)
    ends.wire.send(reply(OBSERVED, b"\xff"))
    answers = talk.answers(ends.channel, request(), limit=lambda: Patience(1))
    with pytest.raises(talk.ViolationError, match="kind 255"):
        list(answers)


@pytest.mark.usefixtures("_known_nonce")
def test_a_body_that_is_no_loading_is_a_violation(
    ends: Ends, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ends.channel, "is_quiet", lambda: True)
    ends.wire.send(reply(LOADING, b"\xff"))
    with pytest.raises(talk.ViolationError, match="kind 255"):
        talk.load(ends.channel, program(DOUBLING), limit=Patience(1))


@pytest.mark.usefixtures("_known_nonce")
@pytest.mark.parametrize(
    ("body", "wrong"),
    [(b"\x01" + bytes(4) + b"\xfe" * 8, "items"), (b"\x02\xff\xff\xff\xff", "items")],
)
def test_a_count_that_nobody_has_is_a_violation(body: bytes, wrong: str) -> None:
    seen = wire.read_observation(body, wire.Head(arrays=0, length=len(body)))
    assert isinstance(seen, wire.Violation)
    assert wrong in seen.detail


def test_a_value_that_travels_in_no_known_way_is_a_violation() -> None:
    packer = Packer()
    packer.u8(2)
    packer.u32(1)
    packer.text("ndarray")
    packer.u8(9)
    packer.text("float64")
    body = b"".join(packer.parts)
    seen = wire.read_observation(body, wire.Head(arrays=0, length=len(body)))
    assert seen == wire.Violation(detail="a value that travels as 9")


def test_other_kinds_of_numbers_are_asked_as_float64() -> None:
    asked = Request(arrays=(np.ones(2, "float16"),), steps=(FORWARD,))
    with SubprocessSandbox().open(program(DOUBLING), Limits()) as worker:
        (seen,) = worker.run(asked)
    assert "float64" in str(seen)


TRACE = b"""Fatal Python error: Segmentation fault

Current thread 0x00007f (most recent call first):
  File "/usr/lib/python3/ctypes/__init__.py", line 519 in string_at
  File "im2col.py", line 2 in \\uc548
  File "layers.py", line 1 in forward
"""


def test_the_innermost_line_of_the_students_is_found() -> None:
    own = (module("im2col", "\n    x = 1"),)
    frame = innermost(TRACE, program(DOUBLING, modules=own))
    assert frame == Frame(unit="im2col.py", line=2, function="\\uc548", text="x = 1")


def test_a_line_that_the_source_does_not_have_is_passed_over() -> None:
    trace = b'  File "layers.py", line 999 in f\n  File "layers.py", line 2 in g\n'
    frame = innermost(trace, program(DOUBLING))
    assert frame is not None
    assert frame.line == 2


FRAMES = (
    Frame(unit="layers.py", line=1, function="f", text="made up"),
    Frame(unit="layers.py", line=999, function="f"),
    Frame(unit="layers.py", line=0, function="f"),
    Frame(unit="/etc/passwd", line=1, function="f"),
)


def test_what_a_worker_quotes_is_what_was_handed_in() -> None:
    told = Raised(type_name="ValueError", text="", frames=FRAMES)
    (frame,) = located(told, program("def f(): raise ValueError")).frames
    assert frame.text == "def f(): raise ValueError"


def test_names_are_found_as_the_fault_handler_writes_them() -> None:
    name = "과제, cell 3"
    units = (Unit(name=name, source="x"), Unit(name="a" * 600, source="y"))
    trace = b'  File "\\uacfc\\uc81c, cell 3", line 1 in f\n'
    assert str(innermost(trace, program("", units=units))).count(name) == 1
    trace = b'  File "' + b"a" * 500 + b'...", line 1 in f\n'
    frame = innermost(trace, program("", units=units))
    assert frame is not None
    assert frame.text == "y"


@given(st.binary(max_size=80))
def test_any_trace_is_a_line_or_none(trace: bytes) -> None:
    assert isinstance(innermost(trace, program(DOUBLING)), Frame | None)


@pytest.mark.parametrize(
    ("ending", "cause", "detail"),
    [
        (Exited(status=3), "exit", "exit status 3"),
        (Exited(status=77), "memory", "no memory was left to answer"),
        (Exited(status=0xC0000005), "signal", "exception 0xC0000005"),
        (Signalled(number=11), "signal", "SIGSEGV"),
        (Signalled(number=99), "signal", "signal 99"),
        (Killed(), "protocol", "the wire was closed"),
    ],
)
def test_every_ending_has_its_words(
    ending: Exited | Signalled | Killed, cause: str, detail: str
) -> None:
    assert told(ending) == Died(cause=cause, detail=detail)


class LostProcess:
    """A worker whose sandbox ends as soon as it is asked anything."""

    def __init__(self) -> None:
        self._ends = Ends()
        self.channel: Channel = self._ends.channel
        self._ends.wire.close()

    def cpu(self) -> float:
        return 0.0

    def ask_where(self) -> None: ...

    def kill(self, *, grace: float = 0.0) -> Lost:
        del grace
        self._ends.close()
        return Lost()


def test_a_sandbox_that_ends_again_and_again_is_our_fault() -> None:
    worker = ProcessWorker(program(DOUBLING), Limits(), start=lambda _: LostProcess())
    with pytest.raises(SandboxError, match="3 times under one program"):
        worker.load()
    with pytest.raises(SandboxError, match="3 times under one request"):
        worker.run(request())


def test_a_worker_that_was_loaded_must_be_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    worker = ProcessWorker(program(DOUBLING), Limits(), start=lambda _: LostProcess())
    monkeypatch.setattr(worker, "_load", Loaded)
    with pytest.raises(SandboxError, match="loaded and is not there"):
        worker.run(request())


def test_a_python_that_does_not_start_is_our_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(launch, "executable", lambda: "/no/such/python")
    with pytest.raises(SandboxError, match="Python cannot be started"):
        SubprocessSandbox().open(program(DOUBLING), Limits()).load()


def test_what_a_worker_says_that_does_not_get_ready_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    command = [sys.executable, "-c", "raise SystemExit('no NumPy here')"]
    monkeypatch.setattr(launch, "command", lambda *_: command)
    with pytest.raises(SandboxError, match="no NumPy here"):
        SubprocessSandbox().open(program(DOUBLING), Limits()).load()


def test_children_that_left_the_group_are_killed_too() -> None:
    source = """
    import os, time
    def forward(x, options):
        if os.fork() == 0:
            os.setsid()
            time.sleep(1000)
        return x, 0
    def backward(dout, cache): ...
    """
    import psutil  # noqa: PLC0415 (as the sandbox does)

    # Other tests of this process may have left children that nobody waited for yet.
    before = set(psutil.Process().children(recursive=True))
    with SubprocessSandbox().open(program(source), Limits()) as worker:
        worker.run(request())
        started = list(set(psutil.Process().children(recursive=True)) - before)
    assert len(started) == 2
    assert psutil.wait_procs(started, timeout=5)[1] == []


def test_a_filter_is_compiled_for_files_that_are_guarded_and_that_are_not() -> None:
    pytest.importorskip("pyseccomp")
    guarded = seccomp.compiled(files_are_guarded=True)
    assert len(guarded) % 8 == 0
    assert guarded != seccomp.compiled(files_are_guarded=False)


def test_a_pidfd_that_is_none_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "read_text", lambda *_: "pos: 0")
    with pytest.raises(SandboxError, match="which process"):
        _pid_of(0)


def test_a_sandbox_without_python_is_found_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(canary, "NEEDED", ("no_such_module",))
    with pytest.raises(SandboxError, match="not all there"):
        canary.observe(SubprocessSandbox())


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_outside_of_any_wall_the_canary_gets_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_text("secret")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        setting = {
            "attempts": canary.ATTEMPTS,
            "secret": str(tmp_path / "secret"),
            "folder": str(tmp_path),
            "tcp": port,
            "udp": port,
            "parent": os.getpid(),
            "memory": 1,
            "packages": [],
            "needed": ["math"],
        }
        monkeypatch.setattr(canary_program, "SETTING", setting)
        results, cache = canary_program.forward(np.zeros(1))
    through = dict(zip(canary.ATTEMPTS, results, strict=True))
    assert [name for name, got in through.items() if not got] == [canary.BROKEN]
    assert canary_program.backward(results, cache)


def test_a_canary_misses_what_cannot_be_imported(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    setting = {"needed": ["no_such_module"]}
    monkeypatch.setattr(canary_program, "SETTING", setting)
    assert canary_program.misses_python_or_numpy()


@pytest.mark.parametrize(
    ("platform", "advice"), [("darwin", "linux"), ("linux", "kernel")]
)
def test_where_there_is_only_the_plain_process_the_doctor_says_why(
    monkeypatch: pytest.MonkeyPatch, platform: str, advice: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    (told_,) = doctor.advice(SubprocessSandbox())
    assert told_.id == f"doctor.advice.{advice}"


def test_a_worker_whose_job_ends_it_is_ended() -> None:
    closed: list[bool] = []

    class Job:
        def close(self) -> None:
            closed.append(True)

    process = subprocess_sandbox.start(Limits())
    process._job = Job()
    assert process.kill() == Killed()
    process.channel.close()
    assert closed == [True]
