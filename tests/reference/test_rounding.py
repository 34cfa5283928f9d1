from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pytest
from honest_rounding import exact, fast, in_any_order, in_frequencies
from hypothesis import given, settings
from hypothesis import strategies as st

from grader import conv_cases
from grader.exercise import Domain
from grader.exercises.conv2d.fill import fill_real
from reference import rounding
from reference.rounding import Bounds, gamma

if TYPE_CHECKING:
    from honest_rounding import Data

    from grader.records import Case
    from reference.shapes import Array

# Fractions are slow.
TINY = conv_cases(
    remainder="floor",
    domain=Domain(
        allowed={axis: frozenset({1, 2}) for axis in ("N", "C", "F")}
        | {axis: frozenset({1, 2, 4}) for axis in ("H", "W")}
        | {axis: frozenset({1, 2, 3}) for axis in ("HH", "WW")}
        | {"pad": frozenset({0, 1, 3})}
    ),
)
FEW = settings(max_examples=15)


def real(case: Case) -> Data:
    return fill_real(case.axes, case.fill_seed)[0]


def bounds(data: Data, case: Case, *, norm: bool = False) -> Bounds:
    arrays = (data[name] for name in ("dout", "x", "w", "b"))
    by = rounding.normwise if norm else rounding.elementwise
    return by(*arrays, stride=case.axes["stride"], pad=case.axes["pad"])


def errors(answers: Bounds, right: Bounds) -> list[Array]:
    """Return how far each tensor is from the exact one, without rounding again."""
    fraction = np.frompyfunc(Fraction, 1, 1)
    return [
        np.abs(fraction(one) - other).astype(np.float64)
        for one, other in zip(answers, right, strict=True)
    ]


@FEW
@given(case=TINY, seed=st.integers(0, 999))
def test_a_sum_in_any_order_keeps_to_the_elementwise_bound(
    case: Case, seed: int
) -> None:
    data = real(case)
    honest = in_any_order(data, case.axes, seed=seed)
    wrong = errors(honest, exact(data, case.axes))
    for error, bound in zip(wrong, bounds(data, case), strict=True):
        assert np.all(error <= bound)


@FEW
@given(case=TINY)
def test_the_reference_keeps_to_the_elementwise_bound(case: Case) -> None:
    data = real(case)
    wrong = errors(fast(data, case.axes), exact(data, case.axes))
    for error, bound in zip(wrong, bounds(data, case), strict=True):
        assert np.all(error <= bound)


@FEW
@given(case=TINY)
def test_a_transform_keeps_to_the_normwise_bound(case: Case) -> None:
    data = real(case)
    wrong = errors(in_frequencies(data, case.axes), exact(data, case.axes))
    for error, bound in zip(wrong, bounds(data, case, norm=True), strict=True):
        assert np.linalg.norm(error) <= bound


@given(case=conv_cases(remainder="floor"))
def test_whoever_meets_the_elementwise_bound_meets_the_other_one(case: Case) -> None:
    data = real(case)
    pairs = zip(bounds(data, case), bounds(data, case, norm=True), strict=True)
    assert all(np.linalg.norm(each) <= whole for each, whole in pairs)


@given(case=conv_cases(remainder="floor"))
def test_a_bound_has_the_shape_of_what_it_bounds(case: Case) -> None:
    data = real(case)
    shapes = [bound.shape for bound in bounds(data, case)]
    assert shapes == [data[name].shape for name in ("dout", "x", "w", "b")]
    assert {bound.shape for bound in bounds(data, case, norm=True)} == {()}


def test_half_of_the_bound_is_really_needed() -> None:
    # Product and sum both lie midway between two floats, and are rounded down.
    x, w = np.full((1, 1, 1, 1), 1 + 2.0**-27), np.full((1, 1, 1, 1), 1 + 2.0**-26)
    b = np.array([2.0**-53])
    exactly = Fraction(x.item()) * Fraction(w.item()) + Fraction(b.item())
    error = float(abs(Fraction(x.item() * w.item() + b.item()) - exactly))
    allowed = rounding.elementwise(x, x, w, b, stride=1, pad=0).out.item()
    assert error <= allowed <= 2.001 * error


def test_gamma_adds_roundings_up() -> None:
    assert gamma(1) == pytest.approx(2.0**-53)
    assert gamma(3, unit=0.1) == pytest.approx(0.3 / 0.7)


def test_gamma_refuses_more_roundings_than_digits() -> None:
    with pytest.raises(ValueError, match=r"terms is 10, wanted less than 10\.0"):
        gamma(10, unit=0.1)


def test_what_does_not_fit_is_refused() -> None:
    ones = np.ones((1, 1, 3, 3))
    with pytest.raises(ValueError, match="dout has shape"):
        rounding.normwise(ones, ones, ones, np.ones(1), stride=1, pad=0)
