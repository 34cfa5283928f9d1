"""Load a layer of an instructor's own: trusted code, from the text of its file."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Final

import numpy as np

from grader.errors import UsageError
from grader.exercise import Domain, Exercise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.records import Case, Unit

#: The judge looks at these in every layer; a gradient has a criterion of its own.
ALWAYS: Final = (
    "forward.shape",
    "forward.value",
    "backward.shape",
    "hygiene.inputs_unchanged",
)
_LOADED: Final[dict[tuple[str, str], Exercise]] = {}


def file_of(layer: str) -> str:
    """Return the file that "folder.module:NAME" names; blank for a layer of ours."""
    module, colon, _ = layer.partition(":")
    return f"{module.replace('.', '/')}.py" if colon else ""


def load_own(layer: str, unit: Unit) -> Exercise:
    """Return the exercise that `layer`, such as "my_layers:Affine", names in the unit.

    The unit is named by the file's whole path; modules beside that file can be
    imported. What has been loaded once is not run again.

    Raises:
        UsageError: it cannot be run, or what it names cannot be graded.
    """
    digest = hashlib.sha256(unit.source.encode()).hexdigest()
    known = (layer, f"{unit.name}/{digest}")
    if known not in _LOADED:
        name = layer.partition(":")[2]
        found = getattr(_run(unit, name=f"own_layer_{digest[:16]}"), name, None)
        if not isinstance(found, Exercise):
            is_there = "is not there" if found is None else f"is {type(found).__name__}"
            raise UsageError(f"{name!r} {is_there}; wanted a grader.exercise.Exercise")
        _require_sound(found)
        _LOADED[known] = found
    return _LOADED[known]


def _run(unit: Unit, *, name: str) -> ModuleType:
    """Run the file as a module of its own."""
    module = ModuleType(name)
    module.__file__ = unit.name
    # At the end, so that a random.py beside it is not taken for Python's own.
    folder = str(Path(unit.name).parent)
    sys.path.append(folder)
    sys.modules[name] = module
    try:
        exec(compile(unit.source, unit.name, "exec"), module.__dict__)  # noqa: S102 (the instructor's own)
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        raise UsageError(f"running it raises {_told(error)}") from error
    finally:
        sys.path.remove(folder)
    return module


def _require_sound(exercise: Exercise) -> None:
    """Raise UsageError with the first thing that keeps it from being graded."""
    try:
        wrong = next(_wrong(exercise), "")
    except Exception as error:
        raise UsageError(f"asking it for a case raises {_told(error)}") from error
    if wrong:
        raise UsageError(wrong)


def _wrong(exercise: Exercise) -> Iterator[str]:
    criteria = [criterion.name for criterion in exercise.criteria]
    graded = [c.gradient for c in exercise.criteria if c.gradient is not None]
    for name in ALWAYS:
        if name not in criteria:
            yield f"its criteria are {criteria!r}; wanted {name!r} among them"
    for criterion in exercise.criteria:
        if criterion.gradient is None and criterion.name not in ALWAYS:
            yield f"its criterion {criterion.name!r} names no gradient; wanted one"
    if sorted(graded) != sorted(exercise.gradients):
        wanted = f"wanted one for each of {list(exercise.gradients)!r}"
        yield f"its criteria are for the gradients {graded!r}; {wanted}"
    if not exercise.gradient_of.keys() >= {*exercise.gradients}:
        yield f"gradient_of is {dict(exercise.gradient_of)!r}; wanted every gradient"
    cases = exercise.published(Domain())
    if not cases:
        yield "it publishes no cases; wanted at least one"
    regimes = {regime.name for regime in exercise.regimes}
    for case in cases:
        if case.regime not in regimes:
            yield f"case {case.name!r} is in no regime but {case.regime!r}; wanted one"
    yield from _wrong_shapes(exercise, cases[0])


def _wrong_shapes(exercise: Exercise, case: Case) -> Iterator[str]:
    """Yield where a filling or the reference's answer is not what the sizes say."""
    shapes = {**exercise.shapes(case.axes), "dout": exercise.output_shape(case.axes)}
    if {*shapes} != {*exercise.arrays, "dout"}:
        yield f"shapes names {sorted(shapes)!r}; wanted {list(exercise.arrays)!r}"
    first, _ = exercise.fill(case.axes, 1)
    found = {name: np.shape(first[name]) for name in shapes}
    if found != shapes:
        yield f"fill gives arrays of shapes {found!r}; wanted {shapes!r}"
    options = exercise.options(case.axes) if exercise.options_name else {}
    arrays = {name: first[name] for name in exercise.arrays}
    answer = exercise.oracle(arrays, options, first["dout"])
    answered = {"out": np.shape(answer.out)}
    answered |= {name: np.shape(each) for name, each in answer.gradients.items()}
    wanted = {"out": shapes["dout"]}
    wanted |= {name: shapes[exercise.gradient_of[name]] for name in exercise.gradients}
    if answered != wanted:
        yield f"the oracle answers with shapes {answered!r}; wanted {wanted!r}"


def _told(error: BaseException) -> str:
    """Return an exception in one line, with its place in the instructor's file."""
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
