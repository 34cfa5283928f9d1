"""Windows walked one by one, for mistakes that put a window at a wrong place.

NumPy cuts a slice that leaves the array and stretches an axis of length one. What a
student's loops then do, raise or go on, happens here too, since the same slices are
taken; only images and filters are done at once. A program that flattens its windows
for a matrix product refuses every cut one: that is `strict`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.calls import Array
    from grader.misconceptions.conv2d.given import Given

Steps: TypeAlias = "Sequence[tuple[int, int]]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """Which window belongs to which output pixel.

    `rows` and `columns` pair the index of an output row or column with the first
    pixel of its window; `size` is height and width of a window, which are meant to be
    those of the kernel.
    """

    canvas: Array  # the padded image
    rows: Steps
    columns: Steps
    size: tuple[int, int]
    kernel: tuple[int, int]
    strict: bool = False
    turned: bool = False  # a window as high as the kernel is wide, and as wide as high
    crossed: bool = False  # the row starts where the column should, and the other way

    def windows(self) -> Iterator[tuple[int, int, slice, slice]]:
        """Return output row, output column, and the pixels of the window."""
        height, width = self.size[::-1] if self.turned else self.size
        bottom, right = self.canvas.shape[2:]
        for (row, top), (column, left) in product(self.rows, self.columns):
            high, wide = (left, top) if self.crossed else (top, left)
            cut = high + height > bottom or wide + width > right
            if self.strict and (cut or (height, width) != self.kernel):
                raise ValueError("a window does not fit its kernel")
            yield row, column, slice(high, high + height), slice(wide, wide + width)


def steps(count: int, stride: int) -> Steps:
    """Return `count` windows, each `stride` pixels after the one before."""
    return [(index, index * stride) for index in range(count)]


def right_walk(given: Given) -> Walk:
    """Return the walk without a mistake, to be changed by `dataclasses.replace`."""
    kernel = int(given.w.shape[2]), int(given.w.shape[3])
    return Walk(
        canvas=given.padded(),
        rows=steps(given.rows, given.stride),
        columns=steps(given.columns, given.stride),
        size=kernel,
        kernel=kernel,
        strict=given.strict,
    )


def walked_out(
    given: Given, walk: Walk, *, size: tuple[int, int] | None = None
) -> Array:
    """Return out, `size` pixels large (as the right one); what is not met stays 0."""
    out = np.zeros((given.images, len(given.w), *(size or (given.rows, given.columns))))
    for row, column, high, wide in walk.windows():
        window = walk.canvas[:, None, :, high, wide]
        out[:, :, row, column] = (window * given.w).sum(axis=(2, 3, 4)) + given.b
    return out


def walked_dx(given: Given, walk: Walk, *, overwrite: bool = False) -> Array:
    """Return the gradient of the canvas, windows added up or overwriting each other."""
    gradient = np.zeros(walk.canvas.shape)
    for row, column, high, wide in walk.windows():
        share = np.tensordot(given.dout[:, :, row, column], given.w, axes=1)
        before = 0.0 if overwrite else gradient[:, :, high, wide]
        gradient[:, :, high, wide] = before + share
    return gradient


def walked_dw(given: Given, walk: Walk) -> Array:
    """Return dw, (F, C, HH, WW)."""
    gradient = np.zeros(given.w.shape)
    for row, column, high, wide in walk.windows():
        window = walk.canvas[:, :, high, wide]
        share = np.tensordot(given.dout[:, :, row, column].T, window, axes=1)
        gradient += share
    return gradient


def walked_db(given: Given, walk: Walk) -> Array:
    """Return db, (F,), from the output pixels that the walk meets."""
    gradient = np.zeros(given.b.shape)
    for row, column, _, _ in walk.windows():
        gradient += given.dout[:, :, row, column].sum(axis=0)
    return gradient
