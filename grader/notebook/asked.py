"""Find the functions that are to be checked, as they are called in the notebook."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from grader.assignment import DEFAULT, GradedExercise
from grader.exercises import EXERCISES
from grader.loaders.extract import asked_names
from grader.notebook.code import function_of, parts
from grader.notebook.errors import NotebookError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import FunctionType

    from grader.assignment import Assignment


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What to check: the assignment for it, and its names in this kernel."""

    assignment: Assignment
    names: Mapping[str, object]
    official: tuple[tuple[str, str], ...] = ()  # (name here, name in the assignment)

    @property
    def functions(self) -> tuple[FunctionType, ...]:
        """The functions that Python code can be found for; of a class, its methods."""
        wanted = (_named(name, self.names) for name in asked_names(self.assignment))
        found = (function_of(part) for thing in wanted for part in parts(thing))
        return tuple(each for each in found if each is not None)


def asked(
    given: tuple[object, object], assignment: Assignment, names: Mapping[str, object]
) -> Asked:
    """Return what is asked for: these functions, or those of the notebook.

    Raises:
        NotebookError: there is nothing of that name, or it cannot be called.
    """
    if given == (None, None):
        return Asked(assignment=_defined(assignment, names), names=names)
    for function in given:
        if function is not None and not callable(function):
            raise NotebookError(
                f"{function!r} is no function; wanted check(forward, backward)"
            )
    return _as_given(given, assignment, names)


def _defined(assignment: Assignment, names: Mapping[str, object]) -> Assignment:
    """Return the assignment, or where it is ours, the layer that is defined here."""
    wanted = asked_names(assignment)
    if any(_named(name, names) for name in wanted):
        return assignment
    for graded in _others(assignment):
        if any(_named(name, names) for name in _functions(graded, assignment)):
            return replace(assignment, exercises=(graded,))
    raise NotebookError(
        f"no function {' or '.join(map(repr, wanted))} is defined here; wanted "
        "one of them, or check(forward, backward) with your own functions"
    )


def _others(assignment: Assignment) -> Iterator[GradedExercise]:
    """Yield the layers that may be meant where no assignment file names any."""
    if assignment is DEFAULT:
        known = {graded.layer for graded in assignment.exercises}
        yield from (GradedExercise(layer=each) for each in EXERCISES.keys() - known)


def _as_given(
    given: tuple[object, object], assignment: Assignment, names: Mapping[str, object]
) -> Asked:
    """Return one exercise, whose functions have the names that these have."""
    own = tuple(getattr(function, "__name__", "") for function in given)
    layers = chain(assignment.exercises, _others(assignment))
    graded = next(
        (each for each in layers if set(_functions(each, assignment)) & set(own)),
        assignment.exercises[0],
    )
    official = _functions(graded, assignment)
    used = tuple(
        name if name.isidentifier() else wanted
        for name, wanted in zip(own, official, strict=True)
    )
    named = replace(graded, forward=used[0], backward=used[1], adapter=None)
    live = {n: f for n, f in zip(used, given, strict=True) if f is not None}
    return Asked(
        assignment=replace(assignment, exercises=(named,)),
        names={**names, **live},
        official=tuple(
            (name, wanted)
            for name, wanted in zip(used, official, strict=True)
            if name != wanted
        ),
    )


def _functions(graded: GradedExercise, assignment: Assignment) -> tuple[str, str]:
    convention = graded.convention_for(assignment.exercise_of(graded))
    return convention.forward, convention.backward


def _named(dotted: str, names: Mapping[str, object]) -> object:
    first, *rest = dotted.split(".")
    found = names.get(first)
    for name in rest:
        found = getattr(found, name, None)
    return found
