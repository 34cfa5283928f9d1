"""Say what a wrong gradient of the weights takes in, for unnamed mistakes.

It is linear in dout: what a single output pixel adds to it is the gradient of a dout
with a one in that pixel and zeros elsewhere. That is the pixel's window of the image,
number by number, so that with numbers of which no two are the same each place of the
kernel tells which pixel it took.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from grader.engine.linear_map import one_hot_blocks, right_linear_map, told_apart
from grader.explain.fillings import posed_plainly
from grader.explain.footprint import clear_cases, other_kernels
from grader.explain.looks import describe
from grader.explain.maps import NEAR, Maps
from grader.explain.passing import KERNELS, WEIGHTS, WINDOWS, ask_gradient
from grader.explain.relations import is_near
from grader.records import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from grader.calls import Array
    from grader.corpus import Entry
    from grader.engine.attempts import Attempts
    from grader.exercise import Exercise
    from grader.records import Case

CASES: Final = 3  # that are tried
OUTPUTS: Final = 64  # each is a call of its own: a sum over images tells none apart
IMAGES_KERNELS_BIAS: Final = 3
#: What is said of dw where the same is seen as of out.
SENTENCES: Final = {
    f"footprint.{kind}": f"taking.{kind}" for kind in (*KERNELS, *WINDOWS, *WEIGHTS)
} | {
    # Here a weight is a place in the kernel: it has no size, and no filter.
    "footprint.scaled": "taking.reweighted",
    "footprint.other_filter": "taking.reweighted",
    "footprint.other_channel": "taking.other_channel",
}


def read_taking(
    exercise: Exercise, attempts: Attempts, cases: Iterable[Case], *, gradient: str
) -> Message | None:
    """Return what a small clear case shows of this gradient.

    None where it is neither that of the kernels nor that of the bias, where a place
    of it is no pixel of x, or where it is not linear in dout. Raise SandboxError.
    """
    read = _reader(exercise, gradient)
    if read is None:
        return None
    for case in _small(exercise, cases)[:CASES]:
        entry = _told_apart(posed_plainly(exercise, case))
        taken = _taken(exercise, attempts, entry, gradient)
        if taken is None or not np.any(taken):
            continue
        seen = _mixed(taken) or read(exercise, entry, taken)
        if seen is not None:
            return replace(seen, values={**seen.values, "tensor": gradient})
    return None


def _reader(
    exercise: Exercise, gradient: str
) -> Callable[[Exercise, Entry, Array], Message | None] | None:
    source = exercise.gradient_of.get(gradient)
    if len(exercise.arrays) != IMAGES_KERNELS_BIAS or not exercise.affine_in:
        return None
    _, kernels, bias = exercise.arrays
    return {kernels: _windows, bias: _counts}.get(source or "")


def _small(exercise: Exercise, cases: Iterable[Case]) -> list[Case]:
    """Return clear cases of few output pixels."""
    return [
        case
        for case in clear_cases(exercise, cases)
        if np.prod(exercise.output_shape(case.axes)[1:]) <= OUTPUTS
    ]


def _told_apart(entry: Entry) -> Entry:
    """Return the case with pixels that are told apart."""
    name, images = next(iter(entry.first.arrays.items()))
    arrays = {**entry.first.arrays, name: told_apart(images.shape)}
    return replace(entry, first=replace(entry.first, arrays=arrays))


def _taken(
    exercise: Exercise, attempts: Attempts, entry: Entry, gradient: str
) -> Array | None:
    """Return what each output pixel of the first image adds to the gradient.

    (F, H', W', *shape of the gradient); None where there is no answer, or where a
    whole dout gives something else than the sum.
    """
    shape = entry.first.dout.shape
    ones = np.concatenate(list(one_hot_blocks(shape[1:])))
    all_of_it = entry.first.dout[:1]
    pieces = list(_asked(exercise, attempts, entry, gradient, [*ones, *all_of_it]))
    wanted = entry.first.arrays[exercise.gradient_of[gradient]].shape
    if any(piece is None or piece.shape != wanted for piece in pieces):
        return None
    *taken, whole = (piece for piece in pieces if piece is not None)
    predicted = np.tensordot(all_of_it.ravel(), np.array(taken), axes=1)
    if not is_near(whole, predicted):
        return None
    return np.array(taken).reshape(*shape[1:], *wanted)


def _asked(
    exercise: Exercise,
    attempts: Attempts,
    entry: Entry,
    gradient: str,
    douts: Sequence[Array],
) -> Iterator[Array | None]:
    """Yield the gradient for each dout of the first image, all others being zero."""
    for dout in douts:
        whole = np.zeros(entry.first.dout.shape)
        whole[0] = dout
        lit = replace(entry, first=replace(entry.first, dout=whole))
        yield ask_gradient(exercise, attempts, lit, gradient)


def _mixed(taken: Array) -> Message | None:
    """Does an output pixel of one filter count in another one's weights?"""
    filters = np.abs(taken).reshape(len(taken), -1, len(taken), taken[0, 0, 0, 0].size)
    counts = filters.max(axis=(1, 3)) > NEAR
    strangers = np.argwhere(counts & ~np.eye(len(taken), dtype=bool))
    if not len(strangers):
        return None
    of, into = (int(number) for number in strangers[0])
    return Message(id="taking.mixed", values={"filter": of, "other": into})


def _own(taken: Array) -> Array:
    """Return what output pixels add to their own filter, (F, H', W', ...)."""
    return np.array([of_filter[:, :, at] for at, of_filter in enumerate(taken)])


def _windows(exercise: Exercise, entry: Entry, taken: Array) -> Message | None:
    own = _own(taken)
    got = _weights(entry, own)
    if got is None:
        return _counted(own, _right_windows(exercise, entry))
    maps = Maps(
        got=got,
        expected=_right(exercise, entry),
        stride=(entry.options or {}).get(exercise.step_option, 0),
        kernels={n: _right(exercise, other) for n, other in other_kernels(entry)},
    )
    if not maps.wrong.any():
        return None
    seen = describe(maps)
    return replace(seen, id=SENTENCES[seen.id])


def _weights(entry: Entry, own: Array) -> Array | None:
    """Return by which weight each pixel would be multiplied, (C, H, W, F, H', W').

    If forward took the same pixels; None where something taken is no single pixel.
    """
    images, kernels, *_ = entry.first.arrays.values()
    image = images[0]
    places = np.rint(own - image.min()).astype(np.int64)
    is_pixel = (own == image.min() + places) & (places >= 0) & (places < image.size)
    if not np.all(is_pixel | (own == 0)):
        return None
    weights = np.zeros((image.size, *own.shape[:3]))
    for f, i, j, *at in np.argwhere(is_pixel):
        weights[places[(f, i, j, *at)], f, i, j] += kernels[(f, *at)]
    return weights.reshape(*image.shape, *own.shape[:3])


def _right(exercise: Exercise, entry: Entry) -> Array:
    right = right_linear_map(exercise, entry)
    return right.reshape(
        *entry.first.arrays[exercise.arrays[0]].shape[1:], *right.shape[1:]
    )


def _right_windows(exercise: Exercise, entry: Entry) -> Array:
    """Return what each output pixel should add to its own filter, as `_own` does."""
    arrays, options = entry.first.arrays, entry.options or {}
    kernels = exercise.arrays[1]
    gradient = next(g for g, name in exercise.gradient_of.items() if name == kernels)
    shape = entry.first.dout.shape
    pieces = []
    for one in np.concatenate(list(one_hot_blocks(shape[1:]))):
        dout = np.zeros(shape)
        dout[0] = one
        pieces.append(exercise.oracle(arrays, options, dout).gradients[gradient])
    return _own(np.array(pieces).reshape(*shape[1:], *arrays[kernels].shape))


def _counts(_exercise: Exercise, _entry: Entry, taken: Array) -> Message | None:
    """Say how often an output pixel counts in the bias's gradient, which is once."""
    own = _own(taken)
    return _counted(own, np.ones_like(own))


def _counted(own: Array, right: Array) -> Message | None:
    """Name an output pixel that counts another number of times than once.

    If that is all: what it adds is what it should, so many times.
    """
    flat, wanted = (x.reshape(*x.shape[:3], -1) for x in (own, right))
    times = (flat * wanted).sum(-1) / np.maximum(1.0, (wanted * wanted).sum(-1))
    wrong = np.argwhere(np.abs(times - 1.0) * wanted.any(-1) > NEAR)
    if not len(wrong) or np.any(np.abs(flat - times[..., None] * wanted) > NEAR):
        return None
    place = tuple(int(number) for number in wrong[0])
    values = dict(zip(("filter", "row", "column"), place, strict=True))
    if not times[place]:
        return Message(id="taking.left_out", values=values)
    shown = f"{times[place]:.4g}"
    return Message(id="taking.counted", values={**values, "times": shown})
