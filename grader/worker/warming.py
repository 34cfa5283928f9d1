"""Have the server run a small layer as a worker would, before anything is forked.

What a process does for the first time it writes down: Python fits its code to what it
sees, NumPy remembers which loop fits which types. Else each worker would copy the pages
that this is written to, and find it out again.
"""

from __future__ import annotations

import linecache
import os
import sys
from typing import Final

import numpy as np

from . import asking, packing, plain, serve
from .program import STUDENT, Running

TURNS: Final = 12  # Python fits a function to its use at the eighth call
LARGEST: Final = 1 << 16
NAME: Final = "warming"
LAYER: Final = """
import numpy as np

def forward(x, w, b, options):
    step, edge = options["step"], options["edge"]
    images, channels, height, width = x.shape
    filters, _, rows, columns = w.shape
    around = np.pad(x, ((0, 0), (0, 0), (edge, edge), (edge, edge)), mode="constant")
    out = np.zeros((images, filters, 2, 2))
    for image in range(images):
        for place in range(filters):
            for row in range(2):
                for column in range(2):
                    top, left = row * step, column * step
                    part = around[image, :, top : top + rows, left : left + columns]
                    out[image, place, row, column] = np.sum(part * w[place]) + b[place]
    flat = np.tensordot(part, w, axes=([0, 1, 2], [1, 2, 3]))
    flat = w.reshape(filters, -1).dot(part.reshape(-1, 1)).T.transpose(1, 0)
    return out, (x, w, b, options)

def backward(dout, cache):
    x, w, b, options = cache
    dx, dw, db = np.zeros(x.shape), np.zeros_like(w), np.sum(dout, axis=(0, 2, 3))
    for row in range(2):
        for column in range(2):
            one = dout[0, 0, row, column]
            dw[0] += x[0, :, row : row + 2, column : column + 2] * one
            dx[0, :, row : row + 2, column : column + 2] += w[0] * one
    return dx, dw, db
"""
PROGRAM: Final = plain.Program(
    units=(plain.Source(NAME, LAYER),),
    modules=(),
    adapter=None,
    allowed_imports=None,
    package="",
    forward="forward",
    backward="backward",
    arguments=("x", "w", "b", "options"),
    arrays=("x", "w", "b"),
    keywords={},
    option_names={},
)
SHAPES: Final = ((2, 2, 4, 4), (2, 2, 2, 2), (2,), (2, 2, 2, 2))  # x, w, b, dout
DOUT: Final = 3


def request() -> bytes:
    """Return a request for every step there is, as the parent writes it."""
    arrays = [np.ones(shape) for shape in SHAPES]
    options = {"step": 1, "edge": 1}
    steps = (
        plain.Forward(tuple(range(DOUT)), options, slot=0),
        plain.Again(slot=0),
        plain.Backward(DOUT, slot=0),
        plain.Inputs(),
    )
    return asking.request(LARGEST, arrays, steps).frame(packing.LAST, 0)


def warm() -> None:
    """Load the small layer and answer requests with it; the answers go nowhere."""
    running = Running(PROGRAM)
    running.load()
    asked = request()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    source, sink = os.pipe()
    try:
        outbox = serve.Outbox(nowhere)
        for _ in range(TURNS):
            os.write(sink, asked)
            head, body = serve.heard(source)
            serve.answer(running, asking.read_request(body), head, outbox)
            outbox.send()
    finally:
        for descriptor in (nowhere, source, sink):
            os.close(descriptor)
        del linecache.cache[NAME], sys.modules[STUDENT]
