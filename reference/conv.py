"""Compute the convolution and its gradients fast, by matrix products.

Small ones in one product over all images at once, where the cost is the number of
calls; large ones an image at a time, where the cost is moving memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reference import conv_at_once, conv_by_image
from reference.shapes import require_backward, require_forward

if TYPE_CHECKING:
    from reference.shapes import Array, Shape

# Entries of the unrolled windows of all images up to which one product is faster.
SMALL: Final = 1 << 15


def forward(x: Array, w: Array, b: Array, *, stride: int, pad: int) -> Array:
    """Return out (N, F, H', W') for x (N, C, H, W), w (F, C, HH, WW) and b (F,).

    Raises:
        ValueError: the shapes, the stride and the pad do not go together.
    """
    shape = require_forward(x, w, b, stride=stride, pad=pad)
    if _entries(w.shape, out=shape) <= SMALL:
        return conv_at_once.forward(x, w, b, stride=stride, pad=pad)
    return conv_by_image.forward(x, w, b, stride=stride, pad=pad)


def backward(
    dout: Array, x: Array, w: Array, *, stride: int, pad: int
) -> tuple[Array, Array, Array]:
    """Return dx, dw and db, the gradients of <dout, out>; dout is (N, F, H', W').

    Raises:
        ValueError: the shapes, the stride and the pad do not go together.
    """
    require_backward(dout, x, w, stride=stride, pad=pad)
    if _entries(w.shape, out=dout.shape) <= SMALL:
        return conv_at_once.backward(dout, x, w, stride=stride, pad=pad)
    return conv_by_image.backward(dout, x, w, stride=stride, pad=pad)


def _entries(w: Shape, *, out: Shape) -> int:
    """Return how many numbers the windows of all images hold, overlaps counted."""
    return out[0] * out[2] * out[3] * w[1] * w[2] * w[3]
