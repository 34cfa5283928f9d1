"""The fork server may end at any moment: it is started again, and nothing is lost."""

from __future__ import annotations

import contextlib
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import psutil
import pytest
from worker_programs import DOUBLING, WHOLE, program, request

from grader.calls import Died, Loaded, Raised, Returned
from grader.engine.attempts import Attempts
from grader.errors import SandboxError
from grader.isolation import fork_server, forked, launch, seccomp
from grader.isolation.fork_server import (
    CannotForkError,
    ForkServer,
    RefusedLayer,
    ServerEndedError,
)
from grader.isolation.layers import Layers
from grader.isolation.linux_sandbox import LinuxSandbox
from grader.records import Limits

if sys.platform != "linux":
    pytest.skip("there is a fork server on Linux only", allow_module_level=True)

LIMITS = Limits(call_seconds=1, submission_seconds=60, memory_mb=256)
MEDIUM = Layers(namespaces=False, nobody=False)


@pytest.fixture(scope="module", params=[Layers(), MEDIUM], ids=["all", "medium"])
def sandbox(request: pytest.FixtureRequest) -> Iterator[LinuxSandbox]:
    opened = LinuxSandbox(request.param)
    yield opened
    opened.close()


def descendants() -> list[psutil.Process]:
    return psutil.Process().children(recursive=True)


def kill_all() -> None:
    for process in descendants():
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()


def kill_any(chance: random.Random, after: float) -> None:
    time.sleep(after)
    with contextlib.suppress(psutil.NoSuchProcess, IndexError):
        chance.choice(descendants()).kill()


def survived_kills(sandbox: LinuxSandbox, count: int, *, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (nobody guesses it)
    given = program(DOUBLING)
    with sandbox.open(given, LIMITS) as worker:
        expected = str(worker.run(request(*WHOLE)))
    for _ in range(count):
        delay = chance.uniform(0, 0.02)
        killer = threading.Thread(target=kill_any, args=(chance, delay))
        killer.start()
        with sandbox.open(given, LIMITS) as worker:
            asked = Attempts(worker=worker)
            for _ in range(3):
                assert str(asked.run(request(*WHOLE), regime="any")) == expected
        killer.join()


def test_a_kill_at_any_moment_changes_nothing(sandbox: LinuxSandbox) -> None:
    survived_kills(sandbox, 4, seed=1)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(5))
def test_a_hundred_kills_change_nothing(sandbox: LinuxSandbox, seed: int) -> None:
    survived_kills(sandbox, 20, seed=seed)


def test_a_server_that_ended_is_started_again(sandbox: LinuxSandbox) -> None:
    kill_all()
    with sandbox.open(program(DOUBLING), LIMITS) as worker:
        assert worker.load() == Loaded()


def test_a_server_that_ends_under_a_worker_takes_no_answer(
    sandbox: LinuxSandbox,
) -> None:
    with sandbox.open(program(DOUBLING), LIMITS) as worker:
        worker.load()
        kill_all()
        assert isinstance(worker.run(request())[0], Returned)


def test_a_machine_without_room_is_waited_for(
    sandbox: LinuxSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusals = [CannotForkError("full"), CannotForkError("full")]

    def fork(*given: object) -> forked.ForkedProcess:
        if refusals:
            raise refusals.pop()
        return forked.fork(*given)  # type: ignore[arg-type]

    monkeypatch.setattr("grader.isolation.linux_sandbox.fork", fork)
    with sandbox.open(program(DOUBLING), LIMITS) as worker:
        assert worker.load() == Loaded()


def test_a_machine_that_never_has_room_is_our_fault(
    sandbox: LinuxSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = {"failed": "no room"}
    monkeypatch.setattr("grader.isolation.linux_sandbox.FULL_SECONDS", 0.0)
    monkeypatch.setattr(ForkServer, "_say", lambda *_: None)
    monkeypatch.setattr(ForkServer, "_hear", lambda *_: (answer, []))
    with (
        sandbox.open(program(DOUBLING), LIMITS) as worker,
        pytest.raises(SandboxError, match="no worker can be forked: no room"),
    ):
        worker.load()


def test_nothing_is_forked_from_a_process_with_threads(sandbox: LinuxSandbox) -> None:
    assert sandbox.applied
    assert {each.num_threads() for each in descendants()} == {1}


def test_a_server_that_does_not_stay_is_our_fault(
    sandbox: LinuxSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(*_: object) -> None:
        raise ServerEndedError

    monkeypatch.setattr("grader.isolation.linux_sandbox.fork", ended)
    with (
        sandbox.open(program(DOUBLING), LIMITS) as worker,
        pytest.raises(SandboxError, match="ended 3 times in a row"),
    ):
        worker.load()


def test_a_layer_that_was_there_before_must_come_back(
    sandbox: LinuxSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = RefusedLayer(layer="landlock", reason="gone")
    monkeypatch.setattr(fork_server, "start", lambda *_, **__: refused)
    with pytest.raises(SandboxError, match="'landlock' was there before: gone"):
        sandbox._restart()
    monkeypatch.undo()
    sandbox._restart()


@pytest.mark.parametrize("ends", [1, 2])
def test_a_server_that_is_ended_while_it_starts_is_started_again(
    sandbox: LinuxSandbox, monkeypatch: pytest.MonkeyPatch, ends: int
) -> None:
    start, left = fork_server.start, [*range(ends)]

    def ended(layers: Layers, *, base: str) -> ForkServer | RefusedLayer:
        if left:
            left.pop()
            raise SandboxError("the fork server does not start: ")
        return start(layers, base=base)

    monkeypatch.setattr(fork_server, "start", ended)
    sandbox._restart()
    with sandbox.open(program(DOUBLING), LIMITS) as worker:
        assert worker.load() == Loaded()


def test_a_server_that_never_starts_again_is_our_fault(
    sandbox: LinuxSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(*_: object, **__: object) -> None:
        raise SandboxError("the fork server does not start: ")

    monkeypatch.setattr(fork_server, "start", ended)
    with pytest.raises(SandboxError, match="does not start"):
        sandbox._restart()
    monkeypatch.undo()
    sandbox._restart()


def test_what_a_server_that_does_not_start_says_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    command = [sys.executable, "-c", "raise SystemExit('no NumPy')"]
    monkeypatch.setattr(launch, "command", lambda *_: command)
    with pytest.raises(SandboxError, match="does not start: no NumPy"):
        LinuxSandbox()


def test_a_python_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "command", lambda *_: ["/no/python"])
    with pytest.raises(SandboxError, match="cannot be started"):
        LinuxSandbox()


def test_a_worker_that_is_not_locked_down_runs_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*, files_are_guarded: bool) -> bytes:
        return b"not a filter at all" + bytes(files_are_guarded)

    monkeypatch.setattr(seccomp, "compiled", broken)
    other = LinuxSandbox(MEDIUM)
    with (
        other.open(program(DOUBLING), LIMITS) as worker,
        pytest.raises(SandboxError, match="cannot be locked down"),
    ):
        worker.load()
    other.close()


def test_without_libseccomp_the_layer_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pyseccomp", None)
    sandbox = LinuxSandbox(MEDIUM)
    sandbox.close()
    assert [each.layer for each in sandbox.refused] == ["seccomp"]
    assert "libseccomp" in sandbox.refused[0].reason


DENY = """
import errno, sys, pyseccomp
denied = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
for call in {calls!r}:
    denied.add_rule(pyseccomp.ERRNO(errno.EPERM), call)
denied.load()
from grader.isolation.choose import best
sandbox = best()
print(sandbox.tier.value, *(each.layer for each in getattr(sandbox, "refused", ())))
sandbox.close()
"""


@pytest.mark.parametrize(
    ("calls", "tier", "refused"),
    [
        (["unshare"], "medium", "namespaces"),
        pytest.param(["mount"], "medium", "namespaces", marks=pytest.mark.nightly),
        pytest.param(["setns"], "medium", "namespaces", marks=pytest.mark.nightly),
        (["unshare", "landlock_create_ruleset"], "weak", "landlock"),
        pytest.param(["pidfd_open"], "weak", "", marks=pytest.mark.nightly),
    ],
)
def test_in_a_container_with_fewer_rights(
    calls: list[str], tier: str, refused: str
) -> None:
    told = subprocess.run(
        [sys.executable, "-c", DENY.format(calls=calls)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert told[0] == tier
    assert refused in told or not refused


def test_nothing_grows_with_the_number_of_workers(sandbox: LinuxSandbox) -> None:
    bad = program("import os\ndef forward(x, o): os._exit(1)\ndef backward(d, c): ...")
    for given in (program(DOUBLING), bad):
        with sandbox.open(given, LIMITS) as worker:
            worker.run(request())
    before = psutil.Process().num_fds(), len(descendants())
    for _ in range(20):
        for given in (program(DOUBLING), bad):
            with sandbox.open(given, LIMITS) as worker:
                worker.run(request())
    assert (psutil.Process().num_fds(), len(descendants())) == before


def test_two_workers_of_one_sandbox_do_not_meet(sandbox: LinuxSandbox) -> None:
    source = "import os\ndef forward(x, o): raise ValueError(os.getpid(), {})\n"
    first = program(source.format("os.kill(1, 9)") + "def backward(d, c): ...")
    with (
        sandbox.open(first, LIMITS) as one,
        sandbox.open(program(DOUBLING), LIMITS) as two,
    ):
        assert one.load() == two.load() == Loaded()
        (seen,) = one.run(request())
        assert isinstance(seen, Raised)
        assert seen.type_name == "PermissionError"
        assert isinstance(two.run(request())[0], Returned)


STARTS_THREADS = """
import threading, time
def forward(x, options):
    count = 0
    threading.stack_size(1 << 16)
    try:
        while count < {most}:
            threading.Thread(target=time.sleep, args=(99,), daemon=True).start()
            count += 1
    except RuntimeError:
        pass
    return x * 0 + count, 0
def backward(dout, cache): ...
"""


def test_who_takes_all_threads_leaves_some_for_another(sandbox: LinuxSandbox) -> None:
    few, many = (program(STARTS_THREADS.format(most=most)) for most in (4, 500))
    with sandbox.open(many, Limits()) as one, sandbox.open(few, Limits()) as other:
        for worker, least in ((one, 60), (other, 4)):
            (seen,) = worker.run(request())
            assert isinstance(seen, Returned)
            assert seen.values[0].array is not None
            assert seen.values[0].array.min() >= least


def test_ends_of_other_workers_are_kept_for_them(sandbox: LinuxSandbox) -> None:
    server = sandbox._server
    first, second = (forked.fork(server, LIMITS) for _ in range(2))
    for process in (second, first):
        process.kill()
        process.kill()
        process.channel.close()
    assert not server._ended


def test_what_only_the_student_did_is_told_as_it_was(sandbox: LinuxSandbox) -> None:
    bad = program("import os\ndef forward(x, o): os._exit(3)\ndef backward(d, c): ...")
    with sandbox.open(bad, LIMITS) as worker:
        (died,) = worker.run(request())
    assert died == Died(cause="exit", detail="exit status 3")
