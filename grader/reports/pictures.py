"""Turn a tensor into small tables: slices of rows and columns, with marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from grader.reports.numbers import number_text, signed_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.records import Shape
    from grader.report import Grid

MOST_SLICES: Final = 3
MOST_LINES: Final = 12  # rows or columns of one slice
NOWHERE: Final[frozenset[Shape]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What to point out in a tensor; indices count its padding, if it has any."""

    read: frozenset[Shape] = NOWHERE  # the numbers that the explained one is made of
    wrong: frozenset[Shape] = NOWHERE
    beside: frozenset[Shape] = NOWHERE  # wrong in the other picture: draw these slices
    focus: Shape | None = None  # the number that is explained
    pad: int = 0  # zeros drawn around the last two axes
    signed: bool = False  # a difference: zeros are dots


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One number as it is drawn; `kinds` are the classes of its style."""

    text: str
    kinds: str
    wrong: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """The last two axes at one index of the others."""

    title: str
    columns: tuple[int, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    is_cut: bool  # more rows or columns than are drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A tensor as a few slices of it."""

    name: str
    shape: Shape
    slices: tuple[Slice, ...]
    left_out: int  # slices with something to point out that are not drawn
    pad: int
    read: (
        tuple[range, range] | None
    )  # the rows and columns of what is read, unless all are


def picture(grid: Grid, marks: Marks) -> Picture:
    """Return the slices that show what is marked, the explained one first."""
    leads = list(np.ndindex(grid.shape[:-2])) if grid.numbers else []
    wanted = _interesting(leads, grid, marks)
    return Picture(
        name=grid.name,
        shape=grid.shape,
        slices=tuple(_slice(grid, lead, marks) for lead in wanted[:MOST_SLICES]),
        left_out=max(0, len(wanted) - MOST_SLICES),
        pad=marks.pad,
        read=_box(marks.read, size=_size(grid.shape, marks.pad)),
    )


def indices(grid: Grid) -> Iterator[Shape]:
    """Return the index of each number, in the order in which they are kept."""
    return iter(np.ndindex(grid.shape))


def _box(
    cells: frozenset[Shape], *, size: tuple[int, int]
) -> tuple[range, range] | None:
    """Return the rows and the columns that these cells span, None if it is all."""
    if not cells:
        return None
    rows, columns = zip(*map(_at, cells), strict=True)
    box = range(min(rows), max(rows) + 1), range(min(columns), max(columns) + 1)
    return None if (len(box[0]), len(box[1])) == size else box


def _interesting(leads: list[Shape], grid: Grid, marks: Marks) -> list[Shape]:
    """Return the slices worth drawing: focus, then read or wrong ones, or all."""
    depth = max(0, len(grid.shape) - 2)
    marked = {cell[:depth] for cell in marks.read | marks.wrong | marks.beside}
    first = {marks.focus[:depth]} if marks.focus is not None else set()
    wanted = marked | first
    if not wanted:
        return leads
    return sorted(
        (lead for lead in leads if lead in wanted), key=lambda at: at not in first
    )


def _slice(grid: Grid, lead: Shape, marks: Marks) -> Slice:
    height, width = _size(grid.shape, marks.pad)
    pointed = marks.read | marks.wrong | marks.beside
    inside = [cell for cell in pointed if cell[: len(lead)] == lead]
    rows = _shown(height, [_at(cell)[0] for cell in inside])
    columns = _shown(width, [_at(cell)[1] for cell in inside])
    return Slice(
        title=_title(grid, lead),
        columns=tuple(columns),
        rows=tuple(
            (row, tuple(_cell(grid, (*lead, row, column), marks) for column in columns))
            for row in rows
        ),
        is_cut=len(rows) < height or len(columns) < width,
    )


def _size(shape: Shape, pad: int) -> tuple[int, int]:
    height, width = ((1, 1, *shape)[-2:]) if len(shape) < 2 else shape[-2:]  # noqa: PLR2004
    return height + 2 * pad, width + 2 * pad


def _shown(size: int, marked: Sequence[int]) -> range:
    """Return the lines to draw: all, or as many as fit around what is marked."""
    if size <= MOST_LINES:
        return range(size)
    middle = (min(marked) + max(marked)) // 2 if marked else 0
    start = min(max(0, middle - MOST_LINES // 2), size - MOST_LINES)
    return range(start, start + MOST_LINES)


def _title(grid: Grid, lead: Shape) -> str:
    return f"{grid.name}[{', '.join(map(str, lead))}]" if lead else grid.name


def _at(cell: Shape) -> tuple[int, int]:
    """Return row and column of an index of any length."""
    row, column = (0, 0, *cell)[-2:] if len(cell) < 2 else cell[-2:]  # noqa: PLR2004
    return row, column


def _cell(grid: Grid, place: Shape, marks: Marks) -> Cell:
    """Return one cell; `place` has at least row and column, padding counted."""
    index = place[max(0, len(place) - len(grid.shape)) :]
    value = _value(grid, place, marks.pad)
    is_wrong = index in marks.wrong
    kinds = ["pad"] if value is None else []
    kinds += _frame(index, marks.read)
    kinds += ["bad"] if is_wrong else []
    kinds += ["focus"] if index == marks.focus else []
    if marks.signed and value == 0:
        return Cell(text="·", kinds="zero", wrong=False)
    write = signed_text if marks.signed else number_text
    return Cell(text=write(value or 0.0), kinds=" ".join(kinds), wrong=is_wrong)


def _frame(index: Shape, read: frozenset[Shape]) -> list[str]:
    """Return the sides of a cell on which the frame of what is read runs."""
    if index not in read:
        return []
    if len(index) < 2:  # noqa: PLR2004 (a row of numbers)
        return ["read", "top", "bottom", "left", "right"]
    *lead, row, column = index
    beside = {
        "top": (*lead, row - 1, column),
        "bottom": (*lead, row + 1, column),
        "left": (*lead, row, column - 1),
        "right": (*lead, row, column + 1),
    }
    return ["read", *(side for side, other in beside.items() if other not in read)]


def _value(grid: Grid, place: Shape, pad: int) -> float | None:
    """Return the number there, None in the padding."""
    if len(grid.shape) < 2:  # noqa: PLR2004
        return grid.numbers[place[-1] if grid.shape else 0]
    *lead, row, column = place
    height, width = grid.shape[-2:]
    row, column = row - pad, column - pad
    if not (0 <= row < height and 0 <= column < width):
        return None
    offset = 0
    for size, at in zip(grid.shape, (*lead, row, column), strict=True):
        offset = offset * size + at
    return grid.numbers[offset]
