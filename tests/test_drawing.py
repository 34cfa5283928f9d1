from __future__ import annotations

import hypothesis
import pytest

from grader.drawing import draw_cases
from grader.exercise import Domain
from grader.exercises import load_exercise

CONV = load_exercise("conv2d")


@pytest.mark.parametrize("remainder", ["never", "floor"])
def test_drawn_cases_are_valid_and_each_comes_once(remainder: str) -> None:
    domain = Domain(remainder=remainder)
    cases = draw_cases(CONV, domain, count=60, seed=3)
    assert 40 <= len(cases) <= 60
    assert all(CONV.is_valid(case.axes, domain) for case in cases)
    assert len({tuple(case.axes.values()) for case in cases}) == len(cases)


def test_a_seed_draws_the_same_cases_again_and_another_one_others() -> None:
    one, two, other = (draw_cases(CONV, Domain(), count=30, seed=s) for s in (1, 1, 2))
    assert one == two
    assert one != other


def test_drawing_leaves_the_callers_own_hypothesis_alone() -> None:
    before = hypothesis.settings.default
    draw_cases(CONV, Domain(), count=5, seed=1)
    assert hypothesis.settings.default is before
