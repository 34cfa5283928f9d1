"""Say to which pixels a wrong gradient of the images is passed, for unnamed mistakes.

The gradient is linear in dout: what a single output pixel passes on is the gradient of
a dout with a one in that pixel and zeros elsewhere. It should be what the pixel's
window is multiplied by in forward, so that both are looked at in the same way.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from grader.engine.linear_map import one_hot_blocks
from grader.engine.protocol import ask_briefly
from grader.engine.results import value_of
from grader.explain.fillings import posed_plainly
from grader.explain.footprint import clear_cases, other_kernels
from grader.explain.looks import describe
from grader.explain.maps import Maps
from grader.explain.relations import is_near
from grader.records import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from grader.calls import Array
    from grader.corpus import Entry
    from grader.engine.attempts import Attempts
    from grader.exercise import Exercise
    from grader.records import Case

CASES: Final = 4  # that are tried
KERNELS: Final = ("turned", "upside_down", "mirrored", "transposed")
WINDOWS: Final = ("nothing", "exchanged", "channels", "starts", "shifted", "unfilled")
WEIGHTS: Final = ("fewer", "reweighted", "some", "other", "beside")
WHOSE: Final = ("scaled", "other_filter", "other_channel")
#: What is said of dx where the same is seen as of out.
SENTENCES: Final = {
    f"footprint.{kind}": f"passing.{kind}"
    for kind in (*KERNELS, *WINDOWS, *WEIGHTS, *WHOSE)
}


def read_passing(
    exercise: Exercise, attempts: Attempts, cases: Iterable[Case], *, gradient: str
) -> Message | None:
    """Return what the smallest clear case shows of this gradient.

    None where the gradient is not that of the images, or not linear in dout. Raise
    SandboxError.
    """
    if exercise.gradient_of.get(gradient) != exercise.arrays[0]:
        return None
    for case in clear_cases(exercise, cases)[:CASES]:
        entry = posed_plainly(exercise, case)
        got = _passed(exercise, attempts, entry, gradient)
        if got is None or not _explains(exercise, attempts, entry, gradient, got):
            continue
        maps = _maps(exercise, entry, gradient, got)
        if maps.wrong.any():
            seen = describe(maps)
            values = {**seen.values, "tensor": gradient}
            return Message(id=SENTENCES[seen.id], values=values)
    return None


def _maps(exercise: Exercise, entry: Entry, gradient: str, got: Array) -> Maps:
    def arranged(passed: Array) -> Array:
        shape = (*passed.shape[1:], *entry.first.dout.shape[1:])
        return np.moveaxis(passed, 0, -1).reshape(shape)

    return Maps(
        got=arranged(got),
        expected=arranged(_right(exercise, entry, gradient)),
        stride=(entry.options or {}).get(exercise.step_option, 0),
        kernels={
            name: arranged(_right(exercise, other, gradient))
            for name, other in other_kernels(entry)
        },
    )


def _right(exercise: Exercise, entry: Entry, gradient: str) -> Array:
    """Return what each output pixel should pass on, (output pixels, one image)."""
    options = entry.options or {}
    return np.concatenate([
        exercise.oracle(_for_images(entry, len(dout)), options, dout).gradients[
            gradient
        ]
        for dout in one_hot_blocks(entry.first.dout.shape[1:])
    ])  # fmt: skip


def _passed(
    exercise: Exercise, attempts: Attempts, entry: Entry, gradient: str
) -> Array | None:
    """Return what each output pixel passes on; None where there is no answer."""
    pieces = []
    for dout in one_hot_blocks(entry.first.dout.shape[1:]):
        lit = replace(entry.first, arrays=_for_images(entry, len(dout)), dout=dout)
        piece = ask_gradient(exercise, attempts, replace(entry, first=lit), gradient)
        if piece is None or piece.shape != lit.arrays[exercise.arrays[0]].shape:
            return None
        pieces.append(piece)
    return np.concatenate(pieces)


def _explains(
    exercise: Exercise, attempts: Attempts, entry: Entry, gradient: str, passed: Array
) -> bool:
    """Is the gradient of a whole dout the sum of what its pixels pass on?"""
    seen = ask_gradient(exercise, attempts, entry, gradient)
    dout = entry.first.dout
    predicted = np.tensordot(dout.reshape(len(dout), -1), passed, axes=1)
    return seen is not None and is_near(seen, predicted)


def ask_gradient(
    exercise: Exercise, attempts: Attempts, entry: Entry, gradient: str
) -> Array | None:
    """Return this gradient of the case as float64; None where one is missing or NaN.

    Raise SandboxError.
    """
    request = ask_briefly(entry, backward=True)
    *_, observation = attempts.run(request, regime=entry.case.regime)
    value = value_of(gradient, observation, exercise)
    if value is None or value.array is None:
        return None
    if not np.isfinite(value.array).all():
        return None
    return value.array.astype(np.float64)


def _for_images(entry: Entry, count: int) -> Mapping[str, Array]:
    """Return the arrays with this many images, all of them the first one."""
    name, *_ = entry.first.arrays
    image = entry.first.arrays[name][:1]
    return {**entry.first.arrays, name: np.repeat(image, count, axis=0)}
