"""Wait for the end of a worker that has hung up, unless it runs on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.isolation.deadline import Deadline

if TYPE_CHECKING:
    from collections.abc import Callable

LEAVING_SECONDS: Final = 20.0  # by the clock, for the kernel to take a process apart
FLAGS: Final = 6  # which word after the name, in /proc/PID/stat
EXITING: Final = 0x4


def is_leaving(pid: int) -> bool:
    """Whether the kernel is ending this process already; False where nobody says."""
    if sys.platform != "linux":
        return False
    try:
        told = Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return False
    return bool(int(told.rpartition(b")")[2].split()[FLAGS]) & EXITING)


def has_left(
    pid: int,
    *,
    wait: Callable[[float], bool],
    cpu: Callable[[], float],
    grace: float,
) -> bool:
    """Whether the process ends by itself, within this grace of its own CPU seconds.

    `wait` says whether it ends within so many seconds by the clock. A process closes
    its files while it ends: then it is waited for, however slow a busy machine is, so
    that how it ended does not depend on that.
    """
    if grace <= 0:
        return wait(0.0)
    limit = Deadline(grace, cpu=cpu)
    while (left := limit.left()) > 0 and not is_leaving(pid):
        if wait(left):
            return True
    return wait(LEAVING_SECONDS if is_leaving(pid) else 0.0)
