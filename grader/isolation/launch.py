"""Start Python on the worker folder with pipes to it and nothing else."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

import grader.worker
from grader.isolation.channel import Channel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WORKER_FOLDER: Final = Path(grader.worker.__file__).parent
NUMPY_FOLDER: Final = Path(np.__file__).parents[1]
# -I: no user's path or variables; -S: no site-packages; -B: writes no .pyc.
FLAGS: Final = ("-I", "-S", "-B", "-X", "utf8")


def executable() -> str:
    """Return the Python to run; not a venv's starter, which would start a second."""
    if sys.platform == "win32":
        return str(getattr(sys, "_base_executable", sys.executable))
    return sys.executable


def environment() -> dict[str, str]:
    """Return what a worker finds in its environment: nothing, where that can be."""
    if sys.platform == "win32":
        return {"SYSTEMROOT": os.environ.get("SYSTEMROOT", "")}  # sockets need it
    return {}


def command(mode: str, *arguments: object) -> list[str]:
    """Return the command line that starts the worker folder in this mode."""
    words = (mode, NUMPY_FOLDER, *arguments)
    return [executable(), *FLAGS, str(WORKER_FOLDER), *map(str, words)]


class Ends:
    """Both ends of the three connections to one worker."""

    def __init__(self) -> None:
        self.wire, self.worker_wire = socket.socketpair()
        self.output, self.worker_output = socket.socketpair()
        self.trace, self.worker_trace = socket.socketpair()

    def channel(self) -> Channel:
        """Return the parent's end."""
        return Channel(self.wire, output=self.output, trace=self.trace)

    def close_theirs(self) -> None:
        """Close the worker's ends here, so that its hanging up is seen."""
        for each in (self.worker_wire, self.worker_output, self.worker_trace):
            each.close()

    def close(self) -> None:
        """Close everything: the worker could not be started."""
        self.close_theirs()
        for each in (self.wire, self.output, self.trace):
            each.close()


@contextlib.contextmanager
def no_input() -> Iterator[int]:
    """Give a descriptor to read nothing from.

    A pipe, not a device: what root's worker does to that it does to the machine.
    """
    nothing, writer = os.pipe()
    os.close(writer)
    try:
        yield nothing
    finally:
        os.close(nothing)


def start_cold(
    ends: Ends, numbers: Sequence[int], *, folder: str
) -> subprocess.Popen[bytes]:
    """Start a cold worker in a session of its own; OSError if it cannot be."""
    wire, trace = ends.worker_wire.fileno(), ends.worker_trace.fileno()
    with no_input() as nothing:
        return subprocess.Popen(  # noqa: S603 (our own Python and our own words)
            command("cold", wire, wire, trace, *numbers),
            stdin=nothing,
            stdout=ends.worker_output.fileno(),
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=environment(),
            pass_fds=(wire, trace),
            start_new_session=True,
        )
