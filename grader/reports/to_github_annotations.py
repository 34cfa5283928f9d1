"""Render a report as the workflow commands that annotate a GitHub run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grader.records import Message, Status
from grader.report import Outcome
from grader.reports import findings, wording
from grader.reports.escaping import workflow_data, workflow_property
from grader.reports.words import NO_SENTENCES, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from grader.report import CriterionScore, ExerciseReport, Report

MOST: Final = 10  # GitHub shows no more of a kind for a step


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A file, and a line of it if it is known."""

    file: str
    line: int | None = None


def render(
    report: Report,
    *,
    language: str = "en",
    sentences: Mapping[str, str] = NO_SENTENCES,
) -> str:
    """Return one command a line: what is wrong, what stayed open, the score."""
    words = Words(language=language, own=sentences)
    errors = list(_errors(report, words=words))
    warnings = list(_warnings(report, words=words))
    score = wording.out_of(report.score, report.max_score)
    outcome = words.label(f"outcome.{report.outcome.value}")
    notice = _command("notice", f"{score} {outcome}", title="convgrade", place=None)
    return "\n".join([*_few(errors), *_few(warnings), notice]) + "\n"


def _errors(report: Report, *, words: Words) -> Iterator[str]:
    if report.reason is not None and report.score is not None:
        place = _place(report, [report.reason])
        yield _whole(report, "error", place=place, words=words)
    if report.outcome is Outcome.UNREADABLE:
        return  # its reason is every line's
    for exercise, line in _lines(report, Status.FAILED):
        told = findings.findings(line, exercise, words=words)
        example = findings.example_of(line, exercise)
        messages = [*line.lines, *([example.problem] if example else [])]
        name = findings.name_of(line, exercise, report)
        place = _place(report, messages)
        yield _command("error", "\n".join(told), title=name, place=place)


def _warnings(report: Report, *, words: Words) -> Iterator[str]:
    if report.score is None:
        yield _whole(report, "warning", place=None, words=words)
    for exercise, line in _lines(report, Status.UNDECIDED):
        told = wording.standing(line, exercise, words)
        name = findings.name_of(line, exercise, report)
        yield _command("warning", told, title=name, place=None)


def _lines(
    report: Report, status: Status
) -> Iterator[tuple[ExerciseReport, CriterionScore]]:
    for exercise in report.exercises:
        yield from ((exercise, li) for li in exercise.criteria if li.status is status)


def _whole(report: Report, kind: str, *, place: Place | None, words: Words) -> str:
    told = "\n".join(findings.overall(report, words=words))
    return _command(kind, told, title="convgrade", place=place)


def _place(report: Report, messages: Iterable[Message]) -> Place | None:
    """Return the line that a message names, else the file that was handed in."""
    for message in messages:
        line = _value(message, "line")
        if isinstance(line, int):
            unit = _value(message, "unit")
            file = str(unit) if unit else "".join(report.identity.files[:1])
            return Place(file=file, line=line)
    return Place(file=report.identity.files[0]) if report.identity.files else None


def _value(message: Message, name: str) -> object:
    """Return a value of the message or of one that it shows."""
    if name in message.values:
        return message.values[name]
    inner = (value for value in message.values.values() if isinstance(value, Message))
    return next((found for m in inner if (found := _value(m, name)) is not None), None)


def _command(kind: str, text: str, *, title: str, place: Place | None) -> str:
    told = {"title": title}
    if place is not None and place.file:
        told = {"file": place.file, "line": str(place.line or 1), **told}
    properties = ",".join(f"{k}={workflow_property(v)}" for k, v in told.items())
    return f"::{kind} {properties}::{workflow_data(text)}"


def _few(commands: list[str]) -> list[str]:
    return commands[:MOST]
