"""The last preparations of a worker process before it is given student code."""

from __future__ import annotations

import faulthandler
import io
import signal
import sys
from typing import IO

from . import poison, seeding


def tell_where(trace: int | IO[str]) -> None:
    """Write the student's line there on a crash, and whenever the parent asks."""
    faulthandler.enable(trace, all_threads=False)
    if sys.platform != "win32":
        faulthandler.register(signal.SIGUSR1, trace, all_threads=False, chain=False)


def get_ready() -> None:
    """Fill what np.empty gives, fix all chance, and print line by line."""
    poison.install()
    seeding.reseed()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # What was printed before a crash is often what explains it.
            stream.reconfigure(line_buffering=True, errors="backslashreplace")
