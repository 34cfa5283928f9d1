"""Every graded layer by name; a layer's module is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.exercise import Exercise

EXERCISES: Final[dict[str, str]] = {
    "conv2d": "grader.exercises.conv2d:CONV2D",
    "max_pool": "grader.exercises.max_pool:MAX_POOL",
    "affine": "grader.exercises.affine:AFFINE",
}


DEFAULT: Final = "conv2d"
"""The layer of an assignment that names none."""


def load_exercise(name: str) -> Exercise:
    """Return the exercise of that name.

    Raises:
        UsageError: there is none; the text lists those that there are.
    """
    if name not in EXERCISES:
        wanted = " or ".join(map(repr, sorted(EXERCISES)))
        raise UsageError(f"layer is {name!r}, wanted {wanted}")
    exercise: Exercise = named(EXERCISES[name])
    return exercise


def named(place: str) -> Any:  # noqa: ANN401 (whatever bears the name)
    """Return what "package.module:NAME" names, importing the module only now."""
    module, _, attribute = place.partition(":")
    return getattr(import_module(module), attribute)
