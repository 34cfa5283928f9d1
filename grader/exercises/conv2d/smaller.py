"""List the simpler neighbours of a conv2d case, boldest first, for the minimiser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.exercises.conv2d.axes import MINIMA, columns, is_valid, rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grader.exercise import Axes, Domain

#: In this order a reader gains most: fewer numbers first, simpler options last.
FREE: Final = ("N", "C", "F")
#: A reader follows one more pixel more easily than padding or a stride.
WEIGHTS: Final[Mapping[str, int]] = {"pad": 3, "stride": 2}
KERNELS: Final[Mapping[str, str]] = {"HH": "H", "WW": "W"}


def smaller(axes: Axes, domain: Domain) -> Iterator[Axes]:
    """Yield simpler valid cases, each one step away: first to the least, then less.

    An image is kept as large as its kernel, its stride and its number of windows ask
    for, so that a smaller kernel takes the image with it.
    """
    for proposal in _proposals(axes):
        if _weight(proposal) < _weight(axes) and is_valid(proposal, domain):
            yield proposal


def _weight(axes: Axes) -> int:
    return sum(value * WEIGHTS.get(axis, 1) for axis, value in axes.items())


def _proposals(axes: Axes) -> Iterator[Axes]:
    one_each = {**axes, "N": 1, "C": 1, "F": 1}
    yield _resized({**one_each, "HH": 1, "WW": 1}, outputs=(1, 1))
    yield _resized(one_each, outputs=(1, 1))
    yield one_each
    for axis in FREE:
        for value in _less(axes[axis], MINIMA[axis]):
            yield {**axes, axis: value}
    yield _resized(axes, outputs=(1, 1))
    yield _resized(axes, outputs=(2, 2))
    yield _resized(axes, outputs=(rows(axes).outputs, 1))
    yield _resized(axes, outputs=(1, columns(axes).outputs))
    for kernel in ((1, 1), (2, 2), (1, axes["WW"]), (axes["HH"], 1)):
        yield _resized({**axes, "HH": kernel[0], "WW": kernel[1]}, like=axes)
    square = min(axes["HH"], axes["WW"])
    yield _resized({**axes, "HH": square, "WW": square}, like=axes)
    for pad in _less(axes["pad"], 0):
        yield {**axes, "pad": pad}
        yield _resized({**axes, "pad": pad}, outputs=(1, 1))
        yield _resized({**axes, "pad": pad}, like=axes)
    for stride in _less(axes["stride"], 1):
        yield _resized({**axes, "stride": stride}, like=axes)
    for size in ("H", "W"):
        for value in _less(axes[size], 1):
            yield {**axes, size: value}


def _less(value: int, least: int) -> Iterator[int]:
    """Yield the least, the next, and the one just below."""
    yield from dict.fromkeys(
        v for v in (least, least + 1, value - 1) if least <= v < value
    )


def _resized(
    axes: Axes, *, outputs: tuple[int, int] | None = None, like: Axes | None = None
) -> Axes:
    """Return the case with the image that this many windows ask for.

    Of `like` the numbers of windows are kept, and of the case itself the rest rows.
    """
    before = like or axes
    wanted = outputs or (rows(before).outputs, columns(before).outputs)
    rests = (rows(before).rest, columns(before).rest)
    stride, pad = axes["stride"], axes["pad"]
    sizes = {}
    for (kernel, size), count, rest in zip(KERNELS.items(), wanted, rests, strict=True):
        room = (count - 1) * stride + min(rest, stride - 1)
        sizes[size] = room + axes[kernel] - 2 * pad
        while sizes[size] < 1:  # all padding: one more window makes room for a pixel
            sizes[size] += stride
    return {**axes, **sizes}
