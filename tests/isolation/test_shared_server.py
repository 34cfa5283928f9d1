"""A forked process shares the fork server, and takes nothing from the one before."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

if sys.platform != "linux":
    pytest.skip("there is a fork server on Linux only", allow_module_level=True)

#: The parent and two children of its use one server; what `BETWEEN` does comes first.
SHARE = """
import os, sys
import psutil
from worker_programs import DOUBLING, program, request
from grader.calls import Returned
from grader.isolation import fork_server
from grader.isolation.linux_sandbox import LinuxSandbox
from grader.records import Limits

LIMITS = Limits(call_seconds=1, submission_seconds=60, memory_mb=256)

def answers(sandbox):
    with sandbox.open(program(DOUBLING), LIMITS) as worker:
        return isinstance(worker.run(request())[0], Returned)

def child(sandbox, act):
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            act(sandbox)
            status = 0 if answers(sandbox) else 2
            sandbox.close()
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

def kill_the_server(sandbox):
    for process in psutil.Process(os.getppid()).children(recursive=True):
        if process.pid != os.getpid():
            process.kill()
    fork_server.start = own

def forbidden(*_, **__):
    raise AssertionError

own = fork_server.start
sandbox = LinuxSandbox()
fork_server.start = forbidden
print(answers(sandbox))
for _ in range(2):
    print(child(sandbox, lambda _: None), answers(sandbox))
if "kill" in sys.argv:
    print(child(sandbox, kill_the_server))
    fork_server.start = own
    print(answers(sandbox))
sandbox.close()
print(len(psutil.Process().children(recursive=True)))
"""


def told(*arguments: str) -> list[str]:
    path = os.pathsep.join(filter(None, sys.path))
    done = subprocess.run(
        [sys.executable, "-c", SHARE, *arguments],
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_a_forked_process_needs_no_server_of_its_own() -> None:
    assert told() == ["True", "0", "True", "0", "True", "0"]


def test_where_the_shared_server_ends_everyone_starts_another() -> None:
    expected = ["True", "0", "True", "0", "True", "0", "True", "0"]
    assert told("kill") == expected
