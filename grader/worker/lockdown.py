"""Lock a forked worker down, layer by layer, before it is given any source."""

from __future__ import annotations

import os
import resource
import signal
from typing import NamedTuple

from . import limits, linux


class Layers(NamedTuple):
    """What the fork server has prepared for its workers."""

    landlock: int | None  # a set of rules, open
    filter: linux.CallFilter | None  # for seccomp
    most_threads: int  # as the kernel counts them; root's it does not count


def _limit_threads(most: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NPROC)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_NPROC, (most, most))


def lock(layers: Layers, *, memory_mb: int, cpu_seconds: int, used: int) -> None:
    """Give everything up, in an order in which nothing is needed once it is gone.

    OSError if a layer that was prepared is refused: no student code may run then.
    """
    linux.die_with_parent(signal.SIGKILL)
    limits.limit(memory_mb=memory_mb, cpu_seconds=cpu_seconds, used=used)
    _limit_threads(layers.most_threads)
    linux.set_capabilities(0)
    linux.forbid_new_privileges()
    linux.forbid_tracing()
    if layers.landlock is not None:
        linux.landlock_restrict(layers.landlock)
        os.close(layers.landlock)
    if layers.filter is not None:
        linux.filter_calls(layers.filter)
