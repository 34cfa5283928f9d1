"""Take out of a report what the instructor's `[feedback]` keeps from students."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from grader.records import Message, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.assignment import Feedback
    from grader.report import CriterionScore, ExerciseReport, Report


ALL: Final = "all"
NOTHING: Final = "nothing"  # such as that a function is not there
#: What a sentence of the summary gives away, by its id or by how the id begins.
TELLS: Final = {
    "where": "boundaries",
    "right": "boundaries",
    "credit": "boundaries",
    "memory": "diagnosis",
    "look": "diagnosis",
    "look.footprint": "footprint",
    "reading": "diagnosis",
    "relation": "diagnosis",
    "same": "diagnosis",
    "footprint": "footprint",
    "search": "boundaries",
    "rest": "boundaries",
    "loading.hint": NOTHING,
    "loading.failure": "diagnosis",
    **dict.fromkeys(
        ("call", "gradients", "inputs", "number", "out", "results", "tensor"),
        "counterexamples",
    ),
}

#: What a note gives away: that a call raised, say.
NOTES: Final = {"session.documented_cache": "boundaries"}


def for_student(report: Report, feedback: Feedback) -> Report:
    """Return the report that its student's page may show.

    What is hidden is not in it at all, so that no template can give it away. Points
    and the reason why something could not be read are always shown.
    """
    return replace(
        report,
        exercises=tuple(_shown(exercise, feedback) for exercise in report.exercises),
        notes=tuple(
            note
            for note in report.notes
            if NOTES.get(note.id, NOTHING) in _allowed(feedback)
        ),
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
        searched=exercise.searched if feedback.boundaries else 0,
        flagged=exercise.flagged and feedback.boundaries,
    )


def _line(line: CriterionScore, feedback: Feedback) -> CriterionScore:
    """Return the points; kinds of case and reasons are a boundary in other words."""
    if feedback.boundaries:
        return line
    return replace(line, regimes=(), lines=(), standing=_without_counts(line.standing))


def _without_counts(standing: Message | None) -> Message | None:
    """Return how inputs stand that nothing was computed from; the rest counts cases."""
    kept = {"report.nothing_to_judge", "report.no_right_shape"}
    return standing if standing is not None and standing.id in kept else None


def _summary(exercise: ExerciseReport, feedback: Feedback) -> Iterator[Message]:
    """Yield the sentences that tell nothing hidden, by what they tell."""
    is_right = all(line.status is Status.PASSED for line in exercise.criteria)
    for message in exercise.summary:
        if is_right or _tells(message, exercise) in _allowed(feedback):
            yield message if feedback.counterexamples else _without_shapes(message)


def _without_shapes(message: Message) -> Message:
    """Return where it is wrong without the shapes of the smallest case."""
    kept = {k: v for k, v in message.values.items() if k not in ("got", "expected")}
    name = message.id.replace("_shape.", ".")
    return message if name == message.id else Message(id=name, values=kept)


def _allowed(feedback: Feedback) -> frozenset[str]:
    parts = ("boundaries", "counterexamples", "diagnosis", "footprint")
    shown = frozenset(part for part in parts if getattr(feedback, part)) | {NOTHING}
    return shown | {ALL} if shown.issuperset(parts) else shown


def _tells(message: Message, exercise: ExerciseReport) -> str:
    """Return what a sentence gives away; of one that is not known, it may be all."""
    if message in [example.problem for example in exercise.counterexamples]:
        return "counterexamples"
    if message in [boundary.message for boundary in exercise.boundaries]:
        return "boundaries"
    if exercise.footprint is not None and message == exercise.footprint.message:
        return "footprint"
    if any(message in (d.behaves_like, d.hint) for d in exercise.diagnoses):
        return "diagnosis"
    words = message.id.split(".")
    starts = (".".join(words[:count]) for count in range(len(words), 0, -1))
    return next((TELLS[start] for start in starts if start in TELLS), ALL)
