"""Compose what a layer brings to a course: empty functions, its part of the file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from grader.course import filling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.exercise import Exercise

#: How inputs and gradients are described where a layer has no template of its own.
ARRAY: Final = {"en": "an array", "ko": "배열"}
OPTIONS: Final = {
    "en": "a dictionary with {keys}",
    "ko": "{keys} 값을 담은 딕셔너리",
}
#: Several gradients, one gradient.
RETURNS: Final = {
    "en": ("Returns a tuple of:", "Returns:"),
    "ko": ("다음 튜플을 돌려줍니다:", "다음을 돌려줍니다:"),
}
GRADIENT: Final = {
    "en": "gradient with respect to {array}, with its shape",
    "ko": "{array}에 대한 그래디언트, {array}와 같은 shape",
}


def functions(exercise: Exercise, *, language: str) -> str:
    """Return the layer's two functions, unfilled, as Python text."""
    if language in exercise.unfilled:
        return exercise.unfilled[language]
    if exercise.name in filling.layers():
        return filling.template(f"layers/{exercise.name}/{language}.py").strip()
    values = {
        **_names(exercise),
        "ARGUMENTS": ", ".join(_arguments(exercise)),
        "INPUTS": "\n".join(_inputs(exercise, language)),
        "RETURNS": RETURNS[language][len(exercise.gradients) == 1],
        "OUTPUTS": "\n".join(_outputs(exercise, language)),
        "GRADIENTS": ", ".join(exercise.gradients),
        "NONES": ", ".join("None" for _ in exercise.gradients),
    }
    return filling.filled(f"any_layer/{language}.py", values).strip()


def table(exercise: Exercise) -> str:
    """Return the layer's `[[exercise]]` with its points, as TOML text."""
    if exercise.name in filling.layers():
        return filling.template(f"layers/{exercise.name}/exercise.toml")
    points = [
        f"{json.dumps(criterion.name)} = {criterion.points:g}"
        for criterion in exercise.criteria
    ]
    values = {**_names(exercise), "POINTS": "\n".join(points)}
    return filling.filled("any_layer/exercise.toml", values)


def _names(exercise: Exercise) -> dict[str, str]:
    return {
        "LAYER": exercise.name,
        "FORWARD": exercise.forward,
        "BACKWARD": exercise.backward,
    }


def _arguments(exercise: Exercise) -> Sequence[str]:
    if exercise.options_name is None:
        return exercise.arrays
    return (*exercise.arrays, exercise.options_name)


def _inputs(exercise: Exercise, language: str) -> Sequence[str]:
    lines = [f"    - {name}: {ARRAY[language]}" for name in exercise.arrays]
    if exercise.options_name is not None:
        keys = ", ".join(map(repr, exercise.options(exercise.axis_minima)))
        told = OPTIONS[language].format(keys=keys)
        lines.append(f"    - {exercise.options_name}: {told}")
    return lines


def _outputs(exercise: Exercise, language: str) -> Sequence[str]:
    return [
        f"    - {name}: {GRADIENT[language].format(array=exercise.gradient_of[name])}"
        for name in exercise.gradients
    ]
