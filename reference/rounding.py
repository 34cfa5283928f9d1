"""Bound in advance how far honest rounding takes an answer from the exact one.

An elementwise bound holds for a sum of products in any order (Higham, Accuracy and
Stability of Numerical Algorithms, chapter 3): gamma(n + 2) times the sum of the
magnitudes of its n terms. It survives cancellation, which a bound relative to the
answer does not. The 2 is for factors that are themselves rounded once.

A program that multiplies in the frequency domain rounds every number as coarsely as
the largest one, so that only a bound on the norm of the whole error can hold.
"""

from __future__ import annotations

from math import ceil, log2
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from reference import conv
from reference.shapes import require_backward

if TYPE_CHECKING:
    from reference.shapes import Array

UNIT: Final = 2.0**-53  # the unit roundoff of float64
FFT_FACTOR: Final = 4.0


class Bounds(NamedTuple):
    """A bound for each tensor: on every entry's error, or on the norm of them all."""

    out: Array
    dx: Array
    dw: Array
    db: Array


def gamma(terms: int, *, unit: float = UNIT) -> float:
    """Return n u / (1 - n u): the relative error that n roundings add up to at most.

    Raises:
        ValueError: so many roundings can lose every digit.
    """
    if terms * unit >= 1:
        raise ValueError(f"terms is {terms!r}, wanted less than {1 / unit!r}")
    return terms * unit / (1 - terms * unit)


def elementwise(  # noqa: PLR0913 (a convolution has so many parts)
    dout: Array, x: Array, w: Array, b: Array, *, stride: int, pad: int
) -> Bounds:
    """Return the largest honest error of each entry of out, dx, dw and db.

    Raises:
        ValueError: the shapes, the stride and the pad do not go together.
    """
    require_backward(dout, x, w, stride=stride, pad=pad)
    dout, x, w, b = (np.abs(array) for array in (dout, x, w, b))
    out = conv.forward(x, w, b, stride=stride, pad=pad)
    dx, dw, db = conv.backward(dout, x, w, stride=stride, pad=pad)
    (N, F, rows, columns), (_, C, HH, WW) = dout.shape, w.shape
    taps = ceil(HH / stride) * ceil(WW / stride)  # windows that share a pixel
    return Bounds(
        out=gamma(C * HH * WW + 1 + 2) * out,
        dx=gamma(F * taps + 2) * dx,
        dw=gamma(N * rows * columns + 2) * dw,
        db=gamma(N * rows * columns + 2) * db,
    )


def normwise(  # noqa: PLR0913 (a convolution has so many parts)
    dout: Array, x: Array, w: Array, b: Array, *, stride: int, pad: int
) -> Bounds:
    """Return the largest honest error in the norm of out, dx, dw and db, as scalars.

    Both kinds of program meet it: the first part is for products in the frequency
    domain, the second for sums, and for what follows a transform (adding b).

    Raises:
        ValueError: the shapes, the stride and the pad do not go together.
    """
    sums = elementwise(dout, x, w, b, stride=stride, pad=pad)
    height, width = (size + 2 * pad for size in x.shape[2:])
    coarseness = FFT_FACTOR * UNIT * log2(2 * height * width)
    of_dout, of_x, of_w = (float(np.linalg.norm(array)) for array in (dout, x, w))
    # db is a sum of dout: nobody transforms for that.
    norms = {"out": of_x * of_w, "dx": of_dout * of_w, "dw": of_dout * of_x, "db": 0.0}
    return Bounds(
        **{
            name: np.asarray(coarseness * norms[name] + np.linalg.norm(bound))
            for name, bound in sums._asdict().items()
        }
    )
