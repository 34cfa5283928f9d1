from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.records import Case, Status, Verdict
from grader.scoring import Rubric, maximum, score, total

REGIMES = ("a", "b", "c", "d", "e", "f", "g", "h")
ROLES = ("general", "thin", "corner")
CASES = tuple(
    Case(name=f"{regime}/{role}", axes={}, regime=regime, role=role)
    for regime in REGIMES
    for role in ROLES
)
STATUSES = st.sampled_from([Status.PASSED, Status.FAILED])


def verdicts(statuses: dict[str, Status], criterion: str = "k") -> list[Verdict]:
    return [
        Verdict(
            criterion=criterion,
            case=case.name,
            status=statuses.get(case.name, Status.PASSED),
        )
        for case in CASES
    ]


def points(
    statuses: dict[str, Status], *, worth: float = 16, step: float = 1.0
) -> float | None:
    rubric = Rubric(points={"k": worth}, points_step=step)
    return total(score(verdicts(statuses), CASES, rubric))


failures = st.dictionaries(st.sampled_from([c.name for c in CASES]), STATUSES)
worths = st.floats(0.5, 100).map(lambda x: round(x, 2))
steps = st.sampled_from([0.25, 0.5, 1.0, 2.0])


@given(worth=worths, step=steps)
def test_all_right_earns_exactly_everything(worth: float, step: float) -> None:
    assert points({}, worth=worth, step=step) == worth


@given(statuses=failures, worth=worths, step=steps)
def test_anything_wrong_costs_something_and_never_too_much(
    statuses: dict[str, Status], worth: float, step: float
) -> None:
    earned = points(statuses, worth=worth, step=step)
    assert earned is not None
    assert 0 <= earned <= worth
    assert (earned < worth) == (Status.FAILED in statuses.values())


@given(statuses=failures, more=st.sampled_from([c.name for c in CASES]))
def test_one_more_failure_never_earns_more(
    statuses: dict[str, Status], more: str
) -> None:
    before, after = points(statuses), points({**statuses, more: Status.FAILED})
    assert before is not None
    assert after is not None
    assert after <= before


@pytest.mark.parametrize(
    ("failed", "expected"),
    [
        (["a/corner"], 15),
        (["a/corner", "a/thin"], 15),
        (["a/general"], 14),
        (["a/general", "b/corner"], 13),
        ([c.name for c in CASES], 0),
    ],
)
def test_a_regime_earns_half_if_its_general_case_holds(
    failed: list[str], expected: float
) -> None:
    assert points(dict.fromkeys(failed, Status.FAILED)) == expected


def test_partial_all_gives_nothing_for_one_failure() -> None:
    rubric = Rubric(points={"k": 16}, partial="all")
    statuses = {"a/corner": Status.FAILED}
    assert total(score(verdicts(statuses), CASES, rubric)) == 0


def test_an_undecided_check_leaves_the_score_blank() -> None:
    statuses = {"a/corner": Status.UNDECIDED, "b/corner": Status.FAILED}
    assert points(statuses) is None


def test_the_maximum_is_the_sum_of_the_points() -> None:
    both = verdicts({}, "k") + verdicts({}, "j")
    scores = score(both, CASES, Rubric(points={"k": 3, "j": 0.5}))
    assert maximum(scores) == total(scores) == 3.5
