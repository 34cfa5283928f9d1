from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra import numpy as hnp
from worker_programs import returned

from grader.worker import poison


@pytest.fixture(scope="module", autouse=True)
def _poisoned() -> Iterator[None]:
    poison.install()
    yield
    poison.remove()


dtypes = hnp.scalar_dtypes() | hnp.unicode_string_dtypes() | hnp.byte_string_dtypes()
shapes = hnp.array_shapes(min_dims=0, min_side=0, max_dims=3)


@given(dtypes, shapes)
def test_an_empty_array_is_of_the_kind_that_was_asked_for(
    dtype: np.dtype[Any],
    shape: tuple[int, ...],
) -> None:
    made = np.empty(shape, dtype, order="F")
    real = poison.REAL["empty"](shape, dtype, order="F")
    assert (made.shape, made.dtype, made.strides) == (
        real.shape,
        real.dtype,
        real.strides,
    )


@given(hnp.floating_dtypes() | hnp.complex_number_dtypes() | hnp.integer_dtypes())
def test_no_number_of_an_empty_array_is_zero(dtype: np.dtype[Any]) -> None:
    made = np.empty(5, dtype)
    assert np.all(made != 0)
    assert np.all(np.isfinite(made))


def test_objects_stay_none() -> None:
    assert np.empty(2, object).tolist() == [None, None]


def test_empty_like_keeps_subclass_and_order() -> None:
    made = np.empty_like(np.zeros((2, 2), "i4", order="F").view(np.recarray))
    assert type(made) is np.recarray
    assert made.flags.f_contiguous
    assert made.tolist() == [[poison.JUNK] * 2] * 2


def test_wrong_arguments_raise_what_numpy_raises() -> None:
    with pytest.raises(TypeError):
        np.empty()  # type: ignore[call-overload]
    with pytest.raises(ValueError, match="negative"):
        np.empty(-1)


def test_the_makers_still_look_like_numpys() -> None:
    assert repr(np.empty).startswith("<function empty ")
    assert np.empty.__doc__ == poison.REAL["empty"].__doc__


def test_what_is_too_large_to_fill_is_left_alone() -> None:
    assert np.empty(poison.LARGEST).nbytes > poison.LARGEST


@pytest.mark.parametrize(
    "made", ["np.empty((2, 3))", "np.empty_like(x)", "np.empty(6).reshape(2, 3)"]
)
def test_a_sum_that_starts_from_nothing_is_not_right_by_luck(made: str) -> None:
    (value,) = returned(f"({made} + x, 0)").values
    assert value.array is not None
    assert value.array[0, 0] == poison.ODD


def test_a_name_imported_from_numpy_is_filled_too() -> None:
    expression = "(__import__('numpy', fromlist=['empty']).empty(1), 0)"
    (value,) = returned(expression).values
    assert value.array is not None
    assert value.array[0] == poison.ODD
