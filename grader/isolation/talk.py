"""Ask one worker process and take its answers, as the wire has them."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from grader import wire
from grader.isolation import heard
from grader.isolation.requests import load_frame, run_frame
from grader.worker.packing import LAST, LOADING, MORE, OBSERVED, READY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from grader.calls import Loading, Observation, Request
    from grader.isolation.channel import Channel, Limit
    from grader.records import Program


class ViolationError(Exception):
    """What came over the wire is no reply to what was asked."""


class _WhenWaited:
    """A limit that begins when it is first looked at; most answers come before."""

    def __init__(self, begin: Callable[[], Limit]) -> None:
        self._begin = begin
        self._limit: Limit | None = None

    def left(self) -> float:
        """Return the seconds that are left, 0 when it is over."""
        if self._limit is None:
            self._limit = self._begin()
        return self._limit.left()


def _reply(
    channel: Channel, *, kind: int, nonce: int, largest: int, limit: Limit
) -> tuple[bytes, wire.Head]:
    data = channel.receive(wire.HEADER_SIZE, limit)
    head = wire.read_head(data, kind=kind, nonce=nonce, largest=largest)
    if isinstance(head, wire.Violation):
        raise ViolationError(head.detail)
    return channel.receive(head.length, limit), head


def _ask(channel: Channel, frame: bytes, limit: Limit) -> None:
    # A reply that waits before its request was made up.
    if not channel.is_quiet():
        raise ViolationError("something was sent before it was asked for")
    channel.send(frame, limit)


def greet(channel: Channel, limit: Limit) -> None:
    """Wait until a cold worker is ready; no student code has run in it yet."""
    _reply(channel, kind=READY, nonce=0, largest=0, limit=limit)


def load(
    channel: Channel, program: Program, *, limit: Limit
) -> Loading | wire.AdapterFailed:
    """Have the program's source run; raise LateError, GoneError, ViolationError."""
    nonce = secrets.randbits(64)
    _ask(channel, load_frame(program, nonce=nonce), limit)
    body, head = _reply(
        channel, kind=LOADING, nonce=nonce, largest=wire.TEXT_ROOM, limit=limit
    )
    ending = wire.read_loading(body, head)
    if isinstance(ending, wire.Violation):
        raise ViolationError(ending.detail)
    return ending


def answers(
    channel: Channel, request: Request, *, limit: Callable[[], Limit]
) -> Iterator[Observation]:
    """Yield the answer to each step; each has a limit of its own from `limit`.

    Raises LateError, GoneError, ViolationError: what came before stands.
    """
    nonce = secrets.randbits(64)
    _ask(channel, run_frame(request, nonce=nonce), _WhenWaited(limit))
    for _, _, seen in _told(channel, request, nonce=nonce, limit=limit):
        yield seen


def several(
    channel: Channel, requests: Sequence[Request], *, limit: Callable[[], Limit]
) -> Iterator[tuple[Observation, ...]]:
    """Ask all of it at once, and yield the answers to each request.

    Answers come later than they are given, those of one request and of the next. So
    where one is missing (LateError, GoneError) it need not be the one that was next.
    """
    nonces = [secrets.randbits(64) for _ in requests]
    kinds = [MORE] * (len(requests) - 1) + [LAST]
    frames = [
        run_frame(request, nonce=nonce, kind=kind)
        for request, nonce, kind in zip(requests, nonces, kinds, strict=True)
    ]
    _ask(channel, b"".join(frames), _WhenWaited(limit))
    for request, nonce in zip(requests, nonces, strict=True):
        seen = heard.again(request, channel, nonce=nonce, limit=limit)
        if seen is None:
            told = tuple(_told(channel, request, nonce=nonce, limit=limit))
            seen = tuple(answer for _, _, answer in told)
            heard.note(request, [(body, head) for body, head, _ in told], seen)
        yield seen


def _told(
    channel: Channel, request: Request, *, nonce: int, limit: Callable[[], Limit]
) -> Iterator[tuple[bytes, wire.Head, Observation]]:
    """Yield each answer, after its body and what its header says."""
    largest = wire.largest_reply(request)
    for step in request.steps:
        now = _WhenWaited(limit)
        body, head = _reply(
            channel, kind=OBSERVED, nonce=nonce, largest=largest, limit=now
        )
        seen = wire.read_answer(body, head, step=step, request=request)
        if isinstance(seen, wire.Violation):
            raise ViolationError(seen.detail)
        yield body, head, seen
