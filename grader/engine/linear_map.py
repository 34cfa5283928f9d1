"""Read off the linear map that a program really computes, by one-hot images.

An affine forward is known by what it does to single pixels: out for an image with
one pixel set, less out for the empty image, is the weight of that pixel in every
output pixel. Images travel many at a time, as a batch.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from grader.calls import Forward, Request
from grader.engine.results import out_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.calls import Array
    from grader.corpus import Entry
    from grader.engine.attempts import Attempts
    from grader.exercise import Exercise

#: So many images travel in one call, so that a slow program meets its deadline.
IMAGES_A_CALL: Final = 48

#: Of the largest number; far above the rounding of an FFT.
LINEAR_TOLERANCE: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearMap:
    """What every pixel of an image counts in every pixel of its out.

    `weights` is (pixels of one image, *shape of one image's out); `at_rest` is the
    out of the empty image.
    """

    weights: Array
    at_rest: Array

    def explains(self, images: Array, out: Array) -> bool:
        """Is this out the images times the weights, and nothing else?"""
        if out.shape != (len(images), *self.at_rest.shape):
            return False
        flat = images.reshape(len(images), -1)
        predicted = np.tensordot(flat, self.weights, axes=1) + self.at_rest
        scale = 1.0 + float(np.abs(predicted).max(initial=0.0))
        return bool(np.all(np.abs(out - predicted) <= LINEAR_TOLERANCE * scale))


def read_linear_map(attempts: Attempts, entry: Entry) -> LinearMap | None:
    """Return the map that the program computes in this case's sizes and options.

    None where it does not answer, or answers images with other than one out each.
    The first array of the exercise holds the images, (N, ...).
    """
    images = next(iter(entry.first.arrays.values()))
    pieces: list[tuple[Array, Array]] = []
    for block in one_hot_blocks(images.shape[1:]):
        piece = _respond(attempts, entry, block)
        if piece is None:
            return None
        pieces.append(piece)
    if len({lit.shape[1:] for lit, _ in pieces}) != 1:
        return None
    weights = np.concatenate([lit - dark for lit, dark in pieces])
    return LinearMap(weights=weights, at_rest=pieces[0][1][0])


def marked(entry: Entry) -> Entry:
    """Return the case with weights that tell which of them a pixel was multiplied by.

    All arrays but the images are filled with numbers that are told apart.
    """
    arrays = entry.first.arrays
    images = next(iter(arrays))
    filled = {name: told_apart(a.shape) for name, a in arrays.items() if name != images}
    first = replace(entry.first, arrays={images: arrays[images], **filled})
    return replace(entry, first=first)


def told_apart(shape: tuple[int, ...]) -> Array:
    """Return the numbers from size + 1 to twice the size in this shape.

    No sum of two of them is one of them, and no seed has a part in it.
    """
    size = int(np.prod(shape))
    return np.arange(1.0, size + 1).reshape(shape) + size


def right_linear_map(exercise: Exercise, entry: Entry) -> Array:
    """Return the oracle's weights, in the shape of `LinearMap.weights`."""
    name, *others = entry.first.arrays
    images = entry.first.arrays[name]
    rest = {other: entry.first.arrays[other] for other in others}
    pieces = []
    for block in one_hot_blocks(images.shape[1:]):
        dout = np.zeros((len(block), *entry.first.dout.shape[1:]))
        lit, dark = (
            exercise.oracle({name: x, **rest}, entry.options or {}, dout).out
            for x in (block, np.zeros_like(block))
        )
        pieces.append(lit - dark)
    return np.concatenate(pieces)


def one_hot_blocks(shape: tuple[int, ...]) -> Iterator[Array]:
    """Yield images of this shape with a single one each, as many as go in one call."""
    pixels = int(np.prod(shape))
    for start in range(0, pixels, IMAGES_A_CALL):
        count = min(IMAGES_A_CALL, pixels - start)
        block = np.zeros((count, pixels))
        block[np.arange(count), np.arange(start, start + count)] = 1.0
        yield block.reshape(count, *shape)


def _respond(
    attempts: Attempts, entry: Entry, block: Array
) -> tuple[Array, Array] | None:
    _, *others = entry.first.arrays.values()
    arrays = (block, np.zeros_like(block), *others)
    rest = tuple(range(2, len(arrays)))
    steps = tuple(
        Forward(arrays=(which, *rest), options=entry.options, slot=which)
        for which in (0, 1)
    )
    request = Request(arrays=arrays, steps=steps)
    answers = [out_of(o) for o in attempts.run(request, regime=entry.case.regime)]
    arrays_out = [answer.array if answer else None for answer in answers]
    lit, dark = arrays_out
    if lit is None or dark is None or lit.shape != dark.shape:
        return None
    if lit.ndim == 0 or len(lit) != len(block) or not np.isfinite(lit - dark).all():
        return None
    return lit.astype(np.float64), dark.astype(np.float64)
