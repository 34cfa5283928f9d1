"""Compute a large convolution an image at a time, through one small buffer.

The windows of a few rows are laid out side by side in a buffer that stays in the
processor's cache, and are used there by one matrix product, before the next rows
overwrite them. Unrolled as a whole they would travel through memory twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from reference.shapes import output_shape
from reference.windows import add_windows, frame, windows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reference.shapes import Array, Shape

# Numbers in the buffer: one megabyte stays in the cache that a core shares with none,
# and a product of that size still pays for waking the other cores.
BUFFER: Final = 1 << 17


def forward(x: Array, w: Array, b: Array, *, stride: int, pad: int) -> Array:
    """Return out (N, F, H', W') for x (N, C, H, W), w (F, C, HH, WW) and b (F,)."""
    shape = output_shape(x.shape, w.shape, stride=stride, pad=pad)
    out = np.empty(shape, dtype=np.result_type(x, w, b))
    for n in range(len(x)):
        padded = frame(x[n : n + 1], rows=pad, columns=pad)
        _correlate(padded, w, stride=stride, onto=out[n])
        out[n] += b[:, np.newaxis, np.newaxis]
    return out


def backward(
    dout: Array, x: Array, w: Array, *, stride: int, pad: int
) -> tuple[Array, Array, Array]:
    """Return dx, dw and db, the gradients of <dout, out>; dout is (N, F, H', W')."""
    dtype = np.result_type(dout, x, w)
    dx, dw = np.empty(x.shape, dtype=dtype), np.zeros(w.shape, dtype=dtype)
    for n in range(len(x)):
        padded = frame(x[n : n + 1], rows=pad, columns=pad)
        _add_to_dw(padded, dout[n], stride=stride, onto=dw)
        if stride == 1:
            _correlate_to_dx(dout[n : n + 1], w, pad=pad, onto=dx[n])
        else:
            _scatter_to_dx(dout[n], w, stride=stride, pad=pad, onto=dx[n])
    return dx, dw, dout.sum(axis=(0, 2, 3))


def _correlate(image: Array, w: Array, *, stride: int, onto: Array) -> None:
    """Write the correlation of one framed image with every kernel onto (F, H', W')."""
    kernels = w.reshape(len(w), -1)
    for rows, block in _unrolled(image, w.shape, stride=stride, count=onto.shape[1:]):
        onto[:, rows] = (kernels @ block).reshape(len(w), -1, onto.shape[2])


def _add_to_dw(image: Array, dout: Array, *, stride: int, onto: Array) -> None:
    """Add what one framed image and its dout (F, H', W') give to dw."""
    dw = onto.reshape(len(dout), -1)
    for rows, block in _unrolled(
        image, onto.shape, stride=stride, count=dout.shape[1:]
    ):
        dw += dout[:, rows].reshape(len(dout), -1) @ block.T


def _correlate_to_dx(dout: Array, w: Array, *, pad: int, onto: Array) -> None:
    """Write dx of one image for stride 1: dout framed, the kernels turned round."""
    HH, WW = w.shape[2:]
    framed = frame(dout, rows=HH - 1 - pad, columns=WW - 1 - pad)
    turned = w[:, :, ::-1, ::-1].transpose(1, 0, 2, 3)
    _correlate(framed, turned, stride=1, onto=onto)


def _scatter_to_dx(
    dout: Array, w: Array, *, stride: int, pad: int, onto: Array
) -> None:
    """Write dx of one image: every window's share is added where it was read."""
    F, count, columns = dout.shape
    C, H, W = onto.shape
    kernels = w.reshape(F, -1).T
    dpadded = np.zeros((1, C, H + 2 * pad, W + 2 * pad), dtype=onto.dtype)
    for rows in _rows_at_once(count, entries=len(kernels) * columns):
        block = kernels @ dout[:, rows].reshape(F, -1)
        windows = block.reshape(1, *w.shape[1:], -1, columns)
        add_windows(windows, stride=stride, onto=dpadded[:, :, rows.start * stride :])
    onto[...] = dpadded[0, :, pad : pad + H, pad : pad + W]


def _unrolled(
    image: Array, w: Shape, *, stride: int, count: Shape
) -> Iterator[tuple[slice, Array]]:
    """Yield rows of out, and their windows as columns (C HH WW, rows W') in a buffer.

    The buffer is the same every time: what is yielded holds until the next one.
    """
    windows = windows_of(image, kernel=w[2:], stride=stride, count=count)[0]
    taps, (_, columns) = w[1] * w[2] * w[3], count
    slices = list(_rows_at_once(count[0], entries=taps * columns))
    buffer = np.empty(slices[0].stop * taps * columns, dtype=image.dtype)
    for rows in slices:
        some = windows[:, :, :, rows]
        block = buffer[: some.size].reshape(some.shape)
        block[...] = some
        yield rows, block.reshape(taps, -1)


def _rows_at_once(count: int, *, entries: int) -> Iterator[slice]:
    """Yield slices of the rows of out whose windows fit the buffer, at least one."""
    step = max(1, BUFFER // entries)
    for start in range(0, count, step):
        yield slice(start, min(start + step, count))
