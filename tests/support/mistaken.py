"""A worker that answers as a program with one misconception, all else right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

import numpy as np

from grader import calls
from grader.exercises import load_exercise
from grader.misconceptions import RAISES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from grader.calls import Array
    from grader.misconceptions import Misconception, Outcome

Posed = tuple[dict[str, "Array"], dict[str, int]]


def _of_conv2d(arrays: dict[str, Array], options: dict[str, int]) -> Mapping[str, int]:
    sizes = (*arrays["x"].shape, *arrays["w"].shape)
    letters = ("N", "C", "H", "W", "F", "_", "HH", "WW")
    return dict(zip(letters, sizes, strict=True)) | options


def _of_max_pool(
    arrays: dict[str, Array], options: dict[str, int]
) -> Mapping[str, int]:
    sizes = (*arrays["x"].shape, *options.values())
    letters = ("N", "C", "H", "W", "HH", "WW", "stride")
    return dict(zip(letters, sizes, strict=True))


def _of_affine(arrays: dict[str, Array], options: dict[str, int]) -> Mapping[str, int]:
    assert not options
    return {"N": len(arrays["x"]), "M": arrays["w"].shape[1]}


AXES_FROM: Final = {
    "conv2d": _of_conv2d,
    "max_pool": _of_max_pool,
    "affine": _of_affine,
}


class MistakenWorker:
    """Implements `grader.isolation.sandbox.Worker` without a program."""

    def __init__(self, mistake: Misconception, *, layer: str = "conv2d") -> None:
        self._mistake = mistake
        self._exercise = load_exercise(layer)
        self._slots: dict[int, Posed] = {}
        self._outs: dict[int, calls.Observation] = {}

    def load(self) -> calls.Loading:
        return calls.Loaded()

    def run(self, request: calls.Request) -> tuple[calls.Observation, ...]:
        return tuple(self._answer(step, request) for step in request.steps)

    def _answer(self, step: calls.Step, request: calls.Request) -> calls.Observation:
        match step:
            case calls.Forward(arrays=places, options=options, slot=slot):
                names = self._exercise.arrays
                arrays = [request.arrays[place] for place in places]
                posed = dict(zip(names, arrays, strict=True)), dict(options or {})
                self._slots[slot] = posed
                self._outs[slot] = _returned(
                    [self._tensor("out", posed, None)], "tuple", count=2
                )
                return self._outs[slot]
            case calls.Again(slot=slot):
                return self._outs[slot]
            case calls.Backward(dout=place, slot=slot):
                dout = request.arrays[place]
                tensors = [
                    self._tensor(name, self._slots[slot], dout)
                    for name in self._exercise.gradients
                ]
                return _returned(tensors, "tuple", count=len(tensors))
            case calls.Inputs():
                return self._inspected(request)

    def _tensor(self, name: str, posed: Posed, dout: Array | None) -> Outcome:
        arrays, options = posed
        given = np.zeros(1) if dout is None else dout
        if name in self._mistake.answers:
            if dout is None:
                given = self._some_dout(arrays, options)
            return self._mistake.answer(
                name, arrays=arrays, options=options, dout=given
            )
        try:
            if dout is None:
                given = self._some_dout(arrays, options)
            answer = self._exercise.oracle(arrays, options, given)
        except ValueError:
            return RAISES
        return answer.out if name == "out" else answer.gradients[name]

    def _some_dout(self, arrays: dict[str, Array], options: dict[str, int]) -> Array:
        """Return zeros of out's shape, for mistakes of out that look at its size."""
        axes = AXES_FROM[self._exercise.name](arrays, options)
        return np.zeros(self._exercise.output_shape(axes))

    def _inspected(self, request: calls.Request) -> calls.Observation:
        arrays = tuple(_value(array) for array in request.arrays)
        options = tuple(
            {name: str(number) for name, number in self._slots[slot][1].items()}
            for slot in sorted(self._slots)
        )
        return calls.Inspected(arrays=arrays, options=options)

    def output(self) -> str:
        return ""

    def seconds(self) -> float:
        return 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._slots.clear()


def _value(array: Array) -> calls.Value:
    array = np.asarray(array)
    return calls.Value(
        type_name="ndarray", dtype=str(array.dtype), shape=array.shape, array=array
    )


def _returned(
    tensors: list[Outcome], container: str, *, count: int
) -> calls.Observation:
    values = []
    for tensor in tensors:
        if tensor is RAISES or not isinstance(tensor, (np.ndarray, np.number)):
            return calls.Raised(type_name="ValueError", text="a mistake")
        values.append(_value(np.asarray(tensor)))
    return calls.Returned(container=container, count=count, values=tuple(values))
