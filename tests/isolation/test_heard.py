"""Whole replies that are known again."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worker_programs import FORWARD, request

from grader import wire
from grader.calls import Absent, Observation, Raised, Returned
from grader.isolation import heard
from grader.isolation.channel import Channel, LateError
from grader.isolation.deadline import Patience
from grader.worker.packing import HEADER, MAGIC, OBSERVED

SEEN = Returned(container="tuple", count=0, values=())
BODIES = (b"one", b"", b"three")
NONCE = 7


def framed(bodies: tuple[bytes, ...], nonce: int = NONCE) -> bytes:
    return b"".join(
        HEADER.pack(MAGIC, OBSERVED, 0, nonce, len(body)) + body for body in bodies
    )


def noted(bodies: tuple[bytes, ...] = BODIES, seen: Observation = SEEN) -> object:
    asked = request(FORWARD)
    frames = [(body, wire.Head(arrays=0, length=len(body))) for body in bodies]
    heard.note(asked, frames, [seen] * len(bodies))
    return asked


@pytest.fixture
def wires() -> Iterator[tuple[Channel, socket.socket]]:
    pairs = [socket.socketpair() for _ in range(3)]
    channel = Channel(pairs[0][0], output=pairs[1][0], trace=pairs[2][0])
    yield channel, pairs[0][1]
    channel.close()
    for _, theirs in pairs:
        theirs.close()


def again(asked: object, channel: Channel, seconds: float = 5) -> object:
    return heard.again(
        asked,  # type: ignore[arg-type]
        channel,
        nonce=NONCE,
        limit=lambda: Patience(seconds),
    )


def test_the_same_bytes_are_the_same_objects(
    wires: tuple[Channel, socket.socket],
) -> None:
    asked = noted()
    wires[1].send(framed(BODIES))
    seen = again(asked, wires[0])
    assert isinstance(seen, tuple)
    assert all(each is SEEN for each in seen)
    assert wires[0].is_quiet()


@pytest.mark.parametrize(
    "sent",
    [
        framed(BODIES, nonce=NONCE + 1),
        framed((b"one", b"", b"threE")),
        framed((b"one", b"x", b"three")),
        framed(BODIES[::-1]),
        b"PASS" * 30,
    ],
)
def test_other_bytes_stay_to_be_read(
    wires: tuple[Channel, socket.socket], sent: bytes
) -> None:
    asked = noted()
    wires[1].send(sent)
    assert again(asked, wires[0]) is None
    assert wires[0].receive(len(sent), Patience(5)) == sent


def test_what_comes_after_it_is_left(wires: tuple[Channel, socket.socket]) -> None:
    asked = noted()
    wires[1].send(framed(BODIES) + b"next")
    assert again(asked, wires[0]) == (SEEN,) * 3
    assert wires[0].receive(4, Patience(5)) == b"next"


def test_its_beginning_alone_is_waited_for(
    wires: tuple[Channel, socket.socket],
) -> None:
    asked = noted()
    wires[1].send(framed(BODIES)[:-1])
    with pytest.raises(LateError):
        again(asked, wires[0], seconds=0.01)
    wires[1].send(framed(BODIES)[-1:])
    assert again(asked, wires[0]) == (SEEN,) * 3


@pytest.mark.parametrize(
    "seen",
    [Absent(), Raised(type_name="E", text="", frames=())],
    ids=["absent", "raised"],
)
def test_what_did_not_return_is_not_kept(
    wires: tuple[Channel, socket.socket], seen: Observation
) -> None:
    asked = noted(seen=seen)
    wires[1].send(framed(BODIES))
    assert again(asked, wires[0]) is None


def test_what_is_known_best_comes_first_and_little_is_kept(
    wires: tuple[Channel, socket.socket],
) -> None:
    asked = noted((b"right",))
    for number in range(2 * heard.MOST_KINDS):
        frames = [(b"%d" % number, wire.Head(arrays=0, length=1))]
        heard.note(asked, frames, [SEEN])  # type: ignore[arg-type]
    wires[1].send(framed((b"right",)) + framed((b"0",)))
    assert again(asked, wires[0]) == (SEEN,)
    assert again(asked, wires[0]) is None


@given(cuts=st.lists(st.integers(0, 200), max_size=5))
def test_it_may_come_in_any_pieces(cuts: list[int]) -> None:
    asked, whole = noted(), framed(BODIES)
    places = sorted({min(cut, len(whole)) for cut in cuts} | {0, len(whole)})
    pieces = [whole[a:b] for a, b in pairwise(places)]

    class Sent:
        def left(self) -> float:
            theirs.send(pieces.pop(0))
            return 5.0

    pairs = [socket.socketpair() for _ in range(3)]
    theirs = pairs[0][1]
    channel = Channel(pairs[0][0], output=pairs[1][0], trace=pairs[2][0])
    try:
        seen = heard.again(asked, channel, nonce=NONCE, limit=Sent)  # type: ignore[arg-type]
        assert seen == (SEEN,) * 3
    finally:
        channel.close()
        for _, other in pairs:
            other.close()
