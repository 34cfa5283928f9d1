"""Say what follows from the sizes of a max-pooling case: shapes, options, validity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.report import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grader.exercise import Axes, Domain
    from grader.records import Shape

AXES: Final = ("N", "C", "H", "W", "HH", "WW", "stride")
SQUARE_WINDOWS: Final = "square_windows"
SQUARE_IMAGES: Final = "square_images"


def shapes(axes: Axes) -> Mapping[str, Shape]:
    """Return the shape of x."""
    return {"x": (axes["N"], axes["C"], axes["H"], axes["W"])}


def options(axes: Axes) -> Mapping[str, int]:
    """Return pool_param."""
    return {
        "pool_height": axes["HH"],
        "pool_width": axes["WW"],
        "stride": axes["stride"],
    }


def outputs(axes: Axes) -> tuple[int, int]:
    """Return H' and W'."""
    height = 1 + (axes["H"] - axes["HH"]) // axes["stride"]
    return height, 1 + (axes["W"] - axes["WW"]) // axes["stride"]


def output_shape(axes: Axes) -> Shape:
    """Return the shape of out."""
    return (axes["N"], axes["C"], *outputs(axes))


def has_rest(axes: Axes) -> bool:
    """Tell whether some rows or columns lie beyond the last window."""
    rooms = (axes["H"] - axes["HH"], axes["W"] - axes["WW"])
    return any(room % axes["stride"] for room in rooms)


def shares_pixels(axes: Axes) -> bool:
    """Tell whether some pixel lies in two windows."""
    height, width = outputs(axes)
    is_tall = axes["stride"] < axes["HH"] and height > 1
    return is_tall or (axes["stride"] < axes["WW"] and width > 1)


def is_valid(axes: Axes, domain: Domain) -> bool:
    """Return whether a course with this domain promises an answer to the case."""
    if min(axes.values()) < 1 or axes["H"] < axes["HH"] or axes["W"] < axes["WW"]:
        return False
    if domain.remainder == "never" and has_rest(axes):
        return False
    if SQUARE_WINDOWS in domain.flags and axes["HH"] != axes["WW"]:
        return False
    if SQUARE_IMAGES in domain.flags and axes["H"] != axes["W"]:
        return False
    return all(axes[axis] in allowed for axis, allowed in domain.allowed.items())


def origin(axes: Axes, answer: str, cell: Shape) -> Origin:
    """Return the numbers among which the maximum is, or where a gradient comes from."""
    of = _window if answer == "out" else _above
    return Origin(parts=tuple((place,) for place in of(axes, cell)), is_sum=False)


def _window(axes: Axes, cell: Shape) -> Iterator[tuple[str, Shape]]:
    """Yield the pixels that one number of out is the maximum of."""
    n, c, i, j = cell
    top, left = i * axes["stride"], j * axes["stride"]
    for row in range(top, top + axes["HH"]):
        for column in range(left, left + axes["WW"]):
            yield "x", (n, c, row, column)


def _above(axes: Axes, cell: Shape) -> Iterator[tuple[str, Shape]]:
    """Yield the numbers of dout whose windows hold this pixel."""
    n, c, row, column = cell
    height, width = outputs(axes)
    for i in range(height):
        for j in range(width):
            down, right = row - i * axes["stride"], column - j * axes["stride"]
            if 0 <= down < axes["HH"] and 0 <= right < axes["WW"]:
                yield "dout", (n, c, i, j)
