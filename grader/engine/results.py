"""Read what a call returned: out, gradients, shapes, and how to name them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from grader.calls import Returned
from grader.records import Message
from grader.wire import as_sent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.calls import Array, Observation, Value
    from grader.exercise import Exercise
    from grader.records import MessageValue

#: How the types of single numbers begin, Python's and NumPy's.
NUMBERS: Final = ("bool", "int", "uint", "float", "longdouble", "complex")


def describe(exercise: Exercise, axes: Mapping[str, int]) -> str:
    """Return a case as a student would write it: shapes, then options."""
    shapes = [f"{name} {shape}" for name, shape in exercise.shapes(axes).items()]
    options = [f"{name} {value}" for name, value in exercise.options(axes).items()]
    return ", ".join([*shapes, *options])


def describe_results(observation: Returned) -> Message:
    """Return what a call returned, as a student would say it."""
    if observation.count is None:
        return describe_value(observation.values[0])
    values: dict[str, MessageValue] = {
        "container": observation.container,
        "count": observation.count,
    }
    return Message(
        id="value.one" if observation.count == 1 else "value.items", values=values
    )


def describe_value(value: Value) -> Message:
    """Return one returned thing by its type and, for an array, its shape."""
    if value.type_name == "NoneType":
        return Message(id="value.none")
    values: dict[str, MessageValue] = {"type": value.type_name}
    if value.shape is not None and value.type_name == "ndarray":
        return Message(id="value.array", values={"shape": str(value.shape)})
    if value.type_name.startswith(NUMBERS):
        return Message(id="value.number", values=values)
    return Message(id="value.typed", values=values)


def out_of(observation: Observation) -> Value | None:
    """Return forward's out: the first of several results, or the only one."""
    if isinstance(observation, Returned) and observation.values:
        return observation.values[0]
    return None


def gradients_of(observation: Returned, exercise: Exercise) -> tuple[Value, ...]:
    """Return backward's results in order; a layer of one gradient needs no tuple."""
    if observation.count is None and len(exercise.gradients) > 1:
        return ()
    return observation.values


def gradient_named(
    name: str, observation: Returned, exercise: Exercise
) -> Value | None:
    """Return the gradient that stands in this one's place."""
    gradients = gradients_of(observation, exercise)
    place = exercise.gradients.index(name)
    return gradients[place] if place < len(gradients) else None


def value_of(tensor: str, observation: Observation, exercise: Exercise) -> Value | None:
    """Return the out or the gradient of this name, if the call returned one."""
    if tensor == "out":
        return out_of(observation)
    if not isinstance(observation, Returned):
        return None
    return gradient_named(tensor, observation, exercise)


def shape_fault(
    name: str, value: Value | None, expected: tuple[int, ...]
) -> Message | None:
    """Is this an array of exactly the shape that the contract gives?"""
    if value is None:
        return Message(id="tensor.absent", values={"tensor": name})
    scalar = value.shape == () and value.type_name != "ndarray"
    if value.shape is None or scalar:
        values: dict[str, MessageValue] = {
            "tensor": name,
            "got": describe_value(value),
            "expected": str(expected),
        }
        return Message(id="tensor.not_array", values=values)
    if value.shape != expected:
        values = {"tensor": name, "got": str(value.shape), "expected": str(expected)}
        return Message(id="tensor.shape", values=values)
    return None


def same_numbers(one: Value | None, other: Value | None) -> bool:
    """Are two looks at an array the same numbers, NaN included?"""
    if one is None or other is None or one.shape != other.shape:
        return False
    if one.array is None or other.array is None:
        return False
    return np.array_equal(one.array, other.array, equal_nan=True)


def is_untouched(before: Array, after: Value) -> bool:
    """Is an input what it was before the calls, down to the last bit?"""
    sent, now = as_sent(before), after.array
    if now is None or now.shape != sent.shape or now.dtype != sent.dtype:
        return False
    return now.tobytes() == sent.tobytes()
