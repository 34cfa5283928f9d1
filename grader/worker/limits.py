"""Limits that a worker sets on itself before any student code runs."""

from __future__ import annotations

import contextlib
import sys

MOST_FILES = 64
MEGABYTE = 1 << 20
STATM = "/proc/self/statm"
GUESSED = 512 * MEGABYTE  # what Python and NumPy take where nobody says


def used_now() -> int:
    """Return how many bytes of address space Python and NumPy have taken already."""
    try:
        with open(STATM, "rb") as statm:
            pages = int(statm.read().split()[0])
    except OSError:
        return GUESSED
    import resource  # noqa: PLC0415 (there is none on Windows)

    return pages * resource.getpagesize()


def limit(*, memory_mb: int, cpu_seconds: int, used: int) -> None:
    """Limit memory beyond what is used, CPU time, written bytes, dumps, open files.

    Each limit is set where the platform has it; the CPU limit is a second fence, for
    the parent's own deadline comes first.
    """
    if sys.platform == "win32":
        return  # the parent's job object does it
    import resource  # noqa: PLC0415 (there is none on Windows)

    memory = used + memory_mb * MEGABYTE
    wanted = (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, MOST_FILES),
    )
    for kind, size in wanted:
        # macOS refuses some of them.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (size, size))
