"""Keep a fork server: start it, ask it for workers, start it again if it ends."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from grader.errors import SandboxError
from grader.isolation import launch, seccomp

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.isolation.layers import Layers
    from grader.records import Limits

START_SECONDS: Final = 60.0
ANSWER_SECONDS: Final = 20.0
LARGEST_MESSAGE: Final = 1 << 17


class ServerEndedError(Exception):
    """The fork server is gone; another one can be started."""


class CannotForkError(SandboxError):
    """The machine has no room for another process just now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedLayer:
    """A layer that this machine does not have, and why."""

    layer: str
    reason: str


class ForkServer:
    """A line to a running fork server, and what it has said of its workers' ends.

    `process` is for whoever has started it, and ends it.
    """

    def __init__(
        self, process: subprocess.Popen[bytes] | None, control: socket.socket
    ) -> None:
        self._process = process
        self._control = control
        self._ended: dict[int, int] = {}  # the worker's number there -> wait status
        self.applied: tuple[str, ...] = ()

    def setup(self, asked: Mapping[str, object]) -> RefusedLayer | None:
        """Have it build its walls; None if all of them stand."""
        self._say(asked)
        answer, _ = self._hear(START_SECONDS)
        if "refused" in answer:
            return RefusedLayer(layer=answer["refused"], reason=answer["reason"])
        self.applied = tuple(answer["ready"])
        return None

    def joined(self) -> ForkServer:
        """Return a line of one's own; for a process that has inherited this one.

        If the server has ended, whoever asks it first is told so.
        """
        ours, theirs = _line()
        with theirs, contextlib.suppress(ServerEndedError):
            self._say({"join": True}, theirs.fileno())
        self._control.close()  # here: the process that it is of has it still
        own = ForkServer(None, ours)
        own.applied = self.applied
        return own

    def fork(self, limits: Limits, ends: launch.Ends) -> tuple[int, int]:
        """Return the number that it knows a new worker by, and a pidfd."""
        theirs = (ends.worker_wire, ends.worker_output, ends.worker_trace)
        seconds = int(limits.submission_seconds) + 10
        asked = {"memory_mb": limits.memory_mb, "cpu_seconds": seconds}
        self._say(asked, *(each.fileno() for each in theirs))
        while True:
            answer, descriptors = self._hear(ANSWER_SECONDS)
            if "forked" in answer:
                return int(answer["forked"]), descriptors[0]
            if "failed" in answer:
                raise CannotForkError(f"no worker can be forked: {answer['failed']}")
            self._note(answer)

    def status(self, number: int) -> int:
        """Return the wait status of a worker that has ended."""
        while number not in self._ended:
            self._note(self._hear(ANSWER_SECONDS)[0])
        return self._ended.pop(number)

    def _note(self, answer: Mapping[str, Any]) -> None:
        self._ended[int(answer["ended"])] = int(answer["status"])

    def _say(self, message: Mapping[str, object], *descriptors: int) -> None:
        data = json.dumps(message).encode()
        try:
            socket.send_fds(self._control, [data], descriptors)
        except OSError as error:
            raise ServerEndedError from error

    def _hear(self, seconds: float) -> tuple[dict[str, Any], list[int]]:
        self._control.settimeout(seconds)
        try:
            message, descriptors, _, _ = socket.recv_fds(
                self._control, LARGEST_MESSAGE, 1
            )
        except OSError as error:
            raise ServerEndedError from error
        if not message:
            raise ServerEndedError
        return json.loads(message), list(descriptors)

    def close(self) -> None:
        """Hang up, which ends every worker of ours; end the server if it is ours."""
        self._control.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()


def start(layers: Layers, *, base: str) -> ForkServer | RefusedLayer:
    """Start a fork server with these layers, or say which one there is not.

    `base` is an empty folder, on which the new root is built. Raises SandboxError if
    it does not start at all.
    """
    try:
        asked = _asked(layers, base=base)
    except seccomp.NoFilterError as error:
        return RefusedLayer(layer="seccomp", reason=str(error))
    with tempfile.TemporaryFile() as said:
        server = _launched(said.fileno())
        try:
            refused = server.setup(asked)
        except ServerEndedError as error:
            server.close()
            said.seek(0)
            text = said.read(4000).decode("utf-8", "replace").strip()
            raise SandboxError(f"the fork server does not start: {text}") from error
        except BaseException:  # an interrupt must leave no process behind
            server.close()
            raise
    if refused is not None:
        server.close()
        return refused
    return server


def _asked(layers: Layers, *, base: str) -> dict[str, object]:
    """Return the layers as the server reads them; raise seccomp.NoFilterError."""
    program = b""
    if layers.seccomp:
        program = seccomp.compiled(files_are_guarded=layers.landlock)
    return {
        "base": base,
        "namespaces": layers.namespaces,
        "landlock": layers.landlock,
        "nobody": layers.nobody,
        "seccomp": program.hex(),
    }


def _line() -> tuple[socket.socket, socket.socket]:
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def _launched(errors: int) -> ForkServer:
    ours, theirs = _line()
    with theirs:
        try:
            process = subprocess.Popen(  # noqa: S603 (our own Python and words)
                launch.command("server", theirs.fileno()),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                cwd="/",
                env=launch.environment(),
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )
        except OSError as error:
            ours.close()
            raise SandboxError(f"Python cannot be started: {error}") from error
    return ForkServer(process, ours)
