"""Read the instructor's overrides.csv and lay its points over a report."""

from __future__ import annotations

import csv
import io
import locale
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from grader.errors import UsageError
from grader.report import Outcome
from grader.reports import to_csv

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from grader.report import CriterionScore, ExerciseReport, Report

COLUMNS: Final = ("submission", "criterion", "points", "comment", "by", "date")
MOST_BYTES: Final = 10_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """One row: points for a criterion, or a comment, or both."""

    criterion: str  # blank: the comment is on the whole submission
    points: float | None
    comment: str


#: The points of each exercise by criterion, in their order.
Rubrics = dict[str, dict[str, float]]


def read(path: Path, *, rubrics: Rubrics) -> dict[str, tuple[Override, ...]]:
    """Return the overrides of each submission; none if there is no such file.

    A submission may be named as it is or as grades.csv writes it.

    Raises:
        UsageError: a row names no criterion of the assignment or no points that it
            can have; the text names the file and the line.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise UsageError(f"{path.name!r}: {error.strerror or error}") from error
    known = _criteria(rubrics)
    found: defaultdict[str, list[Override]] = defaultdict(list)
    for place, row in _rows(path.name, _decoded(path, content)):
        found[row["submission"]].append(_override(row, place=place, known=known))
    return {name: tuple(given) for name, given in found.items()}


def of(
    submission: str, overrides: Mapping[str, tuple[Override, ...]]
) -> tuple[Override, ...]:
    """Return the overrides of one submission."""
    return overrides.get(submission, overrides.get(to_csv.cell(submission), ()))


def apply(report: Report, given: Sequence[Override]) -> Report:
    """Return the report with exactly these overrides, whatever it had before.

    The machine's own points stay beside the instructor's. A submission that could
    not be read, or judged, is graded once the instructor has given every point.
    """
    points = {o.criterion: o for o in given if o.points is not None}
    machine = _without(report)
    several = len(machine.exercises) > 1
    exercises = tuple(
        replace(
            exercise,
            criteria=tuple(
                _overridden(line, points.get(_full(exercise, line, several=several)))
                for line in exercise.criteria
            ),
        )
        for exercise in machine.exercises
    )
    today = replace(machine, exercises=exercises, comments=_comments(given))
    return _decided(_scored(today)) if points else today


def _comments(given: Sequence[Override]) -> tuple[str, ...]:
    """The instructor's words that are not beside points of theirs."""
    return tuple(
        f"{o.criterion}: {o.comment}" if o.criterion else o.comment
        for o in given
        if o.comment and o.points is None
    )


def _rows(name: str, text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Each row by column, and its place; blank rows are none."""
    first = text.partition("\n")[0]
    # A spreadsheet separates by semicolons where the comma is in its numbers.
    delimiter = ";" if first.count(";") > first.count(",") else ","
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header: list[str] = []
    try:
        for cells in lines:
            if not header:
                header = _header(name, cells)
            elif any(cell.strip() for cell in cells):
                row = dict(zip(header, map(str.strip, cells), strict=False))
                yield f"{name!r} line {lines.line_num}", dict.fromkeys(header, "") | row
    except csv.Error as error:
        raise UsageError(f"{name!r} line {lines.line_num}: {error}") from error


def _header(name: str, cells: Sequence[str]) -> list[str]:
    header = [cell.strip().lower() for cell in cells]
    missing = [column for column in COLUMNS[:3] if column not in header]
    if missing:
        raise UsageError(
            f"{name!r} line 1: there is no column {missing[0]!r}; "
            f"wanted {', '.join(COLUMNS)}"
        )
    return header


def _decoded(path: Path, content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise UsageError(
            f"{path.name!r} has {len(content)} bytes; wanted at most {MOST_BYTES}"
        )
    # Excel saves in the system's own encoding unless it is told otherwise.
    for encoding in ("utf-8-sig", locale.getencoding()):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageError(f"{path.name!r} is not text in UTF-8; save it as CSV UTF-8")


def _criteria(rubrics: Rubrics) -> dict[str, float]:
    several = len(rubrics) > 1
    return {
        f"{exercise}.{criterion}" if several else criterion: points
        for exercise, rubric in rubrics.items()
        for criterion, points in rubric.items()
    }


def _override(
    row: Mapping[str, str], *, place: str, known: Mapping[str, float]
) -> Override:
    criterion, text = row.get("criterion", ""), row.get("points", "")
    if (criterion or text) and criterion not in known:
        raise UsageError(
            f"{place}: criterion is {criterion!r}; wanted one of {', '.join(known)}"
        )
    points = _number(text) if text else None
    if points is not None and not 0 <= points <= known[criterion]:
        raise UsageError(
            f"{place}: points is {text!r}; wanted a number from 0 to "
            f"{known[criterion]:g}"
        )
    return Override(criterion=criterion, points=points, comment=row.get("comment", ""))


def _number(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return float("nan")  # which is in no range


def _full(exercise: ExerciseReport, line: CriterionScore, *, several: bool) -> str:
    return f"{exercise.exercise}.{line.criterion}" if several else line.criterion


def _overridden(line: CriterionScore, override: Override | None) -> CriterionScore:
    if override is None or override.points is None:
        return line
    return replace(
        line,
        points=override.points,
        automatic_points=line.points,
        override=override.comment,
        is_overridden=True,
    )


def _without(report: Report) -> Report:
    """The report as the machine made it."""
    exercises = tuple(
        replace(e, criteria=tuple(map(_by_machine, e.criteria)))
        for e in report.exercises
    )
    outcome = report.automatic_outcome or report.outcome
    machine = replace(
        report, exercises=exercises, outcome=outcome, automatic_outcome=None
    )
    return _scored(machine)


def _by_machine(line: CriterionScore) -> CriterionScore:
    if not line.is_overridden:
        return line
    return replace(
        line,
        points=line.automatic_points,
        automatic_points=None,
        override="",
        is_overridden=False,
    )


def _scored(report: Report) -> Report:
    lines = [line for e in report.exercises for line in e.criteria]
    points = [line.points for line in lines if line.points is not None]
    is_whole = bool(lines) and len(points) == len(lines)
    return replace(report, score=sum(points) if is_whole else None)


def _decided(report: Report) -> Report:
    """A submission is graded as soon as somebody has given it every point."""
    if report.score is None or report.outcome is Outcome.GRADED:
        return report
    return replace(report, outcome=Outcome.GRADED, automatic_outcome=report.outcome)
