from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from reports import grid

from grader.records import Shape
from grader.reports.pictures import MOST_LINES, MOST_SLICES, Marks, picture

SHAPES = st.lists(st.integers(0, 4), max_size=5).map(tuple)


@given(shape=SHAPES, pad=st.integers(0, 2))
def test_any_tensor_can_be_drawn(shape: Shape, pad: int) -> None:
    drawn = picture(grid("x", np.ones(shape)), Marks(pad=pad if len(shape) > 1 else 0))
    assert len(drawn.slices) <= MOST_SLICES
    assert bool(drawn.slices) == bool(np.prod(shape))


def test_padding_is_drawn_around_each_slice() -> None:
    drawn = picture(grid("x", np.full((1, 1, 1, 1), 7.0)), Marks(pad=1))
    (only,) = drawn.slices
    texts = [[cell.text for cell in cells] for _, cells in only.rows]
    assert texts == [["0", "0", "0"], ["0", "7", "0"], ["0", "0", "0"]]
    assert [cell.kinds for cell in only.rows[1][1]] == ["pad", "", "pad"]


def test_the_frame_runs_around_what_is_read() -> None:
    read = frozenset({(0, 0), (0, 1)})
    drawn = picture(grid("x", np.ones((2, 2))), Marks(read=read))
    first, second = drawn.slices[0].rows[0][1]
    assert first.kinds == "read top bottom left"
    assert second.kinds == "read top bottom right"


def test_rows_and_columns_of_what_is_read_are_told_in_words_too() -> None:
    marks = Marks(read=frozenset({(1, 1), (2, 1)}))
    assert picture(grid("x", np.ones((4, 4))), marks).read == (range(1, 3), range(1, 2))


def test_nothing_is_told_where_everything_is_read() -> None:
    marks = Marks(read=frozenset({(0, 0), (0, 1)}))
    assert picture(grid("w", np.ones((1, 2))), marks).read is None


def test_a_large_slice_is_cut_around_what_is_marked() -> None:
    marks = Marks(wrong=frozenset({(40, 50)}))
    (only,) = picture(grid("x", np.ones((64, 64))), marks).slices
    assert only.is_cut
    assert len(only.rows) == len(only.columns) == MOST_LINES
    assert 40 in [number for number, _ in only.rows]
    assert 50 in only.columns


def test_slices_with_wrong_numbers_come_first_and_the_rest_is_counted() -> None:
    wrong = frozenset((n, 0, 0) for n in range(2, 8))
    drawn = picture(grid("dw", np.ones((8, 1, 1))), Marks(wrong=wrong, focus=(5, 0, 0)))
    assert [it.title for it in drawn.slices] == ["dw[5]", "dw[2]", "dw[3]"]
    assert drawn.left_out == 3


def test_a_row_of_numbers_is_a_table_of_one_row() -> None:
    marks = Marks(read=frozenset({(1,)}), wrong=frozenset({(2,)}))
    (only,) = picture(grid("db", np.arange(3.0)), marks).slices
    ((_, cells),) = only.rows
    assert [cell.kinds for cell in cells] == ["", "read top bottom left right", "bad"]


def test_a_single_number_is_a_table_of_one_cell() -> None:
    (only,) = picture(grid("loss", np.array(2.5)), Marks()).slices
    assert only.rows[0][1][0].text == "2.5"


def test_a_difference_has_signs_and_its_zeros_are_dots() -> None:
    drawn = picture(grid("out", np.array([0.0, 2.0, -1.0])), Marks(signed=True))
    assert [cell.text for cell in drawn.slices[0].rows[0][1]] == ["·", "+2", "\u22121"]
