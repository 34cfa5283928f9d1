from __future__ import annotations

import math

import pytest

from grader.reports import numbers


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (12.0625, "12.0625"),
        (-3.0, "\u22123"),
        (math.nan, "NaN"),
        (math.inf, "\u221e"),
        (-math.inf, "\u2212\u221e"),
    ],
)
def test_a_number_is_written_as_short_as_it_is_exact(value: float, text: str) -> None:
    assert numbers.number_text(value) == text


def test_a_difference_has_its_sign() -> None:
    assert [numbers.signed_text(v) for v in (2.0, -2.0, 0.0)] == ["+2", "\u22122", "0"]


def test_whole_points_have_no_fraction_in_json() -> None:
    assert repr(numbers.points_number(85.0)) == "85"
    assert repr(numbers.points_number(7.5)) == "7.5"


def test_long_times_need_no_fractions() -> None:
    assert numbers.seconds_text(0.0314) == "0.031 s"
    assert numbers.seconds_text(1234.56) == "1235 s"
