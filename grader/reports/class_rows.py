"""Keep of each report the little that the class page needs, so that a batch streams."""

from __future__ import annotations

from dataclasses import dataclass, replace
from sys import intern
from typing import TYPE_CHECKING, Final

from grader.records import Message, Status
from grader.report import Outcome
from grader.reports.findings import of_layer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from grader.report import (
        CriterionScore,
        Provenance,
        RegimeScore,
        Report,
    )

SIGNS: Final = {"passed": "p", "half": "h", "failed": "f", "undecided": "u"}
ABSENT: Final = "-"  # this kind of case was not there


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One criterion of one exercise, with its kinds of case in order."""

    exercise: str
    criterion: str
    max_points: float
    kinds: Mapping[str, Message]  # a kind's name: how a person calls it


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one submission earned for one criterion."""

    points: float | None
    kinds: str  # a letter a kind of case, see SIGNS


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRow:
    """One submission on the class page; `href` is its own page, blank if none."""

    submission: str
    student: str
    href: str
    late: str
    outcome: Outcome
    score: float | None
    max_score: float
    seconds: float
    student_seconds: float
    reason: Message | None
    entries: tuple[Entry | None, ...]  # one a column
    mistakes: tuple[str, ...]  # names of misconceptions
    flagged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassList:
    """A whole batch: its columns, its rows, and how its misconceptions are called."""

    columns: tuple[Column, ...]
    rows: tuple[ClassRow, ...]
    mistakes: Mapping[str, Message]
    #: Of the first submission there is, or of who is missing; None: no report at all.
    provenance: Provenance | None


def class_list(reports: Iterable[tuple[Report, str]]) -> ClassList:
    """Return the list of these reports, each with the path of its page or "".

    The reports are looked at one by one and none is kept.
    """
    columns: dict[tuple[str, str], Column] = {}
    mistakes: dict[str, Message] = {}
    rows = []
    provenance = absent = None
    for report, href in reports:
        if report.outcome is not Outcome.MISSING:
            provenance = provenance or report.provenance
        absent = absent or report.provenance
        for exercise in report.exercises:
            for line in exercise.criteria:
                key = (exercise.exercise, line.criterion)
                if key not in columns:
                    columns[key] = _column(exercise.exercise, line)
        for name, told in _mistakes(report):
            mistakes.setdefault(name, told)
        rows.append(_row(report, href=href, columns=columns))
    return ClassList(
        columns=tuple(columns.values()),
        rows=tuple(_padded(row, len(columns)) for row in rows),
        mistakes=mistakes,
        provenance=provenance or absent,
    )


def status_of(regime: RegimeScore) -> str:
    """Return "passed", "half", "failed" or "undecided"."""
    if regime.status is Status.FAILED and regime.earned > 0:
        return "half"
    return regime.status.value


def label_of(regime: RegimeScore) -> Message:
    """Return how a person calls this kind of case; else its name."""
    plain = Message(id="page.plain", values={"text": regime.regime})
    return regime.label or plain


def _column(exercise: str, line: CriterionScore) -> Column:
    return Column(
        exercise=exercise,
        criterion=line.criterion,
        max_points=line.max_points,
        kinds={regime.regime: label_of(regime) for regime in line.regimes},
    )


def _row(
    report: Report, *, href: str, columns: Mapping[tuple[str, str], Column]
) -> ClassRow:
    lines = {
        (exercise.exercise, line.criterion): line
        for exercise in report.exercises
        for line in exercise.criteria
    }
    found = [name for name, _ in _mistakes(report)]
    return ClassRow(
        submission=report.identity.submission,
        student=report.identity.student,
        href=href,
        late=report.identity.late,
        outcome=report.outcome,
        score=report.score,
        max_score=report.max_score,
        seconds=report.provenance.seconds,
        student_seconds=report.provenance.student_seconds,
        reason=report.reason,
        entries=tuple(
            _entry(lines[key], column) if key in lines else None
            for key, column in columns.items()
        ),
        mistakes=tuple(intern(name) for name in dict.fromkeys(found)),
        flagged=any(exercise.flagged for exercise in report.exercises),
    )


def _mistakes(report: Report) -> Iterator[tuple[str, Message]]:
    """Yield mistakes by name; of several layers the name has its layer before it."""
    several = len(report.exercises) > 1
    for exercise in report.exercises:
        for found in exercise.diagnoses:
            name = found.misconception
            if several:
                yield (
                    f"{exercise.exercise}.{name}",
                    of_layer(exercise, found.behaves_like),
                )
            else:
                yield name, found.behaves_like


def _entry(line: CriterionScore, column: Column) -> Entry:
    letters = {regime.regime: SIGNS[status_of(regime)] for regime in line.regimes}
    kinds = "".join(letters.get(name, ABSENT) for name in column.kinds)
    return Entry(points=line.points, kinds=intern(kinds))


def _padded(row: ClassRow, count: int) -> ClassRow:
    """Return the row with a place for each column that was met after it."""
    more = (None,) * (count - len(row.entries))
    return replace(row, entries=(*row.entries, *more)) if more else row
