"""Count a worker's CPU time against a limit, and its wall time against five."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

WALL_FACTOR: Final = 5.0  # a busy machine stretches a second of CPU this far at most


def cpu_clock(pid: int) -> Callable[[], float]:
    """Return a clock of the CPU seconds that all threads of the process have used.

    Once the process is gone it stands still at the last time that was seen.
    """
    read = _linux_clock(pid) if sys.platform == "linux" else _psutil_clock(pid)
    last = 0.0

    def now() -> float:
        nonlocal last
        try:
            last = max(last, read())
        except OSError:  # it has ended
            return last
        return last

    return now


def _linux_clock(pid: int) -> Callable[[], float]:
    if pid <= 0:  # it ended before it was looked at; these would be clocks of our own
        return lambda: 0.0
    # What clock_getcpuclockid(3) gives; Python does not offer it.
    clock = (~pid << 3) | 2
    return lambda: time.clock_gettime(clock)


def _psutil_clock(pid: int) -> Callable[[], float]:
    import psutil  # noqa: PLC0415 (20 ms that Linux does not need)

    def read() -> float:
        try:
            times = psutil.Process(pid).cpu_times()
        except psutil.Error as error:
            raise ProcessLookupError(pid) from error
        return float(times.user + times.system)

    return read


class Deadline:
    """When an answer must be there: seconds of CPU, or five times that by the clock."""

    def __init__(
        self, seconds: float, *, cpu: Callable[[], float], used: float | None = None
    ) -> None:
        """Begin now, at the time `used` of the clock if it has just been read."""
        self.seconds = seconds
        self._cpu = cpu
        self._cpu_end = (cpu() if used is None else used) + seconds
        self._wall_end = time.monotonic() + WALL_FACTOR * seconds

    def left(self) -> float:
        """Return for how many seconds it surely need not be looked at; 0: it is over.

        CPU time passes at most as fast as wall time, but for a worker's own threads.
        """
        left = min(self._cpu_end - self._cpu(), self._wall_end - time.monotonic())
        return max(left, 0.0)


class Patience:
    """Some seconds by the clock, for waits that no student is to blame for."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left, 0 when they are over."""
        return max(self._end - time.monotonic(), 0.0)
