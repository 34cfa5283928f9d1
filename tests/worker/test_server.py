"""The fork server's messages; its walls are tried by `tests/isolation`."""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from grader.worker import numpy_only, preparation, server
from grader.worker.preparation import RefusedError

if sys.platform != "linux":
    pytest.skip("there is a fork server on Linux only", allow_module_level=True)

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")


class Ready:
    """Locks nothing down, and lets no student code run."""

    applied = ("rlimits",)

    def __init__(
        self, *, fails: bool = False, breaks: bool = False, stays: bool = False
    ) -> None:
        self._fails = fails
        self._stays = stays
        self._breaks = breaks

    def before_fork(self) -> None:
        if self._fails:
            raise OSError("no more processes")

    def become_worker(self, asked: dict[str, int], *ends: int) -> None:
        if self._breaks:
            raise ValueError("not locked")
        if self._stays:
            signal.pause()
        os._exit(asked["status"] + 0 * len(ends))


@pytest.fixture
def control() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, theirs:
        yield ours, theirs


def asks(ours: socket.socket, answers: list[dict[str, Any]], count: int) -> None:
    read, write = os.pipe()
    socket.send_fds(ours, [b'{"status": 3}'], [write, write, write])
    os.close(write)
    for _ in range(count):
        message, descriptors, _, _ = socket.recv_fds(ours, 1 << 16, 1)
        answers.append(json.loads(message))
        for descriptor in descriptors:
            os.close(descriptor)
    answers.append({"written": os.read(read, 100).decode() if count == 2 else ""})
    os.close(read)
    ours.shutdown(socket.SHUT_WR)


def conversation(
    control: tuple[socket.socket, socket.socket], ready: Ready, *, count: int
) -> list[dict[str, Any]]:
    answers: list[dict[str, Any]] = []
    client = threading.Thread(target=asks, args=(control[0], answers, count))
    client.start()
    server.Server(control[1], ready).serve()
    client.join()
    return answers


def test_a_worker_is_forked_and_its_end_told(
    control: tuple[socket.socket, socket.socket],
) -> None:
    forked, ended, _ = conversation(control, Ready(), count=2)
    assert ended["ended"] == forked["forked"]
    assert os.WEXITSTATUS(ended["status"]) == 3


def test_a_worker_that_is_not_locked_down_says_why_and_ends(
    control: tuple[socket.socket, socket.socket],
) -> None:
    _, ended, told = conversation(control, Ready(breaks=True), count=2)
    assert os.WEXITSTATUS(ended["status"]) == server.NOT_LOCKED
    assert told["written"] == "not locked"


def test_a_fork_that_fails_is_told(
    control: tuple[socket.socket, socket.socket],
) -> None:
    answers = conversation(control, Ready(fails=True), count=1)
    assert answers[0] == {"failed": "no more processes"}


def test_who_joins_is_answered_too_and_the_last_to_hang_up_ends_the_server(
    control: tuple[socket.socket, socket.socket],
) -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    answers: list[dict[str, Any]] = []
    with ours, theirs:
        socket.send_fds(control[0], [b'{"join": true}'], [theirs.fileno()])
        control[0].shutdown(socket.SHUT_WR)
        client = threading.Thread(target=asks, args=(ours, answers, 2))
        client.start()
        server.Server(control[1], Ready()).serve()
        client.join()
    assert [*answers[0], *answers[1]] == ["forked", "ended", "status"]


def test_a_client_that_hangs_up_takes_its_workers_along(
    control: tuple[socket.socket, socket.socket],
) -> None:
    own, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    running = server.Server(control[1], Ready(stays=True))
    running._welcome(theirs)
    socket.send_fds(own, [b'{"status": 3}'], [0, 0, 0])
    running._answer(theirs)
    [pid] = [pid for pid, _ in running._children.values()]
    for each in (own, control[0]):
        each.shutdown(socket.SHUT_RDWR)  # the worker here has copies of them
    running.serve()
    own.close()
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL


def started(
    control: tuple[socket.socket, socket.socket],
    monkeypatch: pytest.MonkeyPatch,
    prepare: Callable[..., object],
) -> dict[str, Any]:
    ours, theirs = control
    monkeypatch.setattr(numpy_only, "prepare", lambda _: None)
    monkeypatch.setattr(server, "preload", lambda: None)
    monkeypatch.setattr(preparation, "prepare", prepare)
    ours.send(b"{}")
    ours.shutdown(socket.SHUT_WR)
    server.main(["folder", str(os.dup(theirs.fileno()))])
    answer: dict[str, Any] = json.loads(ours.recv(1 << 16))
    return answer


def test_a_server_says_which_layers_stand(
    control: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = started(control, monkeypatch, lambda *_: Ready())
    assert answer == {"ready": ["rlimits"]}


def test_a_server_says_which_layer_was_refused(
    control: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise RefusedError("landlock", "too old")

    answer = started(control, monkeypatch, refuse)
    assert answer == {"refused": "landlock", "reason": "too old"}


def test_what_python_was_built_without_is_not_preloaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(server, "PRELOADED", ("no_such_module", "math"))
    monkeypatch.setattr("gc.freeze", lambda: None)
    server.preload()
