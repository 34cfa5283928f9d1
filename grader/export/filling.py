"""Put scores into the rows of a sheet, and name every row that gets none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grader.export import sheet
from grader.report import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from grader.export.sheet import Sheet
    from grader.report import Identity, Report

GROUP: Final = ", "  # between the names or ids of those who handed in together
ENDING: Final = re.compile(r"\.(py|ipynb|zip|tar|tgz|tar\.gz)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One student's row of a platform's file."""

    number: int
    student: str
    names: tuple[str, ...]  # ids, the surest first
    kept: str = ""  # why the file itself wants the value that it has
    maximum: float | None = None  # points possible, where the file tells


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A row that keeps the value it has, and why."""

    student: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The file's new text, and everything that an instructor should look at."""

    text: str
    count: int  # rows that got a score
    kept: tuple[Kept, ...]  # handed in, but no score to write
    without_submission: tuple[str, ...]  # rows of the file that nobody handed in for
    without_row: tuple[str, ...]  # submissions that the file does not know
    other_maximum: tuple[str, ...]  # rows filled, though worth other points there


def fill(
    book: Sheet, rows: Iterable[Row], reports: Iterable[Report], *, column: int
) -> Filled:
    """Return the sheet with the score of each row's submission in this column."""
    known = _by_name(reports)
    cells: dict[int, str] = {}
    kept, without, other = [], [], []
    used: set[int] = set()
    for row in rows:
        found = _found(row.names, known)
        used |= {id(report) for report in found}
        if not found:
            without.append(row.student)
        elif reason := row.kept or _why_kept(found):
            kept.append(Kept(student=row.student, reason=reason))
        else:
            cells[row.number] = sheet.number(book, found[0].score or 0.0)
            if row.maximum is not None and row.maximum != found[0].max_score:
                other.append(row.student)
    return Filled(
        text=sheet.write(sheet.filled(book, cells, column=column)),
        count=len(cells),
        kept=tuple(kept),
        without_submission=tuple(without),
        without_row=_unused(known, used),
        other_maximum=tuple(other),
    )


def _by_name(reports: Iterable[Report]) -> dict[str, list[Report]]:
    """Return the reports by what a platform may call them.

    Those on the roster that handed in nothing are left out: they fill no row.
    """
    found: dict[str, list[Report]] = {}
    for report in reports:
        if report.outcome is not Outcome.MISSING:
            for name in dict.fromkeys(_names(report.identity)):
                found.setdefault(name, []).append(report)
    return found


def _names(identity: Identity) -> list[str]:
    # A group's submission has the ids of all its members.
    given = [*identity.platform_id.split(GROUP), *identity.email.split(GROUP)]
    known = [_plain(name) for name in given if name.strip()]
    whole = _plain(identity.submission)
    return known or [whole, ENDING.sub("", whole)]


def _plain(name: str) -> str:
    return name.strip().casefold()


def _found(
    names: Sequence[str], known: Mapping[str, Sequence[Report]]
) -> Sequence[Report]:
    """Return the reports of the first name that has any."""
    return next((known[_plain(name)] for name in names if _plain(name) in known), ())


def _why_kept(found: Sequence[Report]) -> str:
    """Return why these reports give a row no score; blank if they do."""
    if len(found) > 1:
        listed = ", ".join(repr(report.identity.submission) for report in found)
        return f"{len(found)} submissions: {listed}"
    (report,) = found
    is_graded = report.outcome is Outcome.GRADED and report.score is not None
    return "" if is_graded else report.outcome.value


def _unused(known: Mapping[str, Sequence[Report]], used: set[int]) -> tuple[str, ...]:
    rest = {
        id(report): report.identity.submission
        for found in known.values()
        for report in found
        if id(report) not in used
    }
    return tuple(rest.values())
