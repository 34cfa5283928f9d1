"""Lay zeros around images and look at them window by window, without copying."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.stride_tricks import as_strided

if TYPE_CHECKING:
    from reference.shapes import Array, Shape


def pad_images(x: Array, pad: int) -> Array:
    """Return x (N, C, H, W) with `pad` zeros on every side; x itself for pad 0."""
    if pad == 0:
        return x
    # np.pad does the same, but takes longer than the whole convolution of a case.
    N, C, H, W = x.shape
    padded = np.zeros((N, C, H + 2 * pad, W + 2 * pad), dtype=x.dtype)
    padded[:, :, pad : pad + H, pad : pad + W] = x
    return padded


def windows_of(images: Array, *, kernel: Shape, stride: int, count: Shape) -> Array:
    """Return a view (N, C, HH, WW, H', W'): each tap of the kernel as a picture.

    `images` is (N, C, H, W), already padded; `kernel` is (HH, WW) and `count` is
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
    """Add windows (N, C, HH, WW, H', W') onto padded images: the view's adjoint."""
    HH, WW, rows, columns = windows.shape[2:]
    bottom, right = (rows - 1) * stride + 1, (columns - 1) * stride + 1
    for i, j in np.ndindex(HH, WW):
        taps = np.s_[:, :, i : i + bottom : stride, j : j + right : stride]
        onto[taps] += windows[:, :, i, j]
