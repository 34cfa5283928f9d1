"""Programs that take their own worker over and answer in its place."""

from __future__ import annotations

import textwrap

#: Finds the worker's end of the wire and the nonce that a reply must bear.
TAKE_OVER = """
import os, sys

packing = sys.modules["convgrade_worker.packing"]

def wire():
    frame = sys._getframe()
    while not {"sink", "head"} <= set(frame.f_locals):
        frame = frame.f_back
    return frame.f_locals["sink"], frame.f_locals["head"].nonce

def say(kind, write):
    sink, nonce = wire()
    packer = packing.Packer()
    write(packer)
    os.write(sink, packer.frame(kind, nonce))
"""


def taken_over(*, loading: str = "", calling: str = "") -> str:
    """A program that does this while it is loaded, and that when it is called."""
    body = textwrap.indent(calling or "pass", "    ")
    return (
        f"{TAKE_OVER}\n{loading}\n"
        f"def forward(x, options):\n{body}\n    return x, 0\n"
        "def backward(dout, cache):\n    return dout,\n"
    )
