"""Check what a table says against the exercise, and tables against one another."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

from grader.assignment.faults import Fault, unknown
from grader.assignment.records import axis_of
from grader.errors import UsageError
from grader.messages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.assignment.records import GradedExercise
    from grader.assignment.tables import AssignmentTable
    from grader.exercise import Exercise
    from grader.records import Unit


def exercise_faults(
    graded: GradedExercise, path: tuple[str | int, ...], *, own: Unit | None = None
) -> list[Fault]:
    """Return what one `[[exercise]]` asks of its layer that the layer has not.

    `own` is the file of a layer of the instructor's own; where it could not be read,
    that is a fault already.
    """
    try:
        exercise = _exercise(graded.layer, own)
    except UsageError as error:
        at = (*path, "layer")
        return [Fault(path=at, value=graded.layer, wanted=str(error))]
    if exercise is None:
        return []
    called = _called(exercise)
    known: dict[str, Iterable[str]] = {
        "points": [criterion.name for criterion in exercise.criteria],
        "keywords": called,
        "option_names": exercise.options(exercise.axis_minima),
    }
    faults = [
        unknown((*path, table, key), value, names)
        for table, names in known.items()
        for key, value in getattr(graded, table).items()
        if key not in names
    ]
    if graded.data == "real" and exercise.real is None:
        wanted = f"{graded.title} has no bounds for real data; wanted 'lattice'"
        faults.append(Fault(path=(*path, "data"), value="real", wanted=wanted))
    faults += _argument_faults(graded, called, path)
    faults += _domain_faults(graded, exercise, path)
    return faults + _point_faults(graded, exercise, path)


def _point_faults(
    graded: GradedExercise, exercise: Exercise, path: tuple[str | int, ...]
) -> list[Fault]:
    if any(graded.points_for(exercise).values()):
        return []
    wanted = "wanted at least one criterion with more than 0 points"
    return [Fault(path=(*path, "points"), value=graded.points, wanted=wanted)]


def _exercise(layer: str, own: Unit | None) -> Exercise | None:
    """Return the layer; None where its file could not be read."""
    from grader import exercises  # noqa: PLC0415 (imports NumPy; --help must not)
    from grader.exercises.own import file_of, load_own  # noqa: PLC0415 (the same)

    if own is not None:
        return load_own(layer, own)
    if layer in exercises.EXERCISES:
        return exercises.load_exercise(layer)
    if file_of(layer):
        return None
    known = " or ".join(map(repr, sorted(exercises.EXERCISES)))
    raise UsageError(f"wanted {known}, or one of your own: 'module:NAME'")


def limit_faults(table: AssignmentTable) -> list[Fault]:
    """Return the fault of a call that may take longer than the whole submission."""
    limits = table.limits
    if limits.call_seconds <= limits.submission_seconds:
        return []
    wanted = f"wanted at most submission_seconds, {limits.submission_seconds}"
    path = ("limits", "call_seconds")
    return [Fault(path=path, value=limits.call_seconds, wanted=wanted)]


def list_faults(table: AssignmentTable) -> list[Fault]:
    """Return the fault of no exercise at all, and of two under one name."""
    if not table.exercise:
        return [Fault(path=("exercise",), value=[], wanted="wanted at least one")]
    names = [graded.title for graded in table.exercise]
    return [
        Fault(
            path=("exercise", position, "name"),
            value=name,
            wanted="another [[exercise]] has it; wanted a name of its own",
        )
        for position, name in enumerate(names)
        if name in names[:position]
    ]


def sentence_faults(table: AssignmentTable) -> list[Fault]:
    """Return own sentences that replace none, or that ask for a value it has not."""
    templates = LANGUAGES[table.feedback.language]
    faults = []
    for key, sentence in table.feedback.messages.items():
        path = ("feedback", "messages", key)
        if key not in templates:
            faults.append(unknown(path, sentence, templates))
        elif (names := _placeholders(sentence)) is None:
            wanted = "wanted a sentence with every { closed by a }"
            faults.append(Fault(path=path, value=sentence, wanted=wanted))
        elif not names <= (allowed := _placeholders(templates[key]) or set()):
            shown = ", ".join(f"{{{name}}}" for name in sorted(allowed)) or "none"
            wanted = f"wanted no other placeholders than {shown}"
            faults.append(Fault(path=path, value=sentence, wanted=wanted))
    return faults


def _called(exercise: Exercise) -> tuple[str, ...]:
    options = () if exercise.options_name is None else (exercise.options_name,)
    return (*exercise.arrays, *options)


def _argument_faults(
    graded: GradedExercise, called: tuple[str, ...], path: tuple[str | int, ...]
) -> list[Fault]:
    if not graded.arguments or sorted(graded.arguments) == sorted(called):
        return []
    wanted = f"wanted each of {', '.join(called)} once"
    value = list(graded.arguments)
    return [Fault(path=(*path, "arguments"), value=value, wanted=wanted)]


def _domain_faults(
    graded: GradedExercise, exercise: Exercise, path: tuple[str | int, ...]
) -> list[Fault]:
    faults = []
    for key, value in graded.domain.items():
        here = (*path, "domain", key)
        if axis_of(key, exercise) in exercise.axes:
            if not _is_list_of_sizes(value):
                wanted = "wanted a list of whole numbers, such as [1, 2]"
                faults.append(Fault(path=here, value=value, wanted=wanted))
        elif key not in exercise.flags:
            faults.append(unknown(here, value, [*exercise.flags, *exercise.axes]))
        elif not isinstance(value, bool):
            faults.append(Fault(path=here, value=value, wanted="wanted true or false"))
    if not faults and not exercise.published(graded.domain_for(exercise)):
        wanted = "wanted a domain that leaves at least one published case"
        value = dict(graded.domain)
        faults.append(Fault(path=(*path, "domain"), value=value, wanted=wanted))
    return faults


def _is_list_of_sizes(value: object) -> bool:
    return (
        isinstance(value, (list, tuple))
        and bool(value)
        and all(type(item) is int and item >= 0 for item in value)
    )


def _placeholders(sentence: str) -> set[str] | None:
    try:
        parts = string.Formatter().parse(sentence)
        return {name for _, name, _, _ in parts if name is not None}
    except ValueError:
        return None
