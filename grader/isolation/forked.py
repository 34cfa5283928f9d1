"""One worker that a fork server has forked and locked down."""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.errors import SandboxError
from grader.isolation import launch, talk
from grader.isolation.channel import GoneError, LateError
from grader.isolation.deadline import Patience, cpu_clock
from grader.isolation.fork_server import ServerEndedError
from grader.isolation.leaving import has_left
from grader.isolation.process import Ending, Exited, Killed, Lost, Signalled

if TYPE_CHECKING:
    from grader.isolation.channel import Channel
    from grader.isolation.fork_server import ForkServer
    from grader.records import Limits

READY_SECONDS: Final = 60.0
KILL_SECONDS: Final = 20.0


class ForkedProcess:
    """A worker that the fork server has forked and locked down."""

    def __init__(
        self, server: ForkServer, number: int, *, pidfd: int, channel: Channel
    ) -> None:
        self._server = server
        self._number = number
        self._pidfd = pidfd
        self.channel = channel
        self._ending: Ending | None = None
        self._pid = _pid_of(pidfd)
        self.cpu = cpu_clock(self._pid)

    def greet(self) -> None:
        """Wait until it is locked down; SandboxError if it could not be."""
        try:
            talk.greet(self.channel, Patience(READY_SECONDS))
        except (LateError, GoneError, talk.ViolationError) as error:
            why = self.channel.traced(Patience(0.0)).decode("utf-8", "replace")
            ending = self.kill()
            self.channel.close()
            if isinstance(ending, Lost):
                raise ServerEndedError from error
            raise SandboxError(f"a worker cannot be locked down: {why}") from error

    def ask_where(self) -> None:
        """Have it write its trace."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._pidfd, signal.SIGUSR1)

    def kill(self, *, grace: float = 0.0) -> Ending:
        """End it, and with it all processes of its namespace."""
        if self._ending is None:
            self._ending = self._end(grace)
            self.cpu()
            os.close(self._pidfd)
        return self._ending

    def _end(self, grace: float) -> Ending:
        gone = has_left(self._pid, wait=self._is_gone, cpu=self.cpu, grace=grace)
        if not gone:
            self.cpu()  # while it can still be read
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
            self._is_gone(KILL_SECONDS)
        try:
            status = self._server.status(self._number)
        except ServerEndedError:
            return Lost()
        if not gone:
            return Killed()
        if os.WIFSIGNALED(status):
            return Signalled(number=os.WTERMSIG(status))
        return Exited(status=os.WEXITSTATUS(status))

    def _is_gone(self, seconds: float) -> bool:
        poll = select.poll()
        poll.register(self._pidfd, select.POLLIN)
        return bool(poll.poll(1000 * seconds))


def _pid_of(pidfd: int) -> int:
    """Return the process's number as this process sees it, not as its own does."""
    info = Path(f"/proc/self/fdinfo/{pidfd}").read_text("ascii")
    found = re.search(r"^Pid:\s*(-?\d+)$", info, re.MULTILINE)
    if found is None:
        raise SandboxError("the kernel does not say which process a pidfd is")
    return int(found[1])


def fork(server: ForkServer, limits: Limits) -> ForkedProcess:
    """Return a worker that is locked down and ready.

    Raises ServerEndedError if the server has to be started again, SandboxError if
    that would not help.
    """
    ends = launch.Ends()
    try:
        number, pidfd = server.fork(limits, ends)
    except (SandboxError, ServerEndedError):
        ends.close()
        raise
    ends.close_theirs()
    process = ForkedProcess(server, number, pidfd=pidfd, channel=ends.channel())
    process.greet()
    return process
