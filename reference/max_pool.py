"""Pool windows by their maximum: plain loops to be believed, and a fast way too.

Letters as in the lecture: x (N, C, H, W), a window of HH by WW pixels, out
(N, C, H', W') with H' = 1 + (H - HH) / stride; rows and columns that are left over
belong to no window. The gradient of a window goes to its maximum; of several equal
ones to the first, row by row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reference.shapes import output_size
from reference.windows import add_windows, windows_of

if TYPE_CHECKING:
    from reference.shapes import Array, Shape


def output_shape(x: Shape, *, window: Shape, stride: int) -> Shape:
    """Return the shape (N, C, H', W') of out.

    Raises:
        ValueError: x is not four-dimensional, or no window fits.
    """
    if len(x) != len("NCHW") or min(x) < 1:
        raise ValueError(f"x has shape {x!r}, wanted (N, C, H, W) with at least 1 each")
    height, width = (
        output_size(size, side, stride=stride, pad=0)
        for size, side in zip(x[2:], window, strict=True)
    )
    return (*x[:2], height, width)


def forward_loops(x: Array, *, window: Shape, stride: int) -> Array:
    """Return out (N, C, H', W'), window by window.

    Raises:
        ValueError: the shapes do not go together.
    """
    HH, WW = window
    out = np.zeros(output_shape(x.shape, window=window, stride=stride), dtype=x.dtype)
    for n, c, i, j in np.ndindex(out.shape):
        top, left = i * stride, j * stride
        out[n, c, i, j] = np.max(x[n, c, top : top + HH, left : left + WW])
    return out


def backward_loops(dout: Array, x: Array, *, window: Shape, stride: int) -> Array:
    """Return dx, the gradient of <dout, out>; dout is (N, C, H', W').

    Raises:
        ValueError: the shapes do not go together.
    """
    _require_backward(dout, x, window=window, stride=stride)
    HH, WW = window
    dx = np.zeros(x.shape, dtype=np.result_type(dout, x))
    for n, c, i, j in np.ndindex(dout.shape):
        top, left = i * stride, j * stride
        pixels = x[n, c, top : top + HH, left : left + WW]
        u, v = np.unravel_index(np.argmax(pixels), pixels.shape)
        # Added, not assigned: a pixel can be the maximum of several windows.
        dx[n, c, top + u, left + v] += dout[n, c, i, j]
    return dx


def forward(x: Array, *, window: Shape, stride: int) -> Array:
    """Return out (N, C, H', W'), all windows at once.

    Raises:
        ValueError: the shapes do not go together.
    """
    count = output_shape(x.shape, window=window, stride=stride)[2:]
    pixels = windows_of(x, kernel=window, stride=stride, count=count)
    out: Array = pixels.max(axis=(2, 3))
    return out


def backward(dout: Array, x: Array, *, window: Shape, stride: int) -> Array:
    """Return dx, the gradient of <dout, out>, all windows at once.

    Raises:
        ValueError: the shapes do not go together.
    """
    _require_backward(dout, x, window=window, stride=stride)
    pixels = windows_of(x, kernel=window, stride=stride, count=dout.shape[2:])
    N, C, HH, WW, *count = pixels.shape
    first = np.argmax(pixels.reshape(N, C, HH * WW, *count), axis=2)
    places = np.arange(HH * WW)[:, None, None] == first[:, :, None]
    spread = np.where(places, dout[:, :, None], 0).reshape(pixels.shape)
    dx = np.zeros(x.shape, dtype=np.result_type(dout, x))
    add_windows(spread, stride=stride, onto=dx)
    return dx


def _require_backward(dout: Array, x: Array, *, window: Shape, stride: int) -> None:
    """Raise ValueError if dout has not the shape of out."""
    shape = output_shape(x.shape, window=window, stride=stride)
    if dout.shape != shape:
        raise ValueError(f"dout has shape {dout.shape!r}, wanted {shape!r}")
