"""Prepare an adapter: a teacher's file that maps another convention to ours.

It runs in the worker beside the submission and defines `forward(student, *arguments)`
and `backward(student, dout, cache)`; `student` is the submission's namespace. Its
`FORWARD` and `BACKWARD` name what it takes from there; the assignment's own `forward`
and `backward` take their place.
"""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.assignment import GradedExercise
    from grader.records import Unit


def adapted(adapter: Unit, graded: GradedExercise) -> tuple[Unit, str, str]:
    """Return the adapter with the assignment's names in it, and the two names.

    Raises:
        UsageError: neither the adapter nor the assignment says what to take.
    """
    own = _constants(adapter.source)
    given = {"FORWARD": graded.forward, "BACKWARD": graded.backward}
    names = {key: value or own.get(key) for key, value in given.items()}
    if missing := [key for key, value in names.items() if not value]:
        raise UsageError(
            f"{adapter.name!r} has no {missing[0]} = '...', and the assignment no"
            f" {missing[0].lower()!r}; wanted the name of what the adapter takes"
            " from the submission"
        )
    lines = [f"{key} = {value!r}" for key, value in names.items()]
    source = "\n".join([adapter.source.rstrip("\n"), *lines, ""])
    forward, backward = (value or "" for value in names.values())
    return replace(adapter, source=source), forward, backward


def _constants(source: str) -> dict[str, str]:
    """Return the texts that the adapter assigns to names at its top level."""
    found = {}
    for node in ast.parse(source).body:
        match node:
            case ast.Assign(
                targets=[ast.Name(id=name)], value=ast.Constant(value=str() as value)
            ):
                found[name] = value
            case _:
                pass
    return found
