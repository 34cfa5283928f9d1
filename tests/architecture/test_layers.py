"""Nothing but a layer's own folders knows the layer."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from grader.exercises import EXERCISES, load_exercise

ROOT = Path(__file__).parents[2] / "grader"
#: A layer's folders; sentences of the first layer; what maps foreign conventions to it.
OF_LAYERS = ("exercises", "misconceptions", "messages", "adapters")
EXCEPT = {
    "batch/hiding.py",  # everyday words of file names, which are no student's name
    "reports/pictures.py",  # what a cell in a margin is called in the style sheet
}
SOURCES = [
    path
    for path in sorted(ROOT.rglob("*.py"))
    if path.relative_to(ROOT).parts[0] not in OF_LAYERS
    and path.relative_to(ROOT).as_posix() not in EXCEPT
]


def words_of_layers() -> set[str]:
    """Names of layers, functions, options, gradients, and axes of several letters."""
    found: set[str] = set()
    for name in EXERCISES:
        exercise = load_exercise(name)
        found |= {name, exercise.forward, exercise.backward, *exercise.gradients}
        found |= {axis for axis in exercise.axes if len(axis) > 1}
        found |= {*exercise.options(exercise.axis_minima), str(exercise.options_name)}
    return found - {"None"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_other_code_names_a_layer_or_its_axes(path: Path) -> None:
    constants = {
        node.value
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert constants & words_of_layers() == set()


def test_the_table_is_the_only_place_that_lists_them() -> None:
    text = (ROOT / "exercises" / "__init__.py").read_text("utf-8")
    for name in EXERCISES:
        assert f'    "{name}": "grader.exercises.{name}:' in text
