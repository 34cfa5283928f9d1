from __future__ import annotations

import numpy as np
from hypothesis import given

from grader.exercise import Domain
from grader.exercises.max_pool.cases import pool_cases, published
from grader.exercises.max_pool.fill import answer, fill
from grader.exercises.max_pool.sizes import options, output_shape
from grader.records import Case

FLOOR = Domain(remainder="floor")


@given(case=pool_cases(domain=FLOOR))
def test_no_two_numbers_are_equal_and_none_is_zero(case: Case) -> None:
    for data in fill(case.axes, case.fill_seed):
        assert len(np.unique(data["x"])) == data["x"].size
        assert np.all(data["x"] != 0)


@given(case=pool_cases(domain=FLOOR))
def test_every_maximum_of_the_second_filling_is_negative(case: Case) -> None:
    _, second = fill(case.axes, case.fill_seed)
    assert answer(second, options(case.axes), second["dout"]).out.max() < 0


def test_where_windows_overlap_a_pixel_is_the_maximum_of_several() -> None:
    for case in published(FLOOR):
        if case.regime.startswith("overlap"):
            ones = np.ones(output_shape(case.axes))
            for seed in range(20):
                first, _ = fill(case.axes, seed)
                found = answer(first, options(case.axes), ones)
                assert found.gradients["dx"].max() > 1
