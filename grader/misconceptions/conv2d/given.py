"""One filled case of the convolution, and the right tensors of it or of a variant.

Most mistakes are a right convolution of something else, or something else done to a
right one: `Given` is what the one-liners in this folder are composed of.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from reference import conv

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from grader.calls import Array

    Ways: TypeAlias = Callable[["Given"], Array]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The arrays and options of one case, in the letters of the textbook."""

    x: Array  # (N, C, H, W)
    w: Array  # (F, C, HH, WW)
    b: Array  # (F,)
    dout: Array  # (N, F, rows, columns)
    stride: int
    pad: int
    strict: bool = False  # a window that the border has cut is refused

    @property
    def height(self) -> int:
        """H, of the image without padding."""
        return int(self.x.shape[2])

    @property
    def width(self) -> int:
        """W, of the image without padding."""
        return int(self.x.shape[3])

    @property
    def rows(self) -> int:
        """The height of out."""
        return (self.height + 2 * self.pad - int(self.w.shape[2])) // self.stride + 1

    @property
    def columns(self) -> int:
        """The width of out."""
        return (self.width + 2 * self.pad - int(self.w.shape[3])) // self.stride + 1

    @property
    def bias(self) -> Array:
        """b, ready to be added to out."""
        return self.b[:, None, None]

    @property
    def images(self) -> int:
        """N."""
        return int(self.x.shape[0])

    def but(self, **changes: Any) -> Given:  # noqa: ANN401 (as dataclasses.replace)
        """Return the case with some things replaced."""
        return replace(self, **changes)

    def on(self, canvas: Array) -> Given:
        """Return the case on an image that is padded already."""
        return replace(self, x=canvas, pad=0)

    def out(self) -> Array:
        """Return the right out."""
        return conv.forward(self.x, self.w, self.b, stride=self.stride, pad=self.pad)

    def dx(self) -> Array:
        """Return the right gradient of x."""
        return self._gradients()[0]

    def dw(self) -> Array:
        """Return the right gradient of w."""
        return self._gradients()[1]

    def db(self) -> Array:
        """Return the right gradient of b."""
        total: Array = self.dout.sum(axis=(0, 2, 3))
        return total

    def _gradients(self) -> tuple[Array, Array, Array]:
        return conv.backward(
            self.dout, self.x, self.w, stride=self.stride, pad=self.pad
        )

    def padded(self) -> Array:
        """Return x with its zeros around it, (N, C, H + 2 pad, W + 2 pad)."""
        return self.padded_by(rows=(self.pad, self.pad), columns=(self.pad, self.pad))

    def padded_by(
        self,
        *,
        rows: tuple[int, int],
        columns: tuple[int, int],
        mode: Any = "constant",  # noqa: ANN401 (NumPy's own literals, not exported)
    ) -> Array:
        """Return x with other margins, or filled as a mode of np.pad says."""
        return np.pad(self.x, ((0, 0), (0, 0), rows, columns), mode=mode)

    def dx_padded(self) -> Array:
        """Return the gradient of the padded image, margin included."""
        return self.on(self.padded()).dx()


def turned(w: Array) -> Array:
    """Return every kernel turned by 180 degrees."""
    return w[:, :, ::-1, ::-1]


def cropped(array: Array, *, top: int, left: int, like: Array) -> Array:
    """Return the part of the last two axes that is as large as `like`."""
    height, width = like.shape[2:]
    return array[:, :, top : top + height, left : left + width]
