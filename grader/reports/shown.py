"""Take out of a report what the instructor's `[feedback]` keeps from students."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from grader.records import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.assignment import Feedback
    from grader.records import Message
    from grader.report import CriterionScore, ExerciseReport, Report


def for_student(report: Report, feedback: Feedback) -> Report:
    """Return the report that its student's page may show.

    What is hidden is not in it at all, so that no template can give it away. Points
    and the reason why something could not be read are always shown.
    """
    return replace(
        report,
        exercises=tuple(_shown(exercise, feedback) for exercise in report.exercises),
        output=report.output if feedback.output else "",
    )


def _shown(exercise: ExerciseReport, feedback: Feedback) -> ExerciseReport:
    return replace(
        exercise,
        summary=tuple(_summary(exercise, feedback)),
        criteria=tuple(_line(line, feedback) for line in exercise.criteria),
        boundaries=exercise.boundaries if feedback.boundaries else (),
        counterexamples=exercise.counterexamples if feedback.counterexamples else (),
        diagnoses=exercise.diagnoses if feedback.diagnosis else (),
        footprint=exercise.footprint if feedback.footprint else None,
    )


def _line(line: CriterionScore, feedback: Feedback) -> CriterionScore:
    """Return the points; kinds of case and reasons are a boundary in other words."""
    return line if feedback.boundaries else replace(line, regimes=(), lines=())


def _summary(exercise: ExerciseReport, feedback: Feedback) -> Iterator[Message]:
    """Yield the sentences that tell nothing hidden; which one does is not marked.

    So, once something is hidden, a sentence must be one of the parts that are shown.
    """
    is_right = all(line.status is Status.PASSED for line in exercise.criteria)
    if is_right or _shows_all(feedback):
        yield from exercise.summary
        return
    allowed = list(_messages(exercise, feedback))
    yield from (message for message in exercise.summary if message in allowed)


def _shows_all(feedback: Feedback) -> bool:
    return (
        feedback.boundaries
        and feedback.counterexamples
        and feedback.diagnosis
        and feedback.footprint
    )


def _messages(exercise: ExerciseReport, feedback: Feedback) -> Iterator[Message]:
    if feedback.boundaries:
        yield from (boundary.message for boundary in exercise.boundaries)
    if feedback.counterexamples:
        yield from (example.problem for example in exercise.counterexamples)
    if feedback.footprint and exercise.footprint is not None:
        yield exercise.footprint.message
    if feedback.diagnosis:
        for diagnosis in exercise.diagnoses:
            yield from (diagnosis.behaves_like, diagnosis.hint)
