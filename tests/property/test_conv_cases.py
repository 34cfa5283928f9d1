from __future__ import annotations

from functools import cache

import pytest
from hypothesis import find, given, settings

from grader import conv_cases
from grader.errors import UsageError
from grader.exercise import Domain
from grader.exercises.conv2d import CONV2D
from grader.exercises.conv2d.regimes import TRAITS_OF, regime_of
from grader.exercises.conv2d.traits import IMPLIED, TAGS, TRAITS
from grader.records import Case

# Tens of thousands of cases are drawn here; the modules they come from have own tests.
pytestmark = pytest.mark.usefixtures("untraced")

FLOOR = Domain(remainder="floor")
NARROW = Domain(
    flags=frozenset({"square_kernels"}),
    allowed={
        "stride": frozenset({1, 5}),
        "pad": frozenset({0, 7}),
        "C": frozenset({3}),
        "W": frozenset({8, 9}),
    },
)
QUICK = settings(database=None, deadline=None, derandomize=True, max_examples=500)


@cache
def drawn(remainder: str) -> tuple[Case, ...]:
    """Return a thousand cases, drawn without asking for anything."""
    seen: list[Case] = []

    @settings(QUICK, max_examples=1000)
    @given(case=conv_cases(remainder=remainder))
    def look(case: Case) -> None:
        seen.append(case)

    look()
    return tuple(seen)


def share(trait: str, *, remainder: str) -> float:
    """Return how many of the drawn cases have a trait."""
    cases = drawn(remainder)
    return sum(TRAITS[trait].holds(case.axes) for case in cases) / len(cases)


def smallest(trait: str, *, remainder: str = "never") -> tuple[int, ...]:
    """Return the sizes that a failure with this trait shrinks to."""
    holds = TRAITS[trait].holds
    cases = conv_cases(remainder=remainder)
    return tuple(
        find(cases, lambda case: holds(case.axes), settings=QUICK).axes.values()
    )


@given(case=conv_cases())
def test_every_case_is_valid(case: Case) -> None:
    assert CONV2D.is_valid(case.axes, Domain())


@given(case=conv_cases(remainder="floor"))
def test_every_case_is_valid_under_floor(case: Case) -> None:
    assert CONV2D.is_valid(case.axes, FLOOR)


@given(case=conv_cases(domain=NARROW))
def test_every_case_keeps_to_a_narrower_contract(case: Case) -> None:
    assert CONV2D.is_valid(case.axes, NARROW)


@given(case=conv_cases(domain=FLOOR, regime="remainder"))
def test_the_remainder_of_the_domain_counts_too(case: Case) -> None:
    assert case.regime == "remainder"


@given(case=conv_cases(remainder="floor"))
def test_a_case_lies_in_one_regime_only(case: Case) -> None:
    inside = [each.name for each in CONV2D.regimes if each.contains(case.axes)]
    assert inside == [case.regime] == [regime_of(case.axes)]


def test_at_least_half_of_the_cases_have_no_remainder_under_floor() -> None:
    assert 0.5 <= share("no remainder", remainder="floor") <= 0.9


@pytest.mark.parametrize("remainder", ["never", "floor"])
def test_windows_overlap_in_at_least_two_of_five_cases(remainder: str) -> None:
    assert 0.4 <= share("overlap", remainder=remainder) <= 0.9


@pytest.mark.parametrize("trait", ["pad = 0", "stride = 1", "kernel not square"])
def test_neither_side_of_a_great_divide_is_rare(trait: str) -> None:
    assert 0.2 <= share(trait, remainder="never") <= 0.8


@pytest.mark.parametrize("regime", TRAITS_OF)
def test_a_regime_is_reached_without_asking_for_it(regime: str) -> None:
    assert any(case.regime == regime for case in drawn("floor"))


# Seven different sizes come about once in a thousand cases, unless asked for.
@pytest.mark.parametrize("tag", sorted(TAGS.keys() - {"all sizes differ"}))
def test_a_tag_is_reached_without_asking_for_it(tag: str) -> None:
    assert any(tag in case.tags for case in drawn("floor"))


@pytest.mark.parametrize("trait", TRAITS)
def test_every_case_has_the_trait_that_was_asked_for(trait: str) -> None:
    @settings(QUICK, max_examples=5)
    @given(case=conv_cases(tags=[trait], remainder="floor"))
    def look(case: Case) -> None:
        assert TRAITS[trait].holds(case.axes)

    look()


@pytest.mark.parametrize("regime", TRAITS_OF)
def test_every_case_is_of_the_regime_that_was_asked_for(regime: str) -> None:
    @settings(QUICK, max_examples=5)
    @given(case=conv_cases(regime=regime, remainder="floor"))
    def look(case: Case) -> None:
        assert case.regime == regime

    look()


@pytest.mark.parametrize(
    ("trait", "sizes"),
    [
        ("pad > 0", (1, 1, 1, 1, 1, 1, 1, 1, 1)),
        ("stride > 1", (1, 1, 1, 1, 1, 1, 1, 2, 0)),
        ("overlap", (1, 1, 1, 3, 1, 1, 2, 1, 0)),
        ("kernel not square", (1, 1, 1, 2, 1, 1, 2, 1, 0)),
        ("crossed", (1, 1, 1, 2, 1, 1, 2, 2, 0)),
    ],
)
def test_the_smallest_case_can_be_read(trait: str, sizes: tuple[int, ...]) -> None:
    assert smallest(trait) == sizes


@given(case=conv_cases(remainder="floor"))
def test_a_trait_never_comes_without_what_it_is_said_to_need(case: Case) -> None:
    having = {name for name, rule in TRAITS.items() if rule.holds(case.axes)}
    assert having >= {need for name in having for need in IMPLIED.get(name, ())}


def test_traits_that_exclude_each_other_are_named() -> None:
    with pytest.raises(UsageError, match="no case has 'C = 1' and 'C > 3' "):
        conv_cases(tags=["F = C", "C = 1", "overlap", "C > 3"])


def test_a_domain_without_any_case_is_named() -> None:
    sizes = {"H": frozenset({1}), "HH": frozenset({2}), "pad": frozenset({0})}
    with pytest.raises(UsageError, match="no case has any sizes ") as refusal:
        conv_cases(domain=Domain(allowed=sizes), tags=["C = 1"])
    assert "'H': [1], 'HH': [2], 'pad': [0]" in str(refusal.value)


def test_an_unknown_regime_is_refused() -> None:
    with pytest.raises(UsageError, match="regime is 'thin', wanted 'stride-1/"):
        conv_cases(regime="thin")


def test_an_unknown_tag_is_refused() -> None:
    with pytest.raises(UsageError, match="tag is 'gaps', wanted one of '1x1 image'"):
        conv_cases(tags=["gaps"])


def test_an_unknown_rule_for_remainders_is_refused() -> None:
    with pytest.raises(UsageError, match="'ceil', wanted 'never' or 'floor'"):
        conv_cases(remainder="ceil")
