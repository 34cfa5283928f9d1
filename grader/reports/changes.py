"""Say what is different in a report from the one before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.records import Message
from grader.report import Outcome
from grader.reports import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.report import CriterionScore, ExerciseReport, Report
    from grader.reports.words import Words


def told(before: Report, after: Report, *, words: Words) -> tuple[str, ...]:
    """Return whole sentences: the score, then every criterion that stands otherwise."""
    found = [_score(before, after), *_lines(before, after, words)]
    said = [words.say(message) for message in found if message is not None]
    return tuple(said) or (words.say(Message(id="change.none")),)


def _score(before: Report, after: Report) -> Message | None:
    values = {
        "before": wording.out_of(before.score, before.max_score),
        "after": wording.out_of(after.score, after.max_score),
    }
    if values["before"] == values["after"]:
        return None
    if before.score is None or after.score is None:
        return Message(id="change.score_blank", values=values)
    name = "change.score_up" if after.score > before.score else "change.score_down"
    step = wording.points(abs(after.score - before.score))
    return Message(id=name, values={**values, "step": step})


def _lines(before: Report, after: Report, words: Words) -> Iterator[Message]:
    """Yield the criteria that stand otherwise; layers are told apart by their names.

    Where nothing could be read there is one reason for all of them.
    """
    if Outcome.UNREADABLE in {before.outcome, after.outcome}:
        return
    known = {e.exercise: e for e in before.exercises}
    for exercise in after.exercises:
        other = known.get(exercise.exercise)
        if other is None:
            continue
        lines = {line.criterion: line for line in other.criteria}
        for line in exercise.criteria:
            if line.criterion in lines:
                yield from _line(
                    (other, lines[line.criterion]), (exercise, line), words
                )


def _line(
    before: tuple[ExerciseReport, CriterionScore],
    after: tuple[ExerciseReport, CriterionScore],
    words: Words,
) -> Iterator[Message]:
    old, new = (
        wording.standing(line, exercise, words) for exercise, line in (before, after)
    )
    old_points, new_points = (
        wording.points(line.points) for _, line in (before, after)
    )
    if (old, old_points) == (new, new_points):
        return
    yield Message(
        id="change.points" if old_points != new_points else "change.standing",
        values={
            "criterion": wording.title(after[1].criterion, words),
            "before": old_points,
            "after": new_points,
            "was": old,
            "now": new,
        },
    )
