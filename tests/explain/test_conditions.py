from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.exercise import Literal
from grader.explain.conditions import (
    MANY,
    MOST,
    Condition,
    Evidence,
    confining,
    excepting,
    separating,
    sufficient,
)
from grader.records import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.exercise import Axes


def literal(name: str, holds: Callable[[Axes], bool]) -> Literal:
    return Literal(name=name, message=Message(id=name), holds=holds)


LITERALS = tuple(
    literal(f"{axis} > {least}", lambda a, axis=axis, least=least: a[axis] > least)  # type: ignore[misc]
    for axis in "abc"
    for least in (0, 1)
)
CASES = st.lists(
    st.fixed_dictionaries({axis: st.integers(0, 2) for axis in "abc"}), max_size=30
)
EVIDENCE = st.builds(
    lambda wrong, right: Evidence(
        wrong=tuple(wrong), right=tuple(r for r in right if r not in wrong)
    ),
    CASES,
    CASES,
)


def names(condition: Condition | None) -> tuple[str, ...] | None:
    return None if condition is None else tuple(x.name for x in condition.literals)


def evidence(wrong: list[str], right: list[str]) -> Evidence:
    """Return cases written as the digits of a, b, c."""
    return Evidence(
        wrong=tuple(
            dict(zip("abc", map(int, digits), strict=True)) for digits in wrong
        ),
        right=tuple(
            dict(zip("abc", map(int, digits), strict=True)) for digits in right
        ),
    )


@given(seen=EVIDENCE)
def test_what_separates_is_true_of_all_wrong_cases_and_no_right_one(
    seen: Evidence,
) -> None:
    condition = separating(LITERALS, seen)
    if condition is not None:
        assert all(condition.holds(axes) for axes in seen.wrong)
        assert not any(condition.holds(axes) for axes in seen.right)


@given(seen=EVIDENCE)
def test_nothing_is_wrong_outside_of_what_confines(seen: Evidence) -> None:
    condition = confining(LITERALS, seen)
    if condition is not None and seen.wrong:
        wrong, right = seen.counts(condition)
        assert wrong == len(seen.wrong)
        assert wrong >= MOST * (wrong + right)
        assert right < len(seen.right)


@given(seen=EVIDENCE)
def test_all_is_wrong_inside_of_what_is_sufficient(seen: Evidence) -> None:
    condition = sufficient(LITERALS, seen)
    if condition is not None:
        wrong, right = seen.counts(condition)
        assert right == 0
        assert wrong >= max(2, MANY * len(seen.wrong))


@given(seen=EVIDENCE, among=CASES)
def test_nothing_is_wrong_inside_of_an_exception(
    seen: Evidence, among: list[Axes]
) -> None:
    held = {x.name: [x.holds(axes) for axes in among] for x in LITERALS}
    condition = excepting(LITERALS, seen, among=held)
    if condition is not None:
        wrong, right = seen.counts(condition)
        assert wrong == 0
        assert right > 0
        assert excepting(LITERALS, seen, among=held, but=[condition]) != condition


def test_the_widest_exception_comes_first() -> None:
    seen = evidence(["000", "100"], ["220"])
    cases = evidence([], ["222", "221", "020"]).right
    among = {x.name: [x.holds(axes) for axes in cases] for x in LITERALS}
    first = excepting(LITERALS, seen, among=among)
    assert names(first) == ("b > 0",)
    assert excepting(LITERALS, evidence(["220"], ["220"]), among=among) is None


@pytest.mark.parametrize(
    ("wrong", "right", "expected"),
    [
        (["000", "111"], [], ()),
        (["100", "200"], ["000", "022"], ("a > 0",)),
        (["110", "220"], ["100", "010", "000"], ("a > 0", "b > 0")),
        (["100", "010"], ["000", "001"], ("a > 0", "b > 0")),
        (["100"], ["100"], None),
    ],
)
def test_the_simplest_condition_is_found(
    wrong: list[str], right: list[str], expected: tuple[str, ...] | None
) -> None:
    assert names(separating(LITERALS, evidence(wrong, right))) == expected


def test_either_of_two_is_joined_by_or() -> None:
    condition = separating(LITERALS, evidence(["100", "010"], ["000", "001"]))
    assert condition is not None
    assert condition.joined == "or"


def test_two_literals_may_be_forbidden() -> None:
    seen = evidence(["110"], ["100", "010"])
    assert separating(LITERALS, seen, joined=()) is None


def test_the_tightest_condition_confines() -> None:
    seen = evidence(["110", "210"], ["100", "000", "011", "001", "002"])
    assert names(confining(LITERALS, seen)) == ("a > 0", "b > 0")


def test_a_condition_with_hardly_anything_outside_confines_nothing() -> None:
    seen = evidence(["100"] * 9, ["200", "000"])
    assert confining(LITERALS, seen) is None


def test_little_outside_is_enough_where_hardly_anything_inside_is_right() -> None:
    seen = evidence(["100"] * 10, ["200", "000"])
    assert names(confining(LITERALS, seen)) == ("a > 0",)
    assert confining(LITERALS, evidence(["100"] * 10, ["200"])) is None


def test_one_case_alone_is_no_example() -> None:
    assert sufficient(LITERALS, evidence(["100", "010"], ["000", "011"])) is None


def test_one_more_case_goes_to_its_side() -> None:
    seen = evidence([], []).also({"a": 1}, is_wrong=True).also({"a": 0}, is_wrong=False)
    assert seen == Evidence(wrong=({"a": 1},), right=({"a": 0},))
