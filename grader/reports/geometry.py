"""Name the input numbers that one number of an answer is made of.

It follows from the sizes alone, for every layer that slides a window: one whose case
has the axes HH, WW and stride (and pad, else 0). With weights `w` it is a convolution,
without them each channel is for itself. Other layers are drawn without a window.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grader.records import Shape

Place: TypeAlias = "tuple[str, Shape]"  # a tensor and the index of one number in it
SPATIAL = 4  # axes of an image tensor: N, C, H, W


@dataclass(frozen=True, slots=True, kw_only=True)
class Sliding:
    """A window that slides over x: its sizes, and the shapes around it."""

    height: int
    width: int
    stride: int
    pad: int
    shapes: Mapping[str, Shape]  # of x, of w if there are weights, and of out

    @property
    def has_weights(self) -> bool:
        """Whether the window is multiplied with weights."""
        return "w" in self.shapes


def sliding(axes: Mapping[str, int], shapes: Mapping[str, Shape]) -> Sliding | None:
    """Return the window of this case, or None if the layer has none."""
    image = shapes.get("x", ())
    if not {"HH", "WW", "stride"} <= axes.keys() or len(image) != SPATIAL:
        return None
    return Sliding(
        height=axes["HH"],
        width=axes["WW"],
        stride=axes["stride"],
        pad=axes.get("pad", 0),
        shapes=shapes,
    )


def terms(window: Sliding, answer: str, cell: Shape) -> tuple[tuple[Place, ...], ...]:
    """Return the products whose sum is this number; empty if that is not known.

    Rows and columns of x count from the padded image's corner: what lies outside of
    x itself is padding.
    """
    rules = {"out": _of_out, "dx": _of_dx, "dw": _of_dw, "db": _of_db}
    if answer not in rules or (answer in ("dw", "db") and not window.has_weights):
        return ()
    return tuple(rules[answer](window, cell))


def _of_out(window: Sliding, cell: Shape) -> Iterator[tuple[Place, ...]]:
    n, f, i, j = cell
    channels = range(window.shapes["x"][1]) if window.has_weights else (f,)
    for c, u, v in product(channels, range(window.height), range(window.width)):
        pixel = ("x", (n, c, i * window.stride + u, j * window.stride + v))
        yield (pixel, ("w", (f, c, u, v))) if window.has_weights else (pixel,)


def _of_dx(window: Sliding, cell: Shape) -> Iterator[tuple[Place, ...]]:
    n, c, h, w = cell
    filters = range(window.shapes["w"][0]) if window.has_weights else (c,)
    for f, i, j in product(filters, *map(range, _output_size(window))):
        u = h + window.pad - i * window.stride
        v = w + window.pad - j * window.stride
        if 0 <= u < window.height and 0 <= v < window.width:
            above = ("dout", (n, f, i, j))
            yield (above, ("w", (f, c, u, v))) if window.has_weights else (above,)


def _of_dw(window: Sliding, cell: Shape) -> Iterator[tuple[Place, ...]]:
    f, c, u, v = cell
    for n, i, j in product(range(window.shapes["x"][0]), *_output_ranges(window)):
        pixel = ("x", (n, c, i * window.stride + u, j * window.stride + v))
        yield pixel, ("dout", (n, f, i, j))


def _of_db(window: Sliding, cell: Shape) -> Iterator[tuple[Place, ...]]:
    (f,) = cell
    for n, i, j in product(range(window.shapes["x"][0]), *_output_ranges(window)):
        yield (("dout", (n, f, i, j)),)


def _output_ranges(window: Sliding) -> tuple[range, range]:
    tall, wide = _output_size(window)
    return range(tall), range(wide)


def _output_size(window: Sliding) -> tuple[int, int]:
    height, width = window.shapes["x"][2:]
    return (
        1 + (height + 2 * window.pad - window.height) // window.stride,
        1 + (width + 2 * window.pad - window.width) // window.stride,
    )
