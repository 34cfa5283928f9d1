from __future__ import annotations

import os
import socket
from collections.abc import Iterator

import pytest
from worker_programs import DOUBLING, WHOLE, program, request

from grader import wire
from grader.calls import Loaded, Returned
from grader.isolation.requests import load_frame, run_frame
from grader.worker import poison, serve
from grader.worker.importer import OwnModules
from grader.worker.packing import HEADER, LAST, LOADING, MORE, OBSERVED

LOAD = load_frame(program(DOUBLING), nonce=1)
RUN = run_frame(request(*WHOLE), nonce=2)


@pytest.fixture(autouse=True)
def _imports_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OwnModules, "install", lambda _: None)


@pytest.fixture
def wires() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def served(wires: tuple[socket.socket, socket.socket], asked: bytes) -> list[int]:
    ours, theirs = wires
    ours.sendall(asked)
    ours.shutdown(socket.SHUT_WR)
    left: list[int] = []
    serve.serve(theirs.fileno(), theirs.fileno(), leave=left.append)
    return left


def reply(ours: socket.socket, kind: int, nonce: int) -> tuple[bytearray, wire.Head]:
    data = ours.recv(HEADER.size)
    head = wire.read_head(data, kind=kind, nonce=nonce, largest=1 << 20)
    assert isinstance(head, wire.Head)
    return bytearray(ours.recv(head.length)), head


def test_a_worker_loads_answers_and_leaves_when_the_parent_hangs_up(
    wires: tuple[socket.socket, socket.socket],
) -> None:
    assert served(wires, LOAD + RUN) == [0]
    assert wire.read_loading(*reply(wires[0], LOADING, 1)) == Loaded()
    for _ in WHOLE:
        seen = wire.read_observation(*reply(wires[0], OBSERVED, 2))
        assert not isinstance(seen, wire.Violation)


def writes_for(
    asked: bytes,
    wires: tuple[socket.socket, socket.socket],
    monkeypatch: pytest.MonkeyPatch,
) -> int:
    sent: list[int] = []

    def write(_: int, frame: bytes) -> int:
        sent.append(len(frame))
        return len(frame)

    monkeypatch.setattr(serve, "_write", write)
    assert served(wires, asked) == [0]
    return len(sent)


SEVERAL = b"".join(
    run_frame(request(*WHOLE), nonce=2, kind=kind) for kind in (MORE, MORE, LAST)
)


@pytest.mark.parametrize(
    ("asked", "longest_wait", "writes"),
    [(RUN, 60.0, 2), (SEVERAL, 60.0, 1), (SEVERAL, 0.0, 6)],
    ids=["each is sent before the next call", "all together", "all were late"],
)
def test_answers_to_several_requests_may_wait_for_one_another(
    wires: tuple[socket.socket, socket.socket],
    monkeypatch: pytest.MonkeyPatch,
    asked: bytes,
    longest_wait: float,
    writes: int,
) -> None:
    monkeypatch.setattr(serve, "LONGEST_WAIT", longest_wait)
    assert writes_for(LOAD + asked, wires, monkeypatch) == 1 + writes


def test_no_more_waits_than_a_wire_takes(
    wires: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "MOST_WAITING", 1)
    assert writes_for(LOAD + SEVERAL, wires, monkeypatch) == 1 + 6


def test_a_request_before_any_program_is_not_answered(
    wires: tuple[socket.socket, socket.socket],
) -> None:
    assert served(wires, RUN + LOAD) == [0]
    assert wire.read_loading(*reply(wires[0], LOADING, 1)) == Loaded()


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (MemoryError(), serve.OUT_OF_MEMORY),
        (KeyboardInterrupt(), serve.BROKEN),
        (OSError(), 0),
    ],
)
def test_what_goes_wrong_outside_a_call_is_an_exit_status(
    wires: tuple[socket.socket, socket.socket],
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    status: int,
) -> None:
    def read(*_: object) -> bytes:
        raise error

    monkeypatch.setattr(serve, "_read", read)
    assert served(wires, LOAD) == [status]


def test_a_patched_module_is_not_what_is_called(
    wires: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("read", "write", "_exit"):
        monkeypatch.setattr(os, name, None)
    assert served(wires, LOAD) == [0]


def test_a_request_that_comes_in_pieces_is_put_together(
    wires: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    real_read, real_write = serve._read, serve._write
    monkeypatch.setattr(serve, "_read", lambda fd, size: real_read(fd, min(size, 7)))
    monkeypatch.setattr(serve, "_write", lambda fd, b: real_write(fd, b[:5]))
    assert served(wires, LOAD + RUN) == [0]
    assert wire.read_loading(*reply(wires[0], LOADING, 1)) == Loaded()
    seen = wire.read_observation(*reply(wires[0], OBSERVED, 2))
    assert isinstance(seen, Returned)
    poison.remove()
