"""What a started worker process is to the parent, whatever wall it is behind."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from grader.calls import Died
from grader.worker.serve import OUT_OF_MEMORY

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.isolation.channel import Channel
    from grader.records import Limits

WINDOWS_CRASH: Final = 0xC0000000  # exit codes from here on are exceptions there


@dataclass(frozen=True, slots=True, kw_only=True)
class Exited:
    """It left by itself with this status."""

    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Signalled:
    """A signal ended it."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Killed:
    """It was still running when it was killed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """What kept it has ended, and took it along: not the student's doing."""


Ending: TypeAlias = Exited | Signalled | Killed | Lost


class Process(Protocol):
    """One running worker."""

    @property
    def channel(self) -> Channel:
        """The wire to it."""

    def cpu(self) -> float:
        """CPU seconds it has used since it was ready."""

    def ask_where(self) -> None:
        """Have it write where it is to the channel's trace, if it can."""

    def kill(self, *, grace: float = 0.0) -> Ending:
        """End it with all that it has started, and say how it ended.

        An end of its own within the grace (seconds of CPU) is told as it was. Calling
        this again is harmless.
        """


Start: TypeAlias = "Callable[[Limits], Process]"


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def told(ending: Exited | Signalled | Killed) -> Died:
    """Put an ending that nobody asked for into the terms of an observation."""
    match ending:
        case Exited(status=status) if status == OUT_OF_MEMORY:
            return Died(cause="memory", detail="no memory was left to answer")
        case Exited(status=status) if status >= WINDOWS_CRASH:
            return Died(cause="signal", detail=f"exception 0x{status:08X}")
        case Exited(status=status):
            return Died(cause="exit", detail=f"exit status {status}")
        case Signalled(number=number):
            return Died(cause="signal", detail=_signal_name(number))
        case Killed():
            return Died(cause="protocol", detail="the wire was closed")
