"""Name the input numbers that one number of a convolution's answer is made of."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, TypeAlias

from grader.exercises.conv2d import axes as conv2d_axes
from grader.report import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grader.exercise import Axes
    from grader.records import Shape

Place: TypeAlias = "tuple[str, Shape]"  # a tensor and the index of one number in it
Product: TypeAlias = tuple[Place, ...]


def origin(axes: Axes, answer: str, cell: Shape) -> Origin:
    """Return the products whose sum is this number.

    Rows and columns of x count from the padded image's corner: what lies outside of
    x itself is padding.
    """
    rules = {"out": _of_out, "dx": _of_dx, "dw": _of_dw, "db": _of_db}
    bias = ("b", (cell[1],)) if answer == "out" else None
    return Origin(
        parts=tuple(rules[answer](axes, cell)), added=() if bias is None else (bias,)
    )


def margins(axes: Axes) -> Mapping[str, int]:
    """Return how many zeros are put around the rows and columns of x."""
    return {"x": axes["pad"]}


def _of_out(axes: Axes, cell: Shape) -> Iterator[Product]:
    n, f, i, j = cell
    for c, u, v in product(*_ranges(axes, "C", "HH", "WW")):
        yield _pixel(axes, (n, c), at=(i, j), tap=(u, v)), ("w", (f, c, u, v))


def _of_dx(axes: Axes, cell: Shape) -> Iterator[Product]:
    n, c, h, w = cell
    for f, i, j in product(*_ranges(axes, "F"), *_windows(axes)):
        u = h + axes["pad"] - i * axes["stride"]
        v = w + axes["pad"] - j * axes["stride"]
        if 0 <= u < axes["HH"] and 0 <= v < axes["WW"]:
            yield ("dout", (n, f, i, j)), ("w", (f, c, u, v))


def _of_dw(axes: Axes, cell: Shape) -> Iterator[Product]:
    f, c, u, v = cell
    for n, i, j in product(*_ranges(axes, "N"), *_windows(axes)):
        yield _pixel(axes, (n, c), at=(i, j), tap=(u, v)), ("dout", (n, f, i, j))


def _of_db(axes: Axes, cell: Shape) -> Iterator[Product]:
    (f,) = cell
    for n, i, j in product(*_ranges(axes, "N"), *_windows(axes)):
        yield (("dout", (n, f, i, j)),)


def _pixel(
    axes: Axes, of: tuple[int, int], *, at: tuple[int, int], tap: tuple[int, int]
) -> Place:
    row, column = (
        start * axes["stride"] + off for start, off in zip(at, tap, strict=True)
    )
    return "x", (*of, row, column)


def _ranges(axes: Axes, *names: str) -> Iterator[range]:
    return (range(axes[name]) for name in names)


def _windows(axes: Axes) -> tuple[range, range]:
    return (
        range(conv2d_axes.rows(axes).outputs),
        range(conv2d_axes.columns(axes).outputs),
    )
