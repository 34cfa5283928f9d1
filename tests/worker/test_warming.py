from __future__ import annotations

import linecache
import sys

import pytest

from grader import wire
from grader.calls import Inspected, Returned
from grader.worker import packing, serve, warming
from grader.worker.program import STUDENT


def frames_of(sent: bytes) -> list[tuple[bytes, wire.Head]]:
    found = []
    while sent:
        head = packing.read_header(sent[: packing.HEADER.size])
        body = sent[packing.HEADER.size :][: head.length]
        found.append((body, wire.Head(arrays=head.arrays, length=head.length)))
        sent = sent[packing.HEADER.size + head.length :]
    return found


def test_every_step_of_the_small_layer_is_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[bytes] = []
    monkeypatch.setattr(serve, "_send", lambda _, frame: sent.append(frame))
    warming.warm()
    assert len(sent) == warming.TURNS
    told = [wire.read_observation(*each) for each in frames_of(sent[-1])]
    kinds = [Returned, Returned, Returned, Inspected]
    assert [type(each) for each in told] == kinds


def test_nothing_of_it_is_left_for_a_worker_to_find() -> None:
    modules, lines = set(sys.modules), set(linecache.cache)
    warming.warm()
    assert set(sys.modules) == modules - {STUDENT}
    assert set(linecache.cache) == lines
