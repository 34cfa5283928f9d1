"""Fill the arrays of a conv2d case so that no mistake is right by luck."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from grader.cases import Stream, lattice, off_lattice, opposed
from grader.exercises.conv2d import axes as conv2d_axes
from grader.exercises.conv2d.answers import answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from grader.calls import Array
    from grader.exercise import Answer, Axes

# x, b and dout turn their signs, w keeps its own: then out and dx turn theirs too.
SIGNS: Final[Mapping[str, int]] = {"x": -1, "w": 1, "b": -1, "dout": -1}

#: What x of the second data set is further from zero. With the sixteenths these are
#: twelve binary digits, which float16 has not and float32 multiplies exactly.
FURTHER: Final = 128.0
#: How many times as large dout of the second data set is.
LARGER: Final = 16.0
#: All answers to it reach beyond this on both sides, in cases with room for it.
FAR: Final = 32.0
#: So often data are drawn anew for the sake of that, where a course leaves no room.
TRIES: Final = 100


class Drawn(NamedTuple):
    """Lattice data, others that oppose them, and these with large numbers."""

    first: Mapping[str, Array]
    opposite: Mapping[str, Array]
    enlarged: Mapping[str, Array]


def fill(axes: Axes, seed: int) -> tuple[Mapping[str, Array], Mapping[str, Array]]:
    """Return two data sets of x, w, b and dout.

    The first one is lattice data. Entry by entry the second one has the opposite sign
    (w: the same) and another magnitude, which is large: see `_enlarged`. Between them
    every tensor of the answer has a negative entry, and all but dw a positive one, so
    that abs() or max(0, .) anywhere shows on every seed.
    """
    drawn = _draw(axes, seed)
    return drawn.first, drawn.enlarged


def _draw(axes: Axes, seed: int) -> Drawn:
    shapes = {**conv2d_axes.array_shapes(axes), "dout": conv2d_axes.output_shape(axes)}
    stream = Stream(seed)
    tries_left = TRIES if _has_room(axes) else 0
    while True:
        first = {name: lattice(stream, shape) for name, shape in shapes.items()}
        if not _tells_its_parts(first["dout"]):
            continue
        opposite = {
            name: opposed(stream, array, sign=SIGNS[name])
            for name, array in first.items()
        }
        second = _enlarged(axes, opposite)
        tries_left -= 1
        # The sum of dout is db, which is seldom far and quickly known.
        if tries_left > 0 and not _is_far([second["dout"].sum(axis=(0, 2, 3))]):
            continue
        answers = [_answered(axes, data) for data in (first, second)]
        far = _is_far([answers[1].out, *answers[1].gradients.values()])
        some = all(array.sum() != 0 for array in second.values()) and _differ(answers)
        if some and (far or tries_left <= 0) and _shows_signs(axes, answers):
            return Drawn(first, opposite, second)


def _tells_its_parts(dout: Array) -> bool:
    """Return whether every image, filter, row and column adds something to db.

    Else a loop that leaves one out would be right by luck.
    """
    parts = [dout.sum(axis=axes) for axes in ((2, 3), (0, 3), (0, 2))]
    of_images, of_rows, of_columns = parts
    of_filters = dout.sum(axis=(0, 2, 3))
    along = (of_images.any(axis=1), of_rows.any(axis=0), of_columns.any(axis=0))
    return bool(of_filters.all() and all(each.all() for each in along))


def _has_room(axes: Axes) -> bool:
    """Return whether there are several of all, as in every general case."""
    N, F, rows, columns = conv2d_axes.output_shape(axes)
    return min(N, F - 1, axes["C"], rows, columns) > 1


def _enlarged(axes: Axes, data: Mapping[str, Array]) -> Mapping[str, Array]:
    """Return the data with large numbers, and with zeros in all of the answer.

    A limit that a program sets to its numbers shows then whatever the seed, and so
    does a special treatment of zero. In dout, as behind a ReLU, zeros are a filter in
    the middle, since loops go wrong at their ends, and of several images all windows
    that read the first pixel of the first; one bias undoes the sum it is added to.
    """
    x = data["x"] + FURTHER * np.sign(data["x"])
    dout, b = LARGER * data["dout"], data["b"].copy()
    N, F, *windows = dout.shape
    reading = axes["pad"] // axes["stride"] + 1  # in each direction
    if N > 1 and reading < min(windows):
        dout[0, :, :reading, :reading] = 0
    if F > 2:  # noqa: PLR2004 (of two it would leave one sign only)
        dout[:, F // 2] = 0
    enlarged = {**data, "x": x, "dout": dout}
    if axes["F"] > 1:
        one = {name: array[:1] for name, array in enlarged.items()}
        one["dout"] = one["dout"][:, :1]
        b[0] -= _answered(axes, one).out[0, 0, 0, 0]
    return {**enlarged, "b": b}


def fill_real(axes: Axes, seed: int) -> tuple[Mapping[str, Array], Mapping[str, Array]]:
    """Return the data sets of `fill`, each number moved off the lattice.

    They are real numbers with all their digits, and none of them large. The first one
    opposes the second of `fill` as well, so that both can be used together.
    """
    before = _draw(axes, seed)
    stream = Stream(seed, jumps=1)
    while True:
        first, second = (
            {name: off_lattice(stream, array) for name, array in data.items()}
            for data in before[:2]
        )
        # As the lattice data do that they are near to; so this ends.
        answers = [_answered(axes, data) for data in (first, before.enlarged)]
        if _shows_signs(axes, answers):
            return first, second


def _answered(axes: Axes, data: Mapping[str, Array]) -> Answer:
    for array in data.values():
        array.flags.writeable = False  # so that what they give can be remembered
    return answer(data, conv2d_axes.options(axes), data["dout"])


def _differ(answers: Sequence[Answer]) -> bool:
    """Return whether the first and the last pixel of out are others in each answer.

    Else who computes nothing more would be taken for who returns a constant.
    """
    one, two = (each.out.reshape(-1)[[0, -1]] for each in answers)
    return bool(np.all(one != two))


def _is_far(tensors: Iterable[Array]) -> bool:
    return all(min(each.max(), -each.min()) > FAR for each in tensors)


def _shows_signs(axes: Axes, answers: Iterable[Answer]) -> bool:
    """Return whether these answers together show every sign."""
    listed = list(answers)
    turning = [
        [each.out for each in listed],
        [each.gradients["db"] for each in listed],
    ]
    if conv2d_axes.reads_image(axes):
        turning.append([each.gradients["dx"] for each in listed])
        # Of one product, dw cannot turn: both of its factors do.
        if min(each.gradients["dw"].min() for each in listed) >= 0:
            return False
    return all(
        min(each.min() for each in tensors) < 0 < max(each.max() for each in tensors)
        for tensors in turning
    )
