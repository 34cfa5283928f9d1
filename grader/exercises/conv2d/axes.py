"""Say what follows from the sizes of a conv2d case: shapes, options, validity."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.exercise import Axes, Domain
    from grader.records import Shape

AXES: Final = ("N", "C", "H", "W", "F", "HH", "WW", "stride", "pad")
MINIMA: Final[Mapping[str, int]] = dict.fromkeys(AXES, 1) | {"pad": 0}

SQUARE_KERNELS: Final = "square_kernels"
SQUARE_IMAGES: Final = "square_images"
FLAGS: Final = (SQUARE_KERNELS, SQUARE_IMAGES)


class Along(NamedTuple):
    """One direction of a case: rows (H, HH) or columns (W, WW)."""

    size: int
    kernel: int
    stride: int
    pad: int

    @property
    def room(self) -> int:
        """How far a window can move, in pixels; negative if it does not fit."""
        return self.size + 2 * self.pad - self.kernel

    @property
    def rest(self) -> int:
        """Rows of the padded image below the last window."""
        return self.room % self.stride

    @property
    def outputs(self) -> int:
        """Windows that fit."""
        return 1 + self.room // self.stride

    @property
    def overlaps(self) -> bool:
        """Whether neighbouring windows share pixels."""
        return self.stride < self.kernel and self.outputs > 1

    @property
    def is_peculiar(self) -> bool:
        """Whether no simpler formula gives the number of windows by coincidence."""
        halved = self.size / self.stride
        return self.outputs not in {
            floor(halved),
            ceil(halved),
            1 + self.kernel // self.stride,
        }

    def rest_with(self, kernel: int) -> int:
        """Return the rest that another kernel would leave."""
        return self._replace(kernel=kernel).rest

    @property
    def reads_image(self) -> bool:
        """Whether some window reads a pixel that is not padding."""
        starts = range(0, self.outputs * self.stride, self.stride)
        return any(-self.kernel < at - self.pad < self.size for at in starts)


def rows(axes: Axes) -> Along:
    """Return the vertical direction of a case."""
    return Along(axes["H"], axes["HH"], axes["stride"], axes["pad"])


def columns(axes: Axes) -> Along:
    """Return the horizontal direction of a case."""
    return Along(axes["W"], axes["WW"], axes["stride"], axes["pad"])


def array_shapes(axes: Axes) -> Mapping[str, Shape]:
    """Return the shapes of x, w and b."""
    return {
        "x": (axes["N"], axes["C"], axes["H"], axes["W"]),
        "w": (axes["F"], axes["C"], axes["HH"], axes["WW"]),
        "b": (axes["F"],),
    }


def options(axes: Axes) -> Mapping[str, int]:
    """Return conv_param."""
    return {"stride": axes["stride"], "pad": axes["pad"]}


def output_shape(axes: Axes) -> Shape:
    """Return the shape of out; of dout too."""
    return (axes["N"], axes["F"], rows(axes).outputs, columns(axes).outputs)


def reads_image(axes: Axes) -> bool:
    """Return whether out depends on x at all: windows may all lie in the padding."""
    return rows(axes).reads_image and columns(axes).reads_image


def has_remainder(axes: Axes) -> bool:
    """Return whether some rows or columns lie below or right of the last window."""
    return rows(axes).rest > 0 or columns(axes).rest > 0


def is_square(axes: Axes) -> bool:
    """Return whether both the image and the kernel are square."""
    return axes["H"] == axes["W"] and axes["HH"] == axes["WW"]


def is_valid(axes: Axes, domain: Domain) -> bool:
    """Return whether a course with this domain promises an answer to the case."""
    if any(axes[axis] < least for axis, least in MINIMA.items()):
        return False
    if rows(axes).room < 0 or columns(axes).room < 0:
        return False
    if domain.remainder == "never" and has_remainder(axes):
        return False
    if SQUARE_KERNELS in domain.flags and axes["HH"] != axes["WW"]:
        return False
    if SQUARE_IMAGES in domain.flags and axes["H"] != axes["W"]:
        return False
    return all(axes[axis] in allowed for axis, allowed in domain.allowed.items())
