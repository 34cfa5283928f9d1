from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from judging import corpus_of

from grader.corpus import LATTICE_TOLERANCE
from grader.engine.compare import agrees, wrong_cells

if TYPE_CHECKING:
    from grader.calls import Array
    from grader.corpus import DataSet

ANY = arrays.arrays(np.float64, (2, 3), elements=st.floats(width=64))


def lattice() -> DataSet:
    return corpus_of().entries[0].first


def real() -> DataSet:
    return corpus_of(data="real").entries[0].first


@given(array=ANY)
def test_a_cell_is_right_only_if_it_is_within(array: Array) -> None:
    wrong = wrong_cells(array, np.zeros((2, 3)), 1.0)
    assert (wrong == ~(np.abs(array) <= 1.0)).all()


@given(array=ANY)
def test_what_is_not_finite_is_never_right(array: Array) -> None:
    assert wrong_cells(array, array, 0.0)[~np.isfinite(array)].all()


@pytest.mark.parametrize("data", [lattice(), real()], ids=["lattice", "real"])
@pytest.mark.parametrize("tensor", ["out", "dx", "dw", "db"])
def test_the_answer_itself_agrees(data: DataSet, tensor: str) -> None:
    assert agrees(tensor, data.tensor(tensor), data)


@pytest.mark.parametrize("data", [lattice(), real()], ids=["lattice", "real"])
def test_another_shape_never_agrees(data: DataSet) -> None:
    assert not agrees("out", data.tensor("out")[:1], data)


def test_on_the_lattice_the_step_decides() -> None:
    data = lattice()
    right = data.tensor("out")
    assert agrees("out", right + LATTICE_TOLERANCE / 2, data)
    assert not agrees("out", right + LATTICE_TOLERANCE * 2, data)


def test_on_reals_an_error_is_honest_by_its_cells_or_by_its_norm() -> None:
    data = real()
    right, bound = data.tensor("out"), data.elementwise["out"]
    one_cell = np.zeros_like(right)
    one_cell.flat[0] = 2 * bound.flat[0]
    assert agrees("out", right + bound / 2, data)
    assert agrees("out", right + one_cell, data) == bool(
        np.linalg.norm(one_cell) <= data.normwise["out"]
    )


def test_on_reals_float32_inside_is_honest() -> None:
    data = real()
    right, bound = data.tensor("out"), data.elementwise["out"]
    assert agrees("out", right + 1e8 * bound, data)
    assert not agrees("out", right + 1e12 * bound, data)


def test_on_reals_nan_never_agrees() -> None:
    data = real()
    assert not agrees("out", data.tensor("out") * np.nan, data)
