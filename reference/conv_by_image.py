"""Compute a large convolution an image at a time, through one reused buffer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reference.shapes import output_shape
from reference.windows import add_windows, pad_images, windows_of

if TYPE_CHECKING:
    from reference.shapes import Array


def forward(x: Array, w: Array, b: Array, *, stride: int, pad: int) -> Array:
    """Return out (N, F, H', W') for x (N, C, H, W), w (F, C, HH, WW) and b (F,)."""
    shape = output_shape(x.shape, w.shape, stride=stride, pad=pad)
    out = np.empty(shape, dtype=np.result_type(x, w, b))
    kernels = w.reshape(len(w), -1)
    buffer = np.empty((kernels.shape[1], shape[2] * shape[3]), dtype=x.dtype)
    for n in range(len(x)):
        windows = windows_of(
            pad_images(x[n : n + 1], pad),
            kernel=w.shape[2:],
            stride=stride,
            count=shape[2:],
        )
        buffer.reshape(windows.shape[1:])[...] = windows[0]
        np.matmul(kernels, buffer, out=out[n].reshape(len(w), -1))
        out[n] += b[:, np.newaxis, np.newaxis]
    return out


def backward(
    dout: Array, x: Array, w: Array, *, stride: int, pad: int
) -> tuple[Array, Array, Array]:
    """Return dx, dw and db, the gradients of <dout, out>; dout is (N, F, H', W')."""
    H, W = x.shape[2:]
    F, rows, columns = dout.shape[1:]
    dtype = np.result_type(dout, x, w)
    kernels = w.reshape(F, -1)
    dx = np.empty(x.shape, dtype=dtype)
    dw = np.zeros(kernels.shape, dtype=dtype)
    buffer = np.empty((kernels.shape[1], rows * columns), dtype=dtype)
    for n in range(len(x)):
        flat = dout[n].reshape(F, rows * columns)
        padded = pad_images(x[n : n + 1], pad)
        windows = windows_of(
            padded, kernel=w.shape[2:], stride=stride, count=(rows, columns)
        )
        buffer.reshape(windows.shape[1:])[...] = windows[0]
        dw += flat @ buffer.T
        np.matmul(kernels.T, flat, out=buffer)
        dpadded = np.zeros(padded.shape, dtype=dtype)
        add_windows(buffer.reshape(windows.shape), stride=stride, onto=dpadded)
        dx[n] = dpadded[0, :, pad : pad + H, pad : pad + W]
    return dx, dw.reshape(w.shape), dout.sum(axis=(0, 2, 3))
