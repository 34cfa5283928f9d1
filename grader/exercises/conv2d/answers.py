"""Answer a conv2d case with the reference, in the exercise's own names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.exercise import Answer
from reference import conv

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.calls import Array


def answer(
    arrays: Mapping[str, Array], options: Mapping[str, int], dout: Array
) -> Answer:
    """Return out, and dx, dw, db by name."""
    x, w, b = arrays["x"], arrays["w"], arrays["b"]
    stride, pad = options["stride"], options["pad"]
    out = conv.forward(x, w, b, stride=stride, pad=pad)
    dx, dw, db = conv.backward(dout, x, w, stride=stride, pad=pad)
    return Answer(out=out, gradients={"dx": dx, "dw": dw, "db": db})
