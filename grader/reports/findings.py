"""Say in plain sentences what is wrong, for formats that list one item a criterion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.records import Message
from grader.reports import wording
from grader.reports.words import mentions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.records import MessageValue
    from grader.report import Counterexample, CriterionScore, ExerciseReport, Report
    from grader.reports.words import Words


def findings(
    line: CriterionScore, exercise: ExerciseReport, *, words: Words
) -> tuple[str, ...]:
    """Return why this criterion lost points, each sentence once; else how it stands."""
    told = dict.fromkeys(words.say(message) for message in _messages(line, exercise))
    return tuple(told) or (wording.standing(line, exercise, words),)


def overall(report: Report, *, words: Words) -> tuple[str, ...]:
    """Return the first sentences a student reads, of all layers, and the notes."""
    why = wording.reason(report)
    messages = [
        *([why] if why is not None else []),
        *summaries(report),
        *report.notes,
    ]
    comments = (
        Message(id="report.comment", values={"comment": text})
        for text in report.comments
    )
    return tuple(
        dict.fromkeys(words.say(message) for message in (*messages, *comments))
    )


def summaries(report: Report) -> Iterator[Message]:
    """Yield what is said of each layer; of several, the first sentence names it."""
    several = len(report.exercises) > 1
    for exercise in report.exercises:
        for place, message in enumerate(exercise.summary):
            is_first = several and not place
            yield of_layer(exercise, message) if is_first else message


def of_layer(exercise: ExerciseReport, message: Message) -> Message:
    """Return the sentence with the layer's name before it."""
    values: dict[str, MessageValue] = {"layer": exercise.exercise, "said": message}
    return Message(id="report.of_layer", values=values)


def example_of(line: CriterionScore, exercise: ExerciseReport) -> Counterexample | None:
    """Return the criterion's own counterexample."""
    found = (e for e in exercise.counterexamples if e.criterion == line.criterion)
    return next(found, None)


def name_of(line: CriterionScore, exercise: ExerciseReport, report: Report) -> str:
    """Return the criterion's name, with its layer's where there are several."""
    several = len(report.exercises) > 1
    return f"{exercise.exercise}.{line.criterion}" if several else line.criterion


def _messages(line: CriterionScore, exercise: ExerciseReport) -> Iterator[Message]:
    yield from line.lines
    for boundary in exercise.boundaries:
        is_told = any(mentions(told, boundary.message) for told in line.lines)
        is_own = boundary.criterion == line.criterion and boundary.literals
        if is_own and boundary.exact and not is_told:
            values = {"condition": boundary.message}
            yield Message(id="report.wrong_when", values=values)
    example = example_of(line, exercise)
    if example is None:
        return
    yield example.problem
    for diagnosis in exercise.diagnoses:
        if diagnosis.tensor == example.expected.name:
            yield diagnosis.behaves_like
            yield diagnosis.hint
