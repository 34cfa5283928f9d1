"""Answer the parent's frames, one program a process, until it hangs up."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Final

from . import asking, frames, packing, plain
from .calling import Calls
from .plain import Packed
from .program import Running

if TYPE_CHECKING:
    from collections.abc import Callable

OUT_OF_MEMORY: Final = 77  # exit statuses that the parent puts into words
BROKEN: Final = 70
LONGEST_WAIT: Final = 0.05  # seconds that an answer may wait for others, at a call
MOST_WAITING: Final = 1 << 17  # bytes
LARGEST_READ: Final = 1 << 20

# Bound before student code runs: what it patches is not what we call.
_read, _write, _exit, _clock = os.read, os.write, os._exit, time.monotonic


class HungUpError(Exception):
    """The parent has closed its end."""


def _receive(source: int, size: int) -> bytearray:
    received = bytearray(_read(source, min(size, LARGEST_READ)) if size else b"")
    if size and not received:
        raise HungUpError
    while len(received) < size:
        part = _read(source, min(size - len(received), LARGEST_READ))
        if not part:
            raise HungUpError
        received += part
    return received


def heard(source: int) -> tuple[packing.Header, bytearray]:
    """Return the next frame's header and body."""
    head = packing.read_header(_receive(source, packing.HEADER.size))
    return head, _receive(source, head.length)


def _send(sink: int, frame: bytes) -> None:
    rest = memoryview(frame)
    while rest:
        rest = rest[_write(sink, rest) :]


class Outbox:
    """Frames on their way to the parent; every write wakes it."""

    def __init__(self, sink: int) -> None:
        self._sink = sink
        self._waiting: list[tuple[packing.Body, int, int]] = []  # and kind, and nonce
        self._size = 0
        self._since = 0.0  # when the first of them was put in

    def put(self, body: packing.Body, kind: int, nonce: int) -> None:
        """Put in what a frame is made of."""
        if not self._waiting:
            self._since = _clock()
        self._waiting.append((body, kind, nonce))
        self._size += sum(map(len, body.parts))

    def may_wait(self) -> bool:
        """Say whether what is in here may wait for a call of student code to end."""
        if not self._waiting:
            return True
        return self._size < MOST_WAITING and _clock() - self._since < LONGEST_WAIT

    def send(self) -> None:
        """Make frames of it and send all of them: what is done at once is quick."""
        parts: list[bytes] = []
        for body, kind, nonce in self._waiting:
            parts += packing.framed(body, kind, nonce)
        self._waiting, self._size = [], 0
        _send(self._sink, b"".join(parts))


def _answers(source: int, sink: int) -> None:
    running: Running | None = None
    outbox = Outbox(sink)
    asked: list[tuple[packing.Header, asking.Asked]] = []
    while True:
        head, body = heard(source)
        if head.kind == packing.LOAD:
            running = Running(asking.read_program(body))
            running.own.install()
            told = frames.loading(running.load())
            outbox.put(told, packing.LOADING, head.nonce)
        else:
            asked.append((head, asking.read_request(body)))
        body.clear()  # what was sent is the parent's alone to compare with
        if head.kind == packing.MORE:  # student code is not called in between
            continue
        for head, request in asked:
            if running is not None:
                answer(running, request, head, outbox)
        asked.clear()
        outbox.send()


def answer(
    running: Running, request: asking.Asked, head: packing.Header, outbox: Outbox
) -> None:
    """Put the answers into the outbox, and send what may not wait for a call."""
    largest, arrays, steps = request
    calls = Calls(running, arrays, largest=largest)
    for step in steps:
        is_call = isinstance(step, (plain.Forward, plain.Backward))
        if is_call and (head.kind == packing.RUN or not outbox.may_wait()):
            outbox.send()
        seen = calls.answer(step)
        told = seen if type(seen) is Packed else frames.observed(seen, largest)
        outbox.put(told, packing.OBSERVED, head.nonce)


def serve(source: int, sink: int, *, leave: Callable[[int], None] = _exit) -> None:
    """Read requests from one descriptor and answer on the other, then leave.

    Never returns to its caller in a real worker: what student code has registered to
    run at exit, or left running in threads, does not run on.
    """
    try:
        _answers(source, sink)
    except (HungUpError, OSError):
        leave(0)
    except MemoryError:
        leave(OUT_OF_MEMORY)
    except BaseException:  # noqa: BLE001 (a late signal handler of the student's)
        leave(BROKEN)
