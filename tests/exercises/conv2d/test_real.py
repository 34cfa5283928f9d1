from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from honest_rounding import fast, in_frequencies, in_single_precision
from hypothesis import given

from grader import conv_cases
from grader.exercise import Domain
from grader.exercises.conv2d import CONV2D
from grader.exercises.conv2d.fill import fill, fill_real
from grader.exercises.conv2d.real import REAL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from honest_rounding import Data

    from grader.calls import Array
    from grader.records import Case
    from reference.rounding import Bounds

FLOAT32 = 2.0**29  # its roundoff, in units of that of float64
PUBLISHED = pytest.mark.parametrize(
    "case", CONV2D.published(Domain(remainder="floor")), ids=lambda case: case.name
)


def real(case: Case) -> Data:
    return fill_real(case.axes, case.fill_seed)[0]


def elementwise(data: Data, case: Case) -> Mapping[str, Array]:
    return REAL.elementwise(data, CONV2D.options(case.axes), data["dout"])


def errors(answers: Bounds, data: Data, case: Case) -> Mapping[str, Array]:
    """Return how far each tensor is from what the oracle says."""
    right = fast(data, case.axes)._asdict()
    return {name: np.abs(one - right[name]) for name, one in answers._asdict().items()}


@PUBLISHED
def test_single_precision_inside_is_told_from_double(case: Case) -> None:
    data = real(case)
    bound = elementwise(data, case)
    wrong = errors(in_single_precision(data, case.axes), data, case)
    assert any(np.any(wrong[name] > bound[name]) for name in wrong)
    assert all(np.all(wrong[name] <= FLOAT32 * bound[name]) for name in wrong)


@PUBLISHED
def test_a_transform_is_told_from_a_mistake(case: Case) -> None:
    data = real(case)
    bound = REAL.normwise(data, CONV2D.options(case.axes), data["dout"])
    wrong = errors(in_frequencies(data, case.axes), data, case)
    assert all(np.linalg.norm(wrong[name]) <= bound[name] for name in wrong)
    assert all(bound[name] < 1e-10 for name in bound)


def test_a_transform_needs_a_bound_of_its_own() -> None:
    missed = 0
    for case in CONV2D.published(Domain()):
        data = real(case)
        bound = elementwise(data, case)
        wrong = errors(in_frequencies(data, case.axes), data, case)
        missed += any(np.any(wrong[name] > bound[name]) for name in wrong)
    assert missed > 0


@PUBLISHED
def test_the_least_product_is_far_above_the_bound(case: Case) -> None:
    data = real(case)
    bound = elementwise(data, case)
    least = min(np.abs(data[name]).min() for name in data) ** 2
    assert max(each.max() for each in bound.values()) < 1e-8 * least


@given(case=conv_cases())
def test_real_numbers_are_off_the_lattice_but_near_it(case: Case) -> None:
    before = fill(case.axes, case.fill_seed)[0]
    after, other = fill_real(case.axes, case.fill_seed)
    for name, array in before.items():
        assert np.all(np.abs(after[name] - array) <= 1 / 32)
        assert np.any(after[name] * 2**20 % 1)
        assert np.all(np.abs(other[name]) < 2)


@given(case=conv_cases())
def test_real_data_oppose_each_other_and_the_lattice_ones(case: Case) -> None:
    first, second = fill_real(case.axes, case.fill_seed)
    lattice = fill(case.axes, case.fill_seed)[1]
    for name, array in first.items():
        sign = 1 if name == "w" else -1
        assert np.array_equal(np.sign(second[name]), sign * np.sign(array))
        opposes = lattice[name] * sign * array
        assert np.any(opposes > 0)
        assert np.all(opposes[-1 if name == "b" else 0 :] >= 0)


@PUBLISHED
def test_real_data_are_found_for_every_seed(case: Case) -> None:
    filled = [fill_real(case.axes, seed)[0]["x"] for seed in range(25)]
    assert len({x.tobytes() for x in filled}) == 25
