"""Weigh all numbers of an image: plain loops to be believed, and a fast way too.

x is (N, d_1, …, d_k) with D numbers an image, read row by row; w (D, M), b (M,) and
out (N, M).
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from reference.shapes import Array, Shape


def output_shape(x: Shape, w: Shape, b: Shape) -> Shape:
    """Return the shape (N, M) of out.

    Raises:
        ValueError: the shapes do not go together.
    """
    if len(x) < len("ND") or min(x) < 1:
        raise ValueError(f"x has shape {x!r}, wanted (N, d_1, …) with at least 1 each")
    if len(w) != len("DM") or w[0] != prod(x[1:]) or w[1] < 1:
        raise ValueError(f"w has shape {w!r}, wanted ({prod(x[1:])!r}, M)")
    if b != w[1:]:
        raise ValueError(f"b has shape {b!r}, wanted {w[1:]!r}")
    return (x[0], w[1])


def forward_loops(x: Array, w: Array, b: Array) -> Array:
    """Return out (N, M), product by product.

    Raises:
        ValueError: the shapes do not go together.
    """
    out = np.zeros(output_shape(x.shape, w.shape, b.shape), np.result_type(x, w, b))
    for n, m in np.ndindex(out.shape):
        for d, number in enumerate(x[n].ravel()):
            out[n, m] += number * w[d, m]
        out[n, m] += b[m]
    return out


def backward_loops(dout: Array, x: Array, w: Array) -> tuple[Array, Array, Array]:
    """Return dx, dw and db, the gradients of <dout, out>; dout is (N, M).

    Raises:
        ValueError: the shapes do not go together.
    """
    _require_backward(dout, x, w)
    dtype = np.result_type(dout, x, w)
    dx = np.zeros((len(x), len(w)), dtype=dtype)
    dw, db = np.zeros(w.shape, dtype=dtype), np.zeros(w.shape[1], dtype=dtype)
    for n, m in np.ndindex(dout.shape):
        for d, number in enumerate(x[n].ravel()):
            dx[n, d] += dout[n, m] * w[d, m]
            dw[d, m] += dout[n, m] * number
        db[m] += dout[n, m]
    return dx.reshape(x.shape), dw, db


def forward(x: Array, w: Array, b: Array) -> Array:
    """Return out (N, M) by one matrix product.

    Raises:
        ValueError: the shapes do not go together.
    """
    output_shape(x.shape, w.shape, b.shape)
    out: Array = x.reshape(len(x), -1) @ w + b
    return out


def backward(dout: Array, x: Array, w: Array) -> tuple[Array, Array, Array]:
    """Return dx, dw and db, the gradients of <dout, out>, by matrix products.

    Raises:
        ValueError: the shapes do not go together.
    """
    _require_backward(dout, x, w)
    dx = (dout @ w.T).reshape(x.shape)
    return dx, x.reshape(len(x), -1).T @ dout, dout.sum(axis=0)


def _require_backward(dout: Array, x: Array, w: Array) -> None:
    """Raise ValueError if dout has not the shape of out, or x and w do not fit."""
    shape = output_shape(x.shape, w.shape, w.shape[1:])
    if dout.shape != shape:
        raise ValueError(f"dout has shape {dout.shape!r}, wanted {shape!r}")
