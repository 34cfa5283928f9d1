"""The parent's end of the wire: bytes both ways, with a deadline and no blocking."""

from __future__ import annotations

import selectors
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    import socket

MOST_KEPT: Final = 1 << 16  # of what a worker prints
LARGEST_READ: Final = 1 << 20
READ_AHEAD: Final = 1 << 17  # a header, its body and often the next ones in one call
MOST_PARTS: Final = 16
SHORTEST_WAIT: Final = 0.001
QUIET: Final = 0.02  # a trace that stops for so long is whole


class Limit(Protocol):
    """How long one may still wait."""

    def left(self) -> float:
        """Return the seconds that are left, 0 when it is over."""


class LateError(Exception):
    """The deadline has passed."""


class GoneError(Exception):
    """The other end has hung up."""


class Drain:
    """One stream that is read all the time, so that its writer never waits."""

    def __init__(self, source: socket.socket, *, room: int = MOST_KEPT) -> None:
        self.source = source
        self.kept = bytearray()
        self._room = room

    def flow(self) -> bool:
        """Take a part of what is there; False if nothing more is to come.

        One part only: whoever prints faster than it is read must not keep the parent
        from looking at the clock.
        """
        try:
            part = self.source.recv(LARGEST_READ)
        except (BlockingIOError, InterruptedError):
            return True
        except OSError:
            return False
        self.kept += part[: self._room - len(self.kept)]
        return bool(part)

    def rest(self) -> None:
        """Take what a writer that has stopped has left, or a good part of it."""
        for _ in range(MOST_PARTS):
            if not self.flow():
                return


class Channel:
    """The wire to one worker, and the streams that it prints to."""

    def __init__(
        self, wire: socket.socket, *, output: socket.socket, trace: socket.socket
    ) -> None:
        self.wire = wire
        self.output = Drain(output)
        self.trace = Drain(trace)
        self._ahead = bytearray()  # what has come and
        self._taken = 0  # how much of it was asked for: the last answer, say
        self._selector = selectors.DefaultSelector()
        for drain in (self.output, self.trace):
            drain.source.settimeout(0.0)
            self._selector.register(drain.source, selectors.EVENT_READ, drain)
        wire.settimeout(0.0)
        self._selector.register(wire, selectors.EVENT_READ)

    def is_quiet(self) -> bool:
        """Whether nothing has been sent that was not asked for; a hang-up is quiet."""
        if len(self._ahead) > self._taken:
            return False
        try:
            return not self.wire.recv(1)
        except OSError:
            return True

    def send(self, frame: bytes, limit: Limit) -> None:
        """Send all of it; LateError or GoneError if that cannot be."""
        rest = memoryview(frame)
        while rest:
            left = limit.left()
            try:
                rest = rest[self.wire.send(rest) :]
            except (BlockingIOError, InterruptedError):
                self._wait_to_send(left)
            except OSError as error:
                raise GoneError from error

    def _wait_to_send(self, left: float) -> None:
        """Wait until a part can be sent, and take what comes meanwhile.

        The other end may not read on before its answers to what was sent are taken.
        """
        both = selectors.EVENT_WRITE | selectors.EVENT_READ
        has_room = len(self._ahead) < LARGEST_READ
        self._selector.modify(self.wire, both if has_room else selectors.EVENT_WRITE)
        try:
            self._wait(left)
        finally:
            self._selector.modify(self.wire, selectors.EVENT_READ)
        if has_room:
            self._take_what_came()

    def _take_what_came(self) -> None:
        try:
            part = self.wire.recv(READ_AHEAD)
        except (BlockingIOError, InterruptedError):
            return
        if not part:
            raise GoneError
        self._ahead += part

    def receive(self, size: int, limit: Limit) -> bytes:
        """Return exactly so many bytes; LateError or GoneError if that cannot be.

        Memory grows with what has come, not with what was announced.
        """
        if len(self._ahead) - self._taken < size:
            self._fill(size, limit)
        start = self._taken
        self._taken += size
        return bytes(memoryview(self._ahead)[start : self._taken])

    def more(self, limit: Limit) -> None:
        """Wait until more has come; LateError or GoneError if nothing does."""
        self._fill(len(self._ahead) - self._taken + 1, limit)

    def take(self, awaited: bytes | bytearray) -> bool | None:
        """Take these bytes if they are what has come, else nothing.

        None: what has come so far is the beginning of them.
        """
        if self._ahead.startswith(awaited, self._taken):
            self._taken += len(awaited)
            return True
        come = bytes(memoryview(self._ahead)[self._taken :])
        return None if awaited.startswith(come) else False

    def _fill(self, size: int, limit: Limit) -> None:
        del self._ahead[: self._taken]
        self._taken = 0
        while (missing := size - len(self._ahead)) > 0:
            # Before the look at the wire: what came in time, a hang-up too, is seen in
            # time, however late this process gets to look.
            left = limit.left()
            try:
                part = self.wire.recv(min(max(missing, READ_AHEAD), LARGEST_READ))
            except (BlockingIOError, InterruptedError):
                self._wait(left)
                continue
            except OSError as error:
                raise GoneError from error
            if not part:
                raise GoneError
            self._ahead += part
            if left <= 0 and len(part) < missing:
                raise LateError

    def _wait(self, left: float) -> None:
        if left <= 0:
            raise LateError
        self._flow(max(left, SHORTEST_WAIT))

    def _flow(self, seconds: float) -> None:
        for key, _ in self._selector.select(seconds):
            if isinstance(key.data, Drain) and not key.data.flow():
                self._selector.unregister(key.fileobj)

    def drain(self) -> None:
        """Take what has been printed, without waiting."""
        self.output.rest()
        self.trace.rest()

    def traced(self, limit: Limit) -> bytes:
        """Return what was told of the place it is at, once no more of it comes."""
        before = 0
        while limit.left() > 0:
            self._flow(QUIET)
            if self.trace.kept and len(self.trace.kept) == before:
                break
            before = len(self.trace.kept)
        self.trace.rest()
        return bytes(self.trace.kept)

    def close(self) -> None:
        """Close all three; what was kept stays."""
        self._selector.close()
        for each in (self.wire, self.output.source, self.trace.source):
            each.close()
