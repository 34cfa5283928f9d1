"""Atheris: any bytes are an observation or a violation, within the memory cap.

Run by `tests/fuzz/test_fuzz.py` at night, or by hand:
`python tests/fuzz/wire_target.py -max_total_time=60`.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports():
    from grader import calls, wire
    from grader.worker import packing

import numpy as np

STEPS: tuple[calls.Step, ...] = (
    calls.Forward(arrays=(0,), options={"stride": 1}, slot=0),
    calls.Again(slot=0),
    calls.Backward(dout=1, slot=0),
    calls.Inputs(),
)
REQUEST = calls.Request(arrays=(np.ones((1, 2)), np.arange(2)), steps=STEPS)
LARGEST = wire.largest_reply(REQUEST)


def one(data: bytes) -> None:
    """Feed the readers with what the fuzzer made; an exception is a finding."""
    first, body = data[: wire.HEADER_SIZE], data[wire.HEADER_SIZE :]
    head = wire.read_head(first, kind=packing.OBSERVED, nonce=0, largest=LARGEST)
    if isinstance(head, wire.Violation):
        # Few inputs get past it: what comes after it is read all the same.
        head = wire.Head(arrays=data[0] % 4 if data else 0, length=len(body))
    for step in STEPS:
        wire.read_answer(bytearray(body), head, step=step, request=REQUEST)
    wire.read_loading(body, head)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
