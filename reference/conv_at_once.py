"""Compute a small convolution in few NumPy calls, all images in one product."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reference.shapes import output_shape
from reference.windows import add_windows, frame, windows_of

if TYPE_CHECKING:
    from reference.shapes import Array


def forward(x: Array, w: Array, b: Array, *, stride: int, pad: int) -> Array:
    """Return out (N, F, H', W') for x (N, C, H, W), w (F, C, HH, WW) and b (F,)."""
    shape = output_shape(x.shape, w.shape, stride=stride, pad=pad)
    columns = windows_of(
        frame(x, rows=pad, columns=pad),
        kernel=w.shape[2:],
        stride=stride,
        count=shape[2:],
    ).reshape(len(x), w[0].size, shape[2] * shape[3])
    out = w.reshape(len(w), -1) @ columns
    out = out + b[:, np.newaxis]
    return out.reshape(shape)


def backward(
    dout: Array, x: Array, w: Array, *, stride: int, pad: int
) -> tuple[Array, Array, Array]:
    """Return dx, dw and db, the gradients of <dout, out>; dout is (N, F, H', W')."""
    H, W = x.shape[2:]
    N, F, rows, columns = dout.shape
    padded = frame(x, rows=pad, columns=pad)
    windows = windows_of(
        padded, kernel=w.shape[2:], stride=stride, count=(rows, columns)
    )
    flat = dout.reshape(N, F, rows * columns)
    unrolled = windows.reshape(N, w[0].size, rows * columns)
    dw = (flat @ unrolled.transpose(0, 2, 1)).sum(axis=0).reshape(w.shape)
    dwindows = w.reshape(F, -1).T @ flat
    dpadded = np.zeros(padded.shape, dtype=dwindows.dtype)
    add_windows(dwindows.reshape(windows.shape), stride=stride, onto=dpadded)
    dx = dpadded[:, :, pad : pad + H, pad : pad + W]
    return dx.copy(), dw, flat.sum(axis=(0, 2))
