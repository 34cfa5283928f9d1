"""Frame images with zeros and look at them window by window, without copying."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.stride_tricks import as_strided

if TYPE_CHECKING:
    from reference.shapes import Array, Shape


def frame(images: Array, *, rows: int, columns: int) -> Array:
    """Return images (N, C, H, W) with so many zeros added on every side.

    A negative margin is cut off instead. Without any, the images themselves come back.
    """
    if rows == columns == 0:
        return images
    N, C, H, W = images.shape
    # np.pad does the same, but takes longer than the whole convolution of a case.
    framed = np.zeros((N, C, H + 2 * rows, W + 2 * columns), dtype=images.dtype)
    inner_rows, from_rows = _overlap(H, margin=rows)
    inner_columns, from_columns = _overlap(W, margin=columns)
    framed[:, :, inner_rows, inner_columns] = images[:, :, from_rows, from_columns]
    return framed


def _overlap(size: int, *, margin: int) -> tuple[slice, slice]:
    """Return where an axis lies in the frame, and which part of it that is."""
    added, cut = max(margin, 0), max(-margin, 0)
    return slice(added, added + size - 2 * cut), slice(cut, size - cut)


def windows_of(images: Array, *, kernel: Shape, stride: int, count: Shape) -> Array:
    """Return a view (N, C, HH, WW, H', W'): each tap of the kernel as a picture.

    `images` is (N, C, H, W), already framed; `kernel` is (HH, WW) and `count` is
    (H', W'). The view must not be written to: its elements overlap in memory.
    """
    n, c, row, column = images.strides
    return as_strided(
        images,
        shape=images.shape[:2] + kernel + count,
        strides=(n, c, row, column, row * stride, column * stride),
        writeable=False,
    )


def add_windows(windows: Array, *, stride: int, onto: Array) -> None:
    """Add windows (N, C, HH, WW, H', W') onto framed images: the view's adjoint."""
    HH, WW, rows, columns = windows.shape[2:]
    bottom, right = (rows - 1) * stride + 1, (columns - 1) * stride + 1
    for i, j in np.ndindex(HH, WW):
        taps = np.s_[:, :, i : i + bottom : stride, j : j + right : stride]
        onto[taps] += windows[:, :, i, j]
