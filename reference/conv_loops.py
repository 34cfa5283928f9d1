"""Define the convolution and its gradients in plain loops, to be believed.

Slow on purpose: every faster implementation is held to this one. Nothing is
flipped, as in the lecture; pixels beyond the border of x are zeros.
"""

from __future__ import annotations

import numpy as np

from reference.shapes import Array, require_backward, require_forward


def forward(x: Array, w: Array, b: Array, *, stride: int, pad: int) -> Array:
    """Return out (N, F, H', W') for x (N, C, H, W), w (F, C, HH, WW) and b (F,).

    Raises:
        ValueError: the shapes, the stride and the pad do not go together.
    """
    shape = require_forward(x, w, b, stride=stride, pad=pad)
    HH, WW = w.shape[2:]
    padded = _pad(x, pad)
    out = np.zeros(shape, dtype=np.result_type(x, w, b))
    for n, f, i, j in np.ndindex(shape):
        top, left = i * stride, j * stride
        window = padded[n, :, top : top + HH, left : left + WW]
        out[n, f, i, j] = np.sum(window * w[f]) + b[f]
    return out


def backward(
    dout: Array, x: Array, w: Array, *, stride: int, pad: int
) -> tuple[Array, Array, Array]:
    """Return dx, dw and db, the gradients of <dout, out>; dout is (N, F, H', W').

    Raises:
        ValueError: the shapes, the stride and the pad do not go together.
    """
    require_backward(dout, x, w, stride=stride, pad=pad)
    H, W = x.shape[2:]
    HH, WW = w.shape[2:]
    dtype = np.result_type(dout, x, w)
    padded = _pad(x, pad)
    dpadded = np.zeros(padded.shape, dtype=dtype)
    dw = np.zeros(w.shape, dtype=dtype)
    db = np.zeros(w.shape[:1], dtype=dtype)
    for n, f, i, j in np.ndindex(dout.shape):
        top, left = i * stride, j * stride
        window = np.s_[n, :, top : top + HH, left : left + WW]
        dpadded[window] += dout[n, f, i, j] * w[f]
        dw[f] += dout[n, f, i, j] * padded[window]
        db[f] += dout[n, f, i, j]
    # Not [pad:-pad]: that slice is empty when pad is 0.
    return dpadded[:, :, pad : pad + H, pad : pad + W].copy(), dw, db


def _pad(x: Array, pad: int) -> Array:
    """Return x with `pad` rows and columns of zeros on every side."""
    return np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
