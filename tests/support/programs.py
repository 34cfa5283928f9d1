"""Small submissions for tests, as text."""

from __future__ import annotations

from typing import Final

from grader.exercises import load_exercise
from grader.records import Convention, Program, Unit

NAMES: Final = ("x", "w", "b", "conv_param")

RIGHT: Final = """\
import numpy as np

def conv_forward_naive(x, w, b, conv_param):
    s, p = conv_param['stride'], conv_param['pad']
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    Ho, Wo = 1 + (H + 2*p - HH) // s, 1 + (W + 2*p - WW) // s
    out = np.zeros((N, F, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            win = xp[:, :, i*s:i*s+HH, j*s:j*s+WW]
            out[:, :, i, j] = np.tensordot(win, w, ((1, 2, 3), (1, 2, 3))) + b
    return out, (x, w, b, conv_param)

def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    s, p = conv_param['stride'], conv_param['pad']
    HH, WW = w.shape[2:]
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    dxp, dw = np.zeros_like(xp), np.zeros_like(w)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            g = dout[:, :, i, j]
            rows, cols = slice(i*s, i*s+HH), slice(j*s, j*s+WW)
            dw += np.tensordot(g, xp[:, :, rows, cols], (0, 0))
            dxp[:, :, rows, cols] += np.tensordot(g, w, (1, 0))
    dx = dxp[:, :, p:p+x.shape[2], p:p+x.shape[3]]
    return dx, dw, dout.sum(axis=(0, 2, 3))
"""


def changed(old: str, new: str, *, source: str = RIGHT) -> str:
    """Return the right program with one thing changed, which must be there."""
    if old not in source:
        raise ValueError(f"the program has no {old!r}")
    return source.replace(old, new)


def program(source: str, *, layer: str = "conv2d") -> Program:
    """Return the program of one file called layers.py."""
    exercise = load_exercise(layer)
    options = (exercise.options_name,) if exercise.options_name else ()
    convention = Convention(
        forward=exercise.forward,
        backward=exercise.backward,
        arguments=(*exercise.arrays, *options),
        arrays=exercise.arrays,
    )
    return Program(
        units=(Unit(name="layers.py", source=source),), convention=convention
    )
