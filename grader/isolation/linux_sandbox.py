"""The Linux sandbox: workers forked from a warm server behind walls of the kernel's."""

from __future__ import annotations

import os
import tempfile
import time
from typing import TYPE_CHECKING, Final

from grader.errors import SandboxError
from grader.isolation import fork_server
from grader.isolation.deadline import Patience
from grader.isolation.fork_server import (
    CannotForkError,
    RefusedLayer,
    ServerEndedError,
)
from grader.isolation.forked import ForkedProcess, fork
from grader.isolation.layers import Layers
from grader.isolation.worker import MOST_STARTS, ProcessWorker
from grader.records import Limits, Program, Tier

if TYPE_CHECKING:
    from grader.isolation.canary import Observed
    from grader.isolation.fork_server import ForkServer

ALL_LAYERS: Final = Layers()
FULL_SECONDS: Final = 20.0  # by the clock; two calls of a submission may take as long
PAUSE: Final = 0.1


class LinuxSandbox:
    """Forks a locked-down worker for every program.

    Builds the layers that are asked for and that the machine has; `refused` says
    which it has not. A fork server that ends is started again with the same layers.
    A forked child of this process shares the server. Raises SandboxError if no fork
    server starts at all.
    """

    def __init__(self, layers: Layers = ALL_LAYERS) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="convgrade-")
        self.layers = layers
        self.refused: tuple[RefusedLayer, ...] = ()
        self.observed: Observed | None = None
        self._owner = self._process = os.getpid()  # who opened it, and who uses it here
        try:
            self._server = self._with_what_there_is()
        except BaseException:  # an interrupt, too, must leave no folder behind
            self._folder.cleanup()
            raise

    def _with_what_there_is(self) -> ForkServer:
        while True:
            started = fork_server.start(self.layers, base=self._folder.name)
            if not isinstance(started, RefusedLayer):
                return started
            self.refused += (started,)
            self.layers = self.layers.without(started.layer)

    @property
    def tier(self) -> Tier:
        """How strong the wall is; weak until a canary has been behind it."""
        return Tier.WEAK if self.observed is None else self.observed.tier

    @property
    def applied(self) -> tuple[str, ...]:
        """The layers that stand."""
        return self._server.applied

    def open(self, program: Program, limits: Limits) -> ProcessWorker:
        """Prepare a worker; it is forked when it is needed."""
        return ProcessWorker(program, limits, start=self._start)

    def _start(self, limits: Limits) -> ForkedProcess:
        for _ in range(MOST_STARTS):
            try:
                self._join_if_forked()
                return self._forked(limits)
            except ServerEndedError:
                self._restart()
        raise SandboxError(f"the fork server has ended {MOST_STARTS} times in a row")

    def _forked(self, limits: Limits) -> ForkedProcess:
        """Return a worker; a machine without room is waited for.

        What fills it may be another worker's threads, which end at their deadline.
        """
        patience = Patience(FULL_SECONDS)
        while True:
            try:
                return fork(self._server, limits)
            except CannotForkError:
                if patience.left() <= 0:
                    raise
                time.sleep(PAUSE)

    def _join_if_forked(self) -> None:
        """Get a line of one's own: of an inherited one, two would read the answers."""
        if self._process != os.getpid():
            self._process = os.getpid()
            self._inherited = self._server  # kept: another process waits for its end
            self._server = self._inherited.joined()

    def _restart(self) -> None:
        self._server.close()
        started = self._started_again()
        if isinstance(started, RefusedLayer):
            raise SandboxError(
                f"the layer {started.layer!r} was there before: {started.reason}"
            )
        self._server = started

    def _started_again(self) -> ForkServer | RefusedLayer:
        for _ in range(MOST_STARTS - 1):
            try:
                return fork_server.start(self.layers, base=self._folder.name)
            except SandboxError:  # what has ended the one before may hit this one too
                continue
        return fork_server.start(self.layers, base=self._folder.name)

    def close(self) -> None:
        """End the fork server, every worker that is left, and the folder.

        In a forked child, only what is its own.
        """
        if self._process != os.getpid():
            return
        self._server.close()
        if self._process == self._owner:
            self._folder.cleanup()
