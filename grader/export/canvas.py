"""Fill the gradebook that an instructor exported from Canvas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grader.errors import UsageError
from grader.export import sheet
from grader.export.filling import Filled, Row
from grader.export.filling import fill as fill_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grader.export.sheet import Sheet
    from grader.report import Report

NAMES: Final = ("ID", "SIS User ID", "SIS Login ID", "Integration ID")
TITLE: Final = re.compile(r"(?P<title>.*) \((?P<id>\d+)\)")
EXCUSED: Final = "EX"


def fill(text: str, reports: Iterable[Report], *, assignment: str = "") -> Filled:
    """Return the gradebook with the scores in one assignment's column.

    `assignment` is the column's title, its id or both, as in its header; blank if
    there is only one. Students are matched by Canvas's own id, else by SIS or login.
    UsageError if there is no such column, or several.
    """
    book = sheet.read(text)
    if "ID" not in book.header:
        raise UsageError(f"the gradebook has no column 'ID', only {list(book.header)}")
    column = _column(book, assignment)
    return fill_rows(book, _rows(book, column), reports, column=column)


def _column(book: Sheet, assignment: str) -> int:
    titles = {
        place: found
        for place, name in enumerate(book.header)
        if (found := TITLE.fullmatch(name))
    }
    wanted = assignment.strip()
    chosen = [
        place
        for place, found in titles.items()
        if not wanted or wanted in (found["title"].strip(), found["id"], found[0])
    ]
    if len(chosen) != 1:
        listed = [found[0] for found in titles.values()]
        raise UsageError(
            f"{len(chosen)} columns of the gradebook are the assignment {wanted!r},"
            f" expected one of {listed}"
            if wanted
            else f"the gradebook has {len(chosen)} assignments, {listed};"
            " name the one that is meant with --column"
        )
    return chosen[0]


def _rows(book: Sheet, column: int) -> Iterator[Row]:
    """Yield the students' rows; "Points Possible" and the like have no id."""
    id_column = book.header.index("ID")
    names = [book.header.index(name) for name in NAMES if name in book.header]
    maximum = None
    for number in range(1, len(book.rows)):
        if not book.cell(number, id_column).strip():
            maximum = sheet.value(book.cell(number, column)) or maximum
            continue
        excused = book.cell(number, column).strip().upper() == EXCUSED
        yield Row(
            number=number,
            student=book.cell(number, 0),
            names=tuple(book.cell(number, place) for place in names),
            kept="excused" if excused else "",
            maximum=maximum,
        )
