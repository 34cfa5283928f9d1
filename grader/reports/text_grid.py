"""Draw a tensor as lines of text, wrong numbers in brackets."""

from __future__ import annotations

import math
from itertools import pairwise, starmap
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.report import Grid

MOST_PLANES: Final = 4
MOST_ROWS: Final = 8
MOST_COLUMNS: Final = 8
DIGITS: Final = (4, 6, 9, 12, 17)


def number(value: float, digits: int = DIGITS[0]) -> str:
    """Return a number in few digits; the minus of a zero is not shown."""
    return f"{value + 0.0:.{digits}g}"


def digits_that_tell(one: Grid, other: Grid | None) -> int:
    """Return how many digits it takes to see every marked difference."""
    if other is None or one.shape != other.shape:
        return DIGITS[0]
    pairs = [
        (a, b)
        for a, b, marked in zip(one.numbers, other.numbers, other.marks, strict=False)
        if marked and a != b and not (math.isnan(a) and math.isnan(b))
    ]
    for digits in DIGITS:
        if all(number(a, digits) != number(b, digits) for a, b in pairs):
            return digits
    return DIGITS[-1]


def lines(grid: Grid, *, digits: int = DIGITS[0]) -> list[str]:
    """Return the tensor's planes one below the other, at most a few of them.

    A plane is the last two axes; its place on the others stands above it.
    """
    if not grid.numbers:
        return [f"{grid.shape}: []"]  # as NumPy prints what is empty
    planes = list(_planes(grid))
    shown = _worth_showing(planes)
    written: list[str] = []
    for place, rows in shown:
        if len(planes) > 1:
            written.append(f"[{', '.join(map(str, place))}, :, :]")
        written += _drawn(rows, digits)
    return written


def is_cut(grid: Grid) -> bool:
    """Return whether `lines` leaves out a part of the tensor."""
    height, width = _last_two(grid.shape)
    planes = math.prod(grid.shape[:-2])
    return planes > MOST_PLANES or height > MOST_ROWS or width > MOST_COLUMNS


def wrong_places(grid: Grid) -> list[tuple[int, ...]]:
    """Return the indices of the marked numbers."""
    return [
        _unravel(flat, grid.shape) for flat, marked in enumerate(grid.marks) if marked
    ]


Cell = tuple[float, bool]
Plane = tuple[tuple[int, ...], list[list[Cell]]]


def _planes(grid: Grid) -> Iterator[Plane]:
    height, width = _last_two(grid.shape)
    marks = grid.marks or (False,) * len(grid.numbers)
    cells = list(zip(grid.numbers, marks, strict=True))
    size = height * width
    for start in range(0, len(cells), size):
        plane = cells[start : start + size]
        rows = [plane[at : at + width] for at in range(0, size, width)]
        yield _unravel(start // size, grid.shape[:-2]), rows


def _worth_showing(planes: Sequence[Plane]) -> list[Plane]:
    """The first planes with a wrong number, or the first ones, in their order."""
    wrong = [p for p in planes if any(marked for row in p[1] for _, marked in row)]
    return (wrong or list(planes))[:MOST_PLANES]


def _drawn(rows: Sequence[Sequence[Cell]], digits: int) -> list[str]:
    first_row, first_column = _window_start(rows)
    shown = [
        row[first_column : first_column + MOST_COLUMNS]
        for row in rows[first_row : first_row + MOST_ROWS]
    ]
    texts = [
        [
            f"[{number(n, digits)}]" if marked else f" {number(n, digits)} "
            for n, marked in row
        ]
        for row in shown
    ]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
    return [
        " ".join(starmap(str.rjust, zip(row, widths, strict=True))) for row in texts
    ]


def _window_start(rows: Sequence[Sequence[Cell]]) -> tuple[int, int]:
    """Where to start so that the first wrong number is seen."""
    for i, row in enumerate(rows):
        for j, (_, marked) in enumerate(row):
            if marked:
                return max(0, i + 1 - MOST_ROWS), max(0, j + 1 - MOST_COLUMNS)
    return 0, 0


def _last_two(shape: Sequence[int]) -> tuple[int, int]:
    height, width = (1, 1, *shape)[-2:]
    return height, width


def _unravel(flat: int, shape: Sequence[int]) -> tuple[int, ...]:
    steps = [math.prod(shape[axis:]) for axis in range(len(shape) + 1)]
    return tuple(flat % step // inner for step, inner in pairwise(steps))
