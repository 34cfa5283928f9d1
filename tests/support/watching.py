"""Ask this process what it has open and has started."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import time
from pathlib import Path
from typing import Final

import psutil

import grader

WORKER: Final = str(Path(grader.__file__).parent / "worker")


def children() -> set[int]:
    """All processes that this one has started, and theirs."""
    return {child.pid for child in psutil.Process().children(recursive=True)}


def descriptors() -> int:
    """How many files this process has open."""
    return psutil.Process().num_fds()


def resident() -> int:
    """Bytes of memory that this process keeps, once it has given back what it can."""
    gc.collect()
    # One large reply leaves its pages with the allocator, which reuses them.
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
    return psutil.Process().memory_info().rss


def survivors(*, patience: float = 5.0) -> list[str]:
    """Return workers that nobody keeps any more; they get some time to end."""
    end = time.monotonic() + patience
    while True:
        found = [str(each) for each in psutil.process_iter() if _is_orphan(each)]
        if not found or time.monotonic() > end:
            return found
        time.sleep(0.05)


def _is_orphan(process: psutil.Process) -> bool:
    try:
        return WORKER in process.cmdline() and process.ppid() == 1
    except psutil.Error:
        return False
