"""Fill the grading worksheet that an instructor downloaded from Moodle.

Moodle translates the headers, so columns are found by where they stand: the id comes
first, and the grade just before the maximum, which is the same number in every row.
"""

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

GRADE: Final = ("grade", "성적")
PARTICIPANT: Final = re.compile(r"\D*(?P<id>\d+)\D*")


def fill(text: str, reports: Iterable[Report], *, column: str = "") -> Filled:
    """Return the worksheet with the scores in its grade column.

    `column` names that column where it cannot be found. Students are matched by the
    number in the first column, which bulk downloads carry in their names, else by
    e-mail address. UsageError if the column is not there.
    """
    book = sheet.read(text)
    grade = _named(book, column) if column else _found(book)
    return fill_rows(book, _rows(book, grade), reports, column=grade)


def _named(book: Sheet, column: str) -> int:
    if column not in book.header:
        raise UsageError(
            f"the worksheet has no column {column!r}, only {list(book.header)}"
        )
    return book.header.index(column)


def _found(book: Sheet) -> int:
    header = [name.strip().casefold() for name in book.header]
    known = [place for place, name in enumerate(header) if name in GRADE]
    before_maximum = [
        place - 1 for place in range(2, len(header)) if _is_maximum(book, place)
    ]
    chosen = known or before_maximum
    if len(chosen) != 1:
        raise UsageError(
            "which column of the worksheet holds the grade is not clear: name one of"
            f" {list(book.header)}"
        )
    return chosen[0]


def _is_maximum(book: Sheet, column: int) -> bool:
    """Whether every row has the same positive number here."""
    values = {sheet.value(book.cell(row, column)) for row in range(1, len(book.rows))}
    return len(values) == 1 and all(value is not None and value > 0 for value in values)


def _rows(book: Sheet, grade: int) -> Iterator[Row]:
    has_maximum = grade + 1 < len(book.header) and _is_maximum(book, grade + 1)
    for number in range(1, len(book.rows)):
        participant = PARTICIPANT.fullmatch(book.cell(number, 0).strip())
        if participant is None:
            continue
        addresses = tuple(cell for cell in book.rows[number] if "@" in cell)
        full_name = book.cell(number, 1)
        yield Row(
            number=number,
            student=full_name or book.cell(number, 0),
            names=(participant["id"], *addresses),
            maximum=sheet.value(book.cell(number, grade + 1)) if has_maximum else None,
        )
