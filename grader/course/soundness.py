"""Say whether an assignment is sound: a solution gets all, a template nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from grader.records import Message, Status
from grader.report import Outcome
from grader.reports import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.records import Limits
    from grader.report import Report
    from grader.reports.words import Words

UNFILLED: Final = "loading.hint.unfilled"
#: A solution that needs more of the time that is allowed leaves students none.
SHARE_OF_TIME: Final = 0.5


class Role(StrEnum):
    """What a submission is tried as."""

    SOLUTION = "solution"
    TEMPLATE = "template"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One submission of the instructor's, and how it was graded."""

    role: Role
    name: str
    report: Report


def complaints(trial: Trial, limits: Limits, *, words: Words) -> tuple[str, ...]:
    """Return why the assignment is not sound, a sentence each; nothing if it is."""
    match trial.role:
        case Role.SOLUTION:
            return tuple(_of_solution(trial.report, limits, words=words))
        case Role.TEMPLATE:
            return tuple(_of_template(trial.report, words=words))


def is_undecided(trial: Trial) -> bool:
    """Say whether the trial tells nothing, by a fault of ours."""
    return trial.report.outcome is Outcome.UNDECIDED


def _of_solution(report: Report, limits: Limits, *, words: Words) -> Iterator[str]:
    if report.score is None:
        return
    if report.outcome is not Outcome.GRADED:
        yield from _reason(report, words=words)
    for exercise in report.exercises:
        for line in exercise.criteria:
            if line.status is not Status.PASSED and line.max_points:
                told = wording.standing(line, exercise, words)
                points = wording.out_of(line.points, line.max_points)
                yield f"{exercise.exercise} {line.criterion} {points}: {told}"
        if exercise.flagged:
            yield (
                f"{exercise.exercise}: right in all published cases, and wrong in one "
                "that was drawn; 'convgrade check --search 100' shows it"
            )
    used = report.provenance.student_seconds
    if used > SHARE_OF_TIME * limits.submission_seconds:
        yield (
            f"it needs {used:.1f} s of the {limits.submission_seconds:g} s that a "
            "submission may use (limits.submission_seconds)"
        )


def _of_template(report: Report, *, words: Words) -> Iterator[str]:
    if report.score is None:
        return
    if report.score > 0:
        yield f"it gets {report.score:g} points as it is handed out"
    unfilled = {
        exercise.exercise
        for exercise in report.exercises
        if any(message.id == UNFILLED for message in _messages(exercise.summary))
    }
    if report.reason is not None and report.reason.id == UNFILLED:
        return
    for exercise in report.exercises:
        if exercise.exercise not in unfilled:
            yield f"{exercise.exercise}: it is not recognised as unfilled"
    if report.reason is not None:
        yield from _reason(report, words=words)


def _reason(report: Report, *, words: Words) -> Iterator[str]:
    if report.reason is not None:
        yield words.say(report.reason)


def _messages(summary: tuple[Message, ...]) -> Iterator[Message]:
    """Yield the sentences and those that they show."""
    for message in summary:
        yield message
        yield from _messages(
            tuple(v for v in message.values.values() if isinstance(v, Message))
        )
