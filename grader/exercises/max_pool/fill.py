"""Fill the arrays of a max-pooling case without ties, so that no mistake is luck."""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING, Final

import numpy as np

from grader.cases import UNIT, Stream, lattice, opposed
from grader.exercise import Answer
from grader.exercises.max_pool.sizes import options, output_shape, shapes, shares_pixels
from reference import max_pool

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grader.calls import Array
    from grader.exercise import Axes

# In a few cases no filling shows everything; of so many the best one is taken.
TRIES: Final = 40
ALL: Final = 3
# One number of so many is positive in the first data set.
POSITIVE: Final = 8


def answer(
    arrays: Mapping[str, Array], options: Mapping[str, int], dout: Array
) -> Answer:
    """Return out and dx."""
    window = (options["pool_height"], options["pool_width"])
    x, stride = arrays["x"], options["stride"]
    return Answer(
        out=max_pool.forward(x, window=window, stride=stride),
        gradients={"dx": max_pool.backward(dout, x, window=window, stride=stride)},
    )


def fill(axes: Axes, seed: int) -> tuple[Mapping[str, Array], Mapping[str, Array]]:
    """Return two data sets of x and dout; no two numbers of an x are equal.

    With ties a maximum could honestly send its gradient to any of several pixels. In
    the first x most numbers are negative, so that some maximum is too; in the second
    all of them are. So a maximum that starts from zero, or looks at magnitudes, shows
    on every seed. In each of them the maxima lie in every row and column of the
    window, and where windows overlap some pixel is the maximum of two.
    """
    stream = Stream(seed)
    dout = lattice(stream, output_shape(axes))
    other = opposed(stream, dout, sign=-1)
    size = int(np.prod(shapes(axes)["x"]))
    mixed = _telling(stream, axes, negative=size - size // POSITIVE)
    negative = _telling(stream, axes, negative=size)
    return {"x": mixed, "dout": dout}, {"x": negative, "dout": other}


def plain(axes: Axes) -> Iterator[Mapping[str, Array]]:
    """Yield small whole numbers without ties: positive ones, then negative ones."""
    shape = shapes(axes)["x"]
    size = int(np.prod(shape))
    step = next(
        k for k in range(int(0.6 * size) + 1, 2 * size + 2) if gcd(k, size) == 1
    )
    x = 1.0 + (step * np.arange(size) + 1) % size
    wanted = output_shape(axes)
    dout = np.arange(1.0, 1.0 + int(np.prod(wanted))).reshape(wanted)
    yield {"x": x.reshape(shape), "dout": dout}
    yield {"x": (x - 1.0 - size).reshape(shape), "dout": dout}


def _telling(stream: Stream, axes: Axes, *, negative: int) -> Array:
    """Return numbers without ties, so many below 0, on which all of a window counts."""
    shape = shapes(axes)["x"]
    size = int(np.prod(shape))
    best, most = np.zeros(shape), -1
    for _ in range(TRIES):
        order = stream.orders(1, of=size).reshape(shape)
        # Odd numbers, so that none is zero.
        x: Array = (2 * (order - negative) + 1) / UNIT
        shown = _shown(axes, x)
        if shown > most:
            best, most = x, shown
        if shown == ALL:
            break
    return best


def _shown(axes: Axes, x: Array) -> int:
    """Return how much shows: a negative maximum, one of two windows, one anywhere."""
    known = options(axes)
    ones = np.ones(output_shape(axes))
    right = answer({"x": x}, known, ones)
    hits, out = right.gradients["dx"], right.out
    rows, columns = set(), set()
    for i, j in np.ndindex(ones.shape[2:]):
        window = np.s_[
            :, :,
            i * axes["stride"] : i * axes["stride"] + axes["HH"],
            j * axes["stride"] : j * axes["stride"] + axes["WW"],
        ]  # fmt: skip
        flat = x[window].reshape(*x.shape[:2], -1).argmax(axis=2)
        rows |= {int(place) for place in (flat // axes["WW"]).ravel()}
        columns |= {int(place) for place in (flat % axes["WW"]).ravel()}
    is_everywhere = len(rows) == axes["HH"] and len(columns) == axes["WW"]
    is_shared = hits.max() > 1 or not shares_pixels(axes)
    return sum((is_everywhere, is_shared, bool(out.min() < 0)))
