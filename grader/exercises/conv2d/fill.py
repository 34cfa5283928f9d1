"""Fill the arrays of a conv2d case so that no mistake is right by luck."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.cases import Stream, lattice, off_lattice, opposed
from grader.exercises.conv2d import axes as conv2d_axes
from grader.exercises.conv2d.answers import answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.calls import Array
    from grader.exercise import Axes

# x, b and dout turn their signs, w keeps its own: then out and dx turn theirs too.
SIGNS: Final[Mapping[str, int]] = {"x": -1, "w": 1, "b": -1, "dout": -1}


def fill(axes: Axes, seed: int) -> tuple[Mapping[str, Array], Mapping[str, Array]]:
    """Return two data sets of x, w, b and dout, as lattice data.

    Entry by entry the second one has the opposite sign (w: the same) and another
    magnitude. Between them every tensor of the answer has a negative entry, and all
    but dw a positive one, so that abs() or max(0, .) anywhere shows on every seed.
    """
    shapes = {**conv2d_axes.array_shapes(axes), "dout": conv2d_axes.output_shape(axes)}
    stream = Stream(seed)
    while True:
        first = {name: lattice(stream, shape) for name, shape in shapes.items()}
        second = {
            name: opposed(stream, array, sign=SIGNS[name])
            for name, array in first.items()
        }
        if _shows_signs(axes, first, second):
            return first, second


def fill_real(axes: Axes, seed: int) -> tuple[Mapping[str, Array], Mapping[str, Array]]:
    """Return the data sets of `fill`, each number moved off the lattice.

    They are real numbers with all their digits. The first one opposes the second of
    `fill` as well, so that a real and a lattice data set can be used together.
    """
    before = fill(axes, seed)
    stream = Stream(seed, jumps=1)
    while True:
        first, second = (
            {name: off_lattice(stream, array) for name, array in data.items()}
            for data in before
        )
        if all(_shows_signs(axes, first, other) for other in (second, before[1])):
            return first, second


def _shows_signs(axes: Axes, *data_sets: Mapping[str, Array]) -> bool:
    """Return whether the answers to both data sets together show every sign."""
    options = conv2d_axes.options(axes)
    for array in (array for data in data_sets for array in data.values()):
        array.flags.writeable = False  # so that what they give can be remembered
    answers = [answer(data, options, data["dout"]) for data in data_sets]
    turning = [
        [each.out for each in answers],
        [each.gradients["db"] for each in answers],
    ]
    if conv2d_axes.reads_image(axes):
        turning.append([each.gradients["dx"] for each in answers])
        # Of one product, dw cannot turn: both of its factors do.
        if min(each.gradients["dw"].min() for each in answers) >= 0:
            return False
    return all(
        min(each.min() for each in tensors) < 0 < max(each.max() for each in tensors)
        for tensors in turning
    )
