"""Atheris: any bytes are an observation or a violation, within the memory cap.

Run by `tests/fuzz/test_fuzz.py` at night, or by hand:
`python tests/fuzz/wire_target.py -max_total_time=60`.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports():
    from grader import wire
    from grader.worker import packing


def one(data: bytes) -> None:
    """Feed the readers with what the fuzzer made; an exception is a finding."""
    head = wire.read_head(data[:32], kind=packing.OBSERVED, nonce=0, largest=1 << 20)
    body = data[32:]
    if isinstance(head, wire.Violation):
        head = wire.Head(arrays=data[0] % 4 if data else 0, length=len(body))
    wire.read_observation(body, head)
    wire.read_loading(body, head)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
