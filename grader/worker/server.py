"""The fork server: one warm process that forks a locked-down worker when asked."""

from __future__ import annotations

import gc
import importlib
import json
import os
import select
import socket
from typing import Any, Final

from . import numpy_only

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


def preload() -> None:
    """Import what workers need, and what they could not load any more."""
    for name in PRELOADED:
        try:
            importlib.import_module(name)
        except ImportError:
            continue  # a Python that was built without it
    gc.collect()
    gc.freeze()  # so that a worker's collections do not copy all of this


class Server:
    """Answers the parent's messages; keeps the workers that it has forked."""

    def __init__(self, control: socket.socket, ready: Any) -> None:  # noqa: ANN401 (its module is imported late)
        self._control = control
        self._ready = ready
        self._children: dict[int, int] = {}  # pidfd -> pid
        self._poll = select.poll()
        self._poll.register(control, select.POLLIN)

    def serve(self) -> None:
        """Go on until the parent hangs up."""
        while True:
            for descriptor, _ in self._poll.poll():
                if descriptor != self._control.fileno():
                    self._tell_end(descriptor)
                elif not self._answer():
                    return

    def _answer(self) -> bool:
        message, descriptors, _, _ = socket.recv_fds(
            self._control, LARGEST_MESSAGE, DESCRIPTORS
        )
        if not message:
            return False
        try:
            self._fork(json.loads(message), descriptors)
        except OSError as error:
            self._say({"failed": str(error)})
        finally:
            for descriptor in descriptors:
                os.close(descriptor)
        return True

    def _fork(self, asked: dict[str, int], descriptors: list[int]) -> None:
        self._ready.before_fork()
        pid = os.fork()
        if pid == 0:
            self._become_worker(asked, descriptors)
        child = os.pidfd_open(pid)
        self._children[child] = pid
        self._poll.register(child, select.POLLIN)
        self._say({"forked": pid}, child)

    def _become_worker(self, asked: dict[str, int], descriptors: list[int]) -> None:
        """Be a worker, and never come back."""
        status = NOT_LOCKED
        try:
            self._control.detach()  # its number may soon be another file's
            self._ready.become_worker(asked, *descriptors)
        except BaseException as error:  # noqa: BLE001 (nothing may return from here)
            os.write(descriptors[2], str(error).encode("utf-8", "replace"))
        finally:
            os._exit(status)

    def _tell_end(self, child: int) -> None:
        self._poll.unregister(child)
        pid = self._children.pop(child)
        os.close(child)
        _, status = os.waitpid(pid, 0)
        self._say({"ended": pid, "status": status})

    def _say(self, message: dict[str, Any], *descriptors: int) -> None:
        socket.send_fds(self._control, [json.dumps(message).encode()], descriptors)


def main(arguments: list[str]) -> None:
    """Fork workers as long as the parent lives; NUMPY CONTROL."""
    folder, number = arguments
    numpy_only.prepare(folder)
    # These import NumPy, so that it must be findable first.
    from . import preparation  # noqa: PLC0415

    preload()
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
