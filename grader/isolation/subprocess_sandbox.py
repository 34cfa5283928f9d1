"""The portable sandbox: a cold Python for every program, with limits and deadlines."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING, Final, Protocol

from grader.errors import SandboxError
from grader.isolation import launch, talk
from grader.isolation.channel import GoneError, LateError
from grader.isolation.deadline import Patience, cpu_clock
from grader.isolation.leaving import has_left
from grader.isolation.process import Ending, Exited, Killed, Signalled
from grader.isolation.untraceable import THIS_PROCESS
from grader.isolation.worker import ProcessWorker
from grader.records import Limits, Program, Tier

if TYPE_CHECKING:
    from grader.isolation.channel import Channel

START_SECONDS: Final = 60.0  # by the clock; a cold import of NumPy on a slow disk
KILL_SECONDS: Final = 20.0
CPU_GRACE: Final = 10  # seconds beyond the parent's own limit


class Closing(Protocol):
    """Something that ends what it holds."""

    def close(self) -> None:
        """End it."""


class ColdProcess:
    """A worker that was started for one program."""

    def __init__(
        self,
        popen: subprocess.Popen[bytes],
        *,
        channel: Channel,
        folder: tempfile.TemporaryDirectory[str],
        job: Closing | None,
    ) -> None:
        self._popen = popen
        self.channel = channel
        self._folder = folder
        self._job = job
        self._clock = cpu_clock(popen.pid)
        self._before = 0.0
        self._ending: Ending | None = None
        THIS_PROCESS.enter()

    def greet(self) -> None:
        """Wait until it is ready; SandboxError if it does not get there."""
        try:
            talk.greet(self.channel, Patience(START_SECONDS))
        except (LateError, GoneError, talk.ViolationError) as error:
            self.kill()
            self.channel.drain()
            said = bytes(self.channel.output.kept[-2000:]).decode("utf-8", "replace")
            self.channel.close()
            raise SandboxError(
                f"no worker starts with {launch.executable()!r}: {said.strip()}"
            ) from error
        self._before = self._clock()

    def cpu(self) -> float:
        """CPU seconds since it was ready."""
        return self._clock() - self._before

    def ask_where(self) -> None:
        """Have it write its trace, where the platform has such a signal."""
        if sys.platform != "win32":
            self._popen.send_signal(signal.SIGUSR1)

    def kill(self, *, grace: float = 0.0) -> Ending:
        """End it with all that it has started, and remove its folder."""
        if self._ending is None:
            self._ending = self._end(grace)
            THIS_PROCESS.leave()
        return self._ending

    def _end(self, grace: float) -> Ending:
        pid = self._popen.pid
        has_left(pid, wait=self._is_gone, cpu=self._clock, grace=grace)
        status = self._popen.returncode
        self.cpu()  # while it can still be read
        _kill_all(self._popen)
        if self._job is not None:
            self._job.close()
        # Another process that traces a dead one can keep it from us for ever.
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._popen.wait(KILL_SECONDS)
        with contextlib.suppress(RecursionError):  # folders as deep as it could
            self._folder.cleanup()
        if status is None:
            return Killed()
        return Signalled(number=-status) if status < 0 else Exited(status=status)

    def _is_gone(self, seconds: float) -> bool:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._popen.wait(seconds)
        return self._popen.returncode is not None


def _kill_all(popen: subprocess.Popen[bytes]) -> None:
    """Kill the process, its group, and the children that have left the group."""
    import psutil  # noqa: PLC0415 (20 ms that the Linux sandbox does not need)

    children: list[psutil.Process] = []
    with contextlib.suppress(psutil.Error):
        children = psutil.Process(popen.pid).children(recursive=True)
    if sys.platform != "win32":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(popen.pid, signal.SIGKILL)
    for process in children:
        with contextlib.suppress(psutil.Error):
            process.kill()
    popen.kill()


def _started(
    ends: launch.Ends, limits: Limits, *, folder: str
) -> tuple[subprocess.Popen[bytes], Closing | None]:
    numbers = (limits.memory_mb, int(limits.submission_seconds) + CPU_GRACE)
    if sys.platform == "win32":
        from grader.isolation import launch_windows  # noqa: PLC0415 (only there)

        return launch_windows.start_cold(ends, numbers, folder=folder)
    return launch.start_cold(ends, numbers, folder=folder), None


def start(limits: Limits) -> ColdProcess:
    """Start a worker and wait until it is ready; SandboxError if it cannot be."""
    folder = tempfile.TemporaryDirectory(
        prefix="convgrade-", ignore_cleanup_errors=True
    )
    ends = launch.Ends()
    try:
        popen, job = _started(ends, limits, folder=folder.name)
    except OSError as error:
        ends.close()
        folder.cleanup()
        raise SandboxError(f"Python cannot be started: {error}") from error
    ends.close_theirs()
    process = ColdProcess(popen, channel=ends.channel(), folder=folder, job=job)
    process.greet()
    return process


class SubprocessSandbox:
    """A process of its own for every program: weak, and everywhere."""

    tier = Tier.WEAK

    def open(self, program: Program, limits: Limits) -> ProcessWorker:
        """Prepare a worker; its process starts when it is needed."""
        return ProcessWorker(program, limits, start=start)

    def close(self) -> None:
        """Nothing is kept beside the workers, which end with their `with`."""
