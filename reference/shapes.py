"""Say which sizes make a valid convolution, and what comes out of them.

Letters as in the lecture: x (N, C, H, W), w (F, C, HH, WW), b (F,), out
(N, F, H', W') with H' = 1 + (H + 2 pad - HH) / stride. Where that does not divide,
`remainder` decides: "never" refuses the sizes, "floor" leaves the rest unread.
"""

from __future__ import annotations

from typing import Any, Final, Literal, TypeAlias

import numpy as np

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]
Shape: TypeAlias = tuple[int, ...]
Remainder: TypeAlias = Literal["never", "floor"]

REMAINDERS: Final[tuple[Remainder, ...]] = ("never", "floor")


def output_size(
    size: int, kernel: int, *, stride: int, pad: int, remainder: Remainder = "floor"
) -> int:
    """Return how many windows fit along one axis.

    Raises:
        ValueError: no window fits, the stride leaves a rest although `remainder` is
            "never", or a number is out of range.
    """
    _require_remainder(remainder)
    _require_step(stride, pad=pad)
    if size < 1 or kernel < 1:
        raise ValueError(
            f"size is {size!r} and kernel {kernel!r}, wanted at least 1 each"
        )
    room = size + 2 * pad - kernel
    if room < 0:
        raise ValueError(
            f"kernel {kernel!r} does not fit into {size + 2 * pad!r} pixels "
            f"(size {size!r} with pad {pad!r} on both sides), "
            f"wanted a kernel of at most {size + 2 * pad!r}"
        )
    if remainder == "never" and room % stride:
        raise ValueError(
            f"stride {stride!r} does not divide {room!r} "
            f"(size {size!r} + 2 * pad {pad!r} - kernel {kernel!r}), "
            "wanted a stride that does, or remainder 'floor'"
        )
    return 1 + room // stride


def output_shape(
    x: Shape, w: Shape, *, stride: int, pad: int, remainder: Remainder = "floor"
) -> Shape:
    """Return the shape (N, F, H', W') of out for images x and kernels w.

    Raises:
        ValueError: x or w is not four-dimensional, their channels differ, an axis is
            empty, or `output_size` refuses an axis.
    """
    for name, shape, axes in (("x", x, "(N, C, H, W)"), ("w", w, "(F, C, HH, WW)")):
        if len(shape) != len("NCHW") or min(shape) < 1:
            raise ValueError(
                f"{name} has shape {shape!r}, wanted {axes} with at least 1 each"
            )
    if x[1] != w[1]:
        raise ValueError(
            f"x has {x[1]!r} channels and w has {w[1]!r}, wanted the same number"
        )
    height, width = (
        output_size(size, kernel, stride=stride, pad=pad, remainder=remainder)
        for size, kernel in zip(x[2:], w[2:], strict=True)
    )
    return (x[0], w[0], height, width)


def is_valid(
    x: Shape, w: Shape, *, stride: int, pad: int, remainder: Remainder = "floor"
) -> bool:
    """Return whether `output_shape` has an answer."""
    _require_remainder(remainder)
    try:
        output_shape(x, w, stride=stride, pad=pad, remainder=remainder)
    except ValueError:
        return False
    return True


def require_forward(x: Array, w: Array, b: Array, *, stride: int, pad: int) -> Shape:
    """Return out's shape, or raise ValueError if the arrays do not go together."""
    shape = output_shape(x.shape, w.shape, stride=stride, pad=pad)
    if b.shape != w.shape[:1]:
        raise ValueError(f"b has shape {b.shape!r}, wanted {w.shape[:1]!r}")
    return shape


def require_backward(dout: Array, x: Array, w: Array, *, stride: int, pad: int) -> None:
    """Raise ValueError if dout has not the shape of out, or x and w do not fit."""
    shape = output_shape(x.shape, w.shape, stride=stride, pad=pad)
    if dout.shape != shape:
        raise ValueError(f"dout has shape {dout.shape!r}, wanted {shape!r}")


def _require_step(stride: int, *, pad: int) -> None:
    """Raise ValueError unless stride and pad can be those of a convolution."""
    if stride < 1:
        raise ValueError(f"stride is {stride!r}, wanted at least 1")
    if pad < 0:
        raise ValueError(f"pad is {pad!r}, wanted at least 0")


def _require_remainder(remainder: Remainder) -> None:
    """Raise ValueError for a rule that does not exist."""
    if remainder not in REMAINDERS:
        wanted = " or ".join(map(repr, REMAINDERS))
        raise ValueError(f"remainder is {remainder!r}, wanted {wanted}")
