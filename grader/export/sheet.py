"""Read and write a platform's CSV file so that only filled cells change."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from grader.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

BYTE_ORDER_MARK: Final = "\ufeff"
DECIMAL_COMMA: Final = re.compile(r"\d+,\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The cells of a file and how they were written."""

    rows: tuple[tuple[str, ...], ...]
    delimiter: str
    newline: str
    mark: str  # a byte order mark, or nothing

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self.rows[0]

    def cell(self, row: int, column: int) -> str:
        """Return a cell's text; a row that ends early has blank cells."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else ""


def read(text: str) -> Sheet:
    """Return the cells; UsageError if the text is no table.

    The delimiter is the one of comma, semicolon and tab that the header has most.
    """
    mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
    body = text.removeprefix(mark)
    first = body.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        lines = csv.reader(
            io.StringIO(body, newline=""), delimiter=delimiter, strict=True
        )
        rows = tuple(tuple(row) for row in lines)
    except csv.Error as error:
        raise UsageError(f"the file is no CSV table: {error}") from error
    if not rows or len(rows[0]) < 2:  # noqa: PLR2004 (an id and a grade at least)
        raise UsageError(f"the file has no table header, its first line is {first!r}")
    newline = "\r\n" if "\r\n" in body else "\n"
    return Sheet(rows=rows, delimiter=delimiter, newline=newline, mark=mark)


def write(sheet: Sheet) -> str:
    """Return the whole text."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=sheet.delimiter, lineterminator=sheet.newline)
    writer.writerows(sheet.rows)
    return sheet.mark + target.getvalue()


def filled(sheet: Sheet, cells: Mapping[int, str], *, column: int) -> Sheet:
    """Return the sheet with these cells, by row, in one column."""
    rows = list(sheet.rows)
    for row, text in cells.items():
        padded = [*rows[row], *[""] * (column + 1 - len(rows[row]))]
        padded[column] = text
        rows[row] = tuple(padded)
    return replace(sheet, rows=tuple(rows))


def number(sheet: Sheet, points: float) -> str:
    """Return points with at most two decimals, as the file writes its numbers."""
    text = f"{points:.2f}".rstrip("0").rstrip(".")
    commas = any(DECIMAL_COMMA.fullmatch(cell) for row in sheet.rows for cell in row)
    return text.replace(".", ",") if commas else text


def value(text: str) -> float | None:
    """Return the number that a cell holds, None if it holds none."""
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return None
