"""Answer the parent's frames, one program a process, until it hangs up."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from . import frames, packing, plain
from .calling import Calls
from .program import Running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OUT_OF_MEMORY: Final = 77  # exit statuses that the parent puts into words
BROKEN: Final = 70

# Bound before student code runs: what it patches is not what we call.
_read, _write, _exit = os.read, os.write, os._exit


class HungUpError(Exception):
    """The parent has closed its end."""


def _receive(source: int, size: int) -> bytearray:
    received = bytearray()
    while len(received) < size:
        part = _read(source, min(size - len(received), 1 << 20))
        if not part:
            raise HungUpError
        received += part
    return received


def _send(sink: int, frame: bytes) -> None:
    rest = memoryview(frame)
    while rest:
        rest = rest[_write(sink, rest) :]


def _answers(source: int, sink: int) -> None:
    running: Running | None = None
    while True:
        head = packing.read_header(_receive(source, packing.HEADER.size))
        body = _receive(source, head.length)
        if head.kind == packing.LOAD:
            running = Running(frames.read_program(body))
            running.own.install()
            told = frames.loading(running.load())
            _send(sink, told.frame(packing.LOADING, head.nonce))
        elif running is not None:
            for answers in _observed(running, body, head.nonce):
                _send(sink, answers)


def _observed(running: Running, body: bytearray, nonce: int) -> Iterator[bytes]:
    """Yield the answers, each before the next call of student code.

    Every write wakes the parent: what needs no call goes along with the one before.
    """
    largest, arrays, steps = frames.read_request(body)
    body.clear()  # what was sent is the parent's alone to compare with
    calls = Calls(running, arrays)
    ready = b""
    for step in steps:
        if ready and isinstance(step, (plain.Forward, plain.Backward)):
            yield ready
            ready = b""
        told = frames.observed(calls.answer(step), largest)
        ready += told.frame(packing.OBSERVED, nonce)
    yield ready


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
