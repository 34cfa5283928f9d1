"""Stop a call that runs in this process: at its deadline, and at an interrupt."""

from __future__ import annotations

import signal
import threading
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Final

from grader.isolation.deadline import WALL_FACTOR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

TICK_SECONDS: Final = 0.05


class LateError(BaseException):
    """The deadline is over; no exception that a student's `except` asks for."""


class Alarm:
    """Watches over one call at a time; without POSIX timers it only looks afterwards.

    Seconds are CPU time of this thread, or five times that by the clock. Whoever
    catches the exception and goes on gets it again at the next tick.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._is_armed = False
        self._cpu_end = self._wall_end = 0.0
        self.was_interrupted = False
        self.where: FrameType | None = None  # of the call that was late

    @contextmanager
    def set(self) -> Iterator[None]:
        """Raise LateError in here when the time is over; wait for nothing else."""
        self._cpu_end = time.thread_time() + self._seconds
        self._wall_end = time.monotonic() + WALL_FACTOR * self._seconds
        with ExitStack() as undo:
            if threading.current_thread() is threading.main_thread():
                self._arm(undo)
            try:
                yield
            finally:
                self._is_armed = False

    def _arm(self, undo: ExitStack) -> None:
        undo.enter_context(_handled(self._interrupted))
        if hasattr(signal, "setitimer"):
            ticked = signal.signal(signal.SIGALRM, self._ticked)
            undo.callback(signal.signal, signal.SIGALRM, ticked)
            timer = signal.setitimer(signal.ITIMER_REAL, TICK_SECONDS, TICK_SECONDS)
            undo.callback(signal.setitimer, signal.ITIMER_REAL, *timer)
        self._is_armed = True

    @property
    def is_over(self) -> bool:
        """Whether the call took longer than it may."""
        cpu, wall = time.thread_time(), time.monotonic()
        return cpu >= self._cpu_end or wall >= self._wall_end

    def _ticked(self, _: int, frame: FrameType | None) -> None:
        if not self._is_armed:
            return
        if self.was_interrupted:
            raise KeyboardInterrupt
        if self.is_over:
            self.where = self.where or frame
            raise LateError

    def _interrupted(self, _: int, __: FrameType | None) -> None:
        self.was_interrupted = True
        raise KeyboardInterrupt


class Interrupts:
    """Remembers an interrupt, for code of others may swallow the exception.

    C code that asks Python code for something often clears whatever that raises.
    """

    def __init__(self) -> None:
        self.came = False

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Note interrupts in here; each still raises KeyboardInterrupt, too."""
        with _handled(self._interrupted):
            yield
        self.raise_again()

    def raise_again(self) -> None:
        """Raise KeyboardInterrupt if there was one."""
        if self.came:
            raise KeyboardInterrupt

    def _interrupted(self, _: int, __: FrameType | None) -> None:
        self.came = True
        raise KeyboardInterrupt


@contextmanager
def held_back() -> Iterator[None]:
    """Let an interrupt wait until what is in here is done: it starts processes."""
    came: list[int] = []
    with _handled(lambda number, _: came.append(number)):
        yield
    if came:
        raise KeyboardInterrupt


@contextmanager
def _handled(handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Handle interrupts so; only the main thread can, and none that C handles."""
    is_main = threading.current_thread() is threading.main_thread()
    before = signal.getsignal(signal.SIGINT)
    if not is_main or before is None:
        yield
        return
    signal.signal(signal.SIGINT, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
