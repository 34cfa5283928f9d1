"""A pool of processes on this machine, which end when they should."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import connection, util
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.process import BaseProcess
    from types import FrameType

IDLE: Final = 1.0  # seconds in which a process that has nothing to do is gone
GRACE: Final = 5.0  # seconds to close sandboxes in
THREADS: Final = Path("/proc/self/task")
_CLOSING: Final[list[Callable[[], None]]] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class Processes:
    """As many processes as jobs; a few tasks wait, so that none has to."""

    jobs: int

    @property
    def width(self) -> int:
        """How many tasks may be in flight at once."""
        return 2 * self.jobs

    def at_most(self, tasks: int) -> Processes:
        """Return no more processes than there are tasks for them."""
        return Processes(jobs=max(1, min(self.jobs, tasks)))

    def start(self) -> Executor:
        """Return a fresh executor; where processes may be forked, they are by now.

        Else they start when they are needed.
        """
        forks = may_fork()
        executor = ProcessPoolExecutor(
            max_workers=self.jobs,
            mp_context=multiprocessing.get_context("fork" if forks else "spawn"),
            initializer=prepare_process,
        )
        if forks:
            executor.submit(os.getpid)  # anything: the first task starts all of them
        return executor

    def stop(self, executor: Executor) -> None:
        """End the processes, in the middle of a task if need be, and wait for them."""
        # Private, and public as terminate_workers() from Python 3.14 only.
        processes = list((getattr(executor, "_processes", None) or {}).values())
        executor.shutdown(wait=False, cancel_futures=True)
        left = _left_after(IDLE, processes)
        for process in left:
            process.terminate()
        # An exception in a signal handler can get lost in the interpreter, so a
        # process may have missed it.
        for process in _left_after(GRACE, left):
            process.kill()
        executor.shutdown(wait=True)


def _left_after(seconds: float, processes: list[BaseProcess]) -> list[BaseProcess]:
    """Wait for the processes to end, and return those that have not."""
    deadline = time.monotonic() + seconds
    running = {process.sentinel: process for process in processes}
    while running and (rest := deadline - time.monotonic()) > 0:
        for sentinel in connection.wait(list(running), timeout=rest):
            del running[sentinel]  # type: ignore[arg-type]  # what was put in
    return list(running.values())


def may_fork() -> bool:
    """Whether a fork is safe here: it copies locks, and no threads to open them."""
    return sys.platform == "linux" and len(list(THREADS.iterdir())) == 1


def prepare_process() -> None:
    """Make this process end with its parent, and leave Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # what was inherited stays, and need not be looked through
    parent = multiprocessing.parent_process()
    if parent is not None:
        # A process that waits for work would wait for ever if its parent was killed.
        watch = threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True)
        watch.start()
    signal.signal(signal.SIGTERM, _leave)  # last: what it raises must not end up here


def at_exit(close: Callable[[], None]) -> None:
    """Call this before the process ends, also if that is because its parent was killed.

    Not if it is killed itself.
    """
    util.Finalize(None, close, exitpriority=0)
    _CLOSING.append(close)


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _leave(number: int, frame: FrameType | None) -> None:
    """Leave as after an error, so that everything is closed on the way."""
    del frame
    parent = multiprocessing.parent_process()
    if parent is None or parent.is_alive():
        sys.exit(128 + number)
    for close in _CLOSING:  # nobody is left who would call the exit functions
        close()
    os._exit(1)


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os.kill(os.getpid(), signal.SIGTERM)  # a signal wakes a main thread that waits
    time.sleep(GRACE)
    os._exit(1)
