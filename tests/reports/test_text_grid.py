from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from grader.report import Grid
from grader.reports import text_grid

SHAPES = st.lists(st.integers(0, 4), max_size=5).map(tuple)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    shape = draw(SHAPES)
    size = math.prod(shape)
    return Grid(
        name="out",
        shape=shape,
        numbers=tuple(draw(st.lists(st.floats(), min_size=size, max_size=size))),
        marks=tuple(draw(st.lists(st.booleans(), min_size=size, max_size=size))),
    )


@given(grid=grids())
def test_any_tensor_can_be_drawn(grid: Grid) -> None:
    assert text_grid.lines(grid)


@given(grid=grids())
def test_a_wrong_number_is_always_in_sight(grid: Grid) -> None:
    drawn = "\n".join(text_grid.lines(grid))
    if any(grid.marks):
        first = grid.numbers[grid.marks.index(True)]
        assert f"[{text_grid.number(first)}]" in drawn


@given(grid=grids())
def test_every_mark_has_its_index(grid: Grid) -> None:
    assert len(text_grid.wrong_places(grid)) == sum(grid.marks)
    assert all(len(index) == len(grid.shape) for index in text_grid.wrong_places(grid))


def test_a_plane_is_the_last_two_axes() -> None:
    grid = Grid(name="x", shape=(1, 2, 1, 2), numbers=(1.0, 2.0, 3.0, 40.0))
    assert text_grid.lines(grid) == [
        "[0, 0, :, :]",
        " 1   2 ",
        "[0, 1, :, :]",
        " 3   40 ",
    ]


def test_the_window_moves_to_the_first_wrong_number() -> None:
    numbers = tuple(float(n) for n in range(20))
    grid = Grid(name="db", shape=(20,), numbers=numbers, marks=(False,) * 19 + (True,))
    assert text_grid.is_cut(grid)
    assert text_grid.lines(grid)[0].endswith("[19]")


def test_small_differences_get_the_digits_they_need() -> None:
    one = Grid(name="dx", shape=(1,), numbers=(1.0,))
    other = Grid(name="dx", shape=(1,), numbers=(1.00000001,), marks=(True,))
    digits = text_grid.digits_that_tell(one, other)
    assert text_grid.number(1.00000001, digits) == "1.00000001"


def test_no_digits_tell_apart_what_is_the_same() -> None:
    grid = Grid(name="dx", shape=(1,), numbers=(math.nan,), marks=(True,))
    assert text_grid.digits_that_tell(grid, grid) == text_grid.DIGITS[0]


def test_a_zero_has_no_sign() -> None:
    assert text_grid.number(-0.0) == "0"
