"""The fork server: one warm process that forks a locked-down worker when asked."""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import select
import signal
import socket
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_MESSAGE: Final = 1 << 17
DESCRIPTORS: Final = 3  # wire, output, trace
NOT_LOCKED: Final = 71  # the exit status of a worker that could not be locked down
# What students import besides NumPy. Modules that load a shared library of the
# system must be here, for a worker can read no library folder but Python's own.
PRELOADED: Final = (
    "bz2",
    "copy",
    "ctypes",
    "dataclasses",
    "hashlib",
    "inspect",
    "lzma",
    "math",
    "numpy.fft",
    "numpy.lib.stride_tricks",
    "numpy.linalg",
    "random",
    "time",
    "traceback",
    "typing",
    "zlib",
)


@contextlib.contextmanager
def nothing_at_fork() -> Iterator[None]:
    """Have what is imported in here do nothing of its own when a worker is forked.

    `random` would seed itself anew, by chance, and `threading` look for threads that
    a server has not; both would write to many pages that a worker then has to copy.
    """
    register = os.register_at_fork
    os.register_at_fork = lambda **_: None
    try:
        yield
    finally:
        os.register_at_fork = register


def preload() -> None:
    """Import what workers need, and what they could not load any more."""
    for name in PRELOADED:
        try:
            importlib.import_module(name)
        except ImportError:
            continue  # a Python that was built without it


class Server:
    """Answers its clients' messages; keeps the workers that it has forked for them.

    The first client is the parent. It and its own children may have others join, each
    with a connection of its own.
    """

    def __init__(self, control: socket.socket, ready: Any) -> None:  # noqa: ANN401 (its module is imported late)
        self._ready = ready
        self._clients: dict[int, socket.socket] = {}  # by descriptor
        self._children: dict[int, tuple[int, socket.socket]] = {}  # pidfd -> pid, whose
        self._poll = select.poll()
        self._welcome(control)

    def serve(self) -> None:
        """Go on until the last client hangs up."""
        while self._clients:
            for descriptor, _ in self._poll.poll():
                if descriptor in self._children:
                    self._tell_end(descriptor)
                elif descriptor in self._clients:
                    self._answer(self._clients[descriptor])

    def _welcome(self, client: socket.socket) -> None:
        self._clients[client.fileno()] = client
        self._poll.register(client, select.POLLIN)

    def _answer(self, client: socket.socket) -> None:
        try:
            message, descriptors, _, _ = socket.recv_fds(
                client, LARGEST_MESSAGE, DESCRIPTORS
            )
        except OSError:
            message, descriptors = b"", []
        if not message:
            self._part_with(client)
            return
        asked = json.loads(message)
        if "join" in asked:
            self._welcome(socket.socket(fileno=descriptors[0]))
            return
        try:
            self._fork(client, asked, descriptors)
        except OSError as error:
            self._say(client, {"failed": str(error)})
        finally:
            for descriptor in descriptors:
                os.close(descriptor)

    def _part_with(self, client: socket.socket) -> None:
        """Forget a client that has hung up, and end its workers."""
        for child, (_, whose) in self._children.items():
            if whose is client:
                signal.pidfd_send_signal(child, signal.SIGKILL)
        self._poll.unregister(client)
        del self._clients[client.fileno()]
        client.close()

    def _fork(
        self, client: socket.socket, asked: dict[str, int], descriptors: list[int]
    ) -> None:
        self._ready.before_fork()
        pid = os.fork()
        if pid == 0:
            self._become_worker(asked, descriptors)
        child = os.pidfd_open(pid)
        self._children[child] = pid, client
        self._poll.register(child, select.POLLIN)
        self._say(client, {"forked": pid}, child)

    def _become_worker(self, asked: dict[str, int], descriptors: list[int]) -> None:
        """Be a worker, and never come back."""
        status = NOT_LOCKED
        try:
            for client in self._clients.values():
                client.detach()  # its number may soon be another file's
            self._ready.become_worker(asked, *descriptors)
        except BaseException as error:  # noqa: BLE001 (nothing may return from here)
            os.write(descriptors[2], str(error).encode("utf-8", "replace"))
        finally:
            os._exit(status)

    def _tell_end(self, child: int) -> None:
        self._poll.unregister(child)
        pid, client = self._children.pop(child)
        os.close(child)
        _, status = os.waitpid(pid, 0)
        self._say(client, {"ended": pid, "status": status})

    def _say(
        self, client: socket.socket, message: dict[str, Any], *descriptors: int
    ) -> None:
        # Whoever has hung up is parted with when that is read.
        with contextlib.suppress(OSError):
            socket.send_fds(client, [json.dumps(message).encode()], descriptors)


def main(arguments: list[str]) -> None:
    """Fork workers as long as the parent lives; NUMPY CONTROL."""
    folder, number = arguments
    with nothing_at_fork():
        from . import numpy_only  # noqa: PLC0415 (it imports some of these)

        numpy_only.prepare(folder)
        # These import NumPy, so that it must be findable first.
        from . import preparation, warming  # noqa: PLC0415

        preload()
    warming.warm()
    gc.collect()
    gc.freeze()  # so that a worker's collections do not copy all of this
    with socket.socket(fileno=int(number)) as control:
        asked = json.loads(control.recv(LARGEST_MESSAGE))
        try:
            ready = preparation.prepare(asked, folder)
        except preparation.RefusedError as error:
            told = {"refused": error.layer, "reason": error.reason}
            control.send(json.dumps(told).encode())
            return
        control.send(json.dumps({"ready": ready.applied}).encode())
        Server(control, ready).serve()
