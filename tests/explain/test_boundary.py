from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pytest
from explaining import explained, sentences
from hypothesis import given, settings
from hypothesis import strategies as st
from judging import corpus_of
from programs import changed

from grader.corpus import pose
from grader.explain.boundary import Guess, How, find_boundary, untested
from grader.explain.conditions import Evidence
from grader.explain.fresh import pool
from grader.explain.probe import Seen
from grader.explain.trial import ASKED, FRESH_A_SIDE
from grader.records import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from grader.corpus import Entry
    from grader.exercise import Axes
    from grader.records import Case

LITERALS = {x.name: x for x in corpus_of().exercise.literals}
NAMES = st.sampled_from(sorted(LITERALS))


@pytest.fixture(autouse=True, scope="module")
def fresh() -> None:
    """Draw the fresh cases, which Hypothesis will not do inside of a property."""
    pool(corpus_of())


@dataclass
class Oracle:
    """Stands in for a probe: a case is wrong if the predicate says so."""

    is_wrong: Callable[[Axes], bool]
    engine: Any = field(default_factory=lambda: SimpleNamespace(corpus=corpus_of()))
    asked: list[tuple[Axes, bool]] = field(default_factory=list)

    def ask(self, entry: Entry) -> Seen:
        axes = entry.case.axes
        wrong = self.is_wrong(axes)
        self.asked.append((axes, wrong))
        return Seen(run=cast("Any", None), message=Message(id="x") if wrong else None)


def evidence(is_wrong: Callable[[Axes], bool]) -> Evidence:
    cases = [entry.case.axes for entry in corpus_of().entries]
    return Evidence(
        wrong=tuple(a for a in cases if is_wrong(a)),
        right=tuple(a for a in cases if not is_wrong(a)),
    )


def bounded(is_wrong: Callable[[Axes], bool]) -> tuple[Guess | None, Oracle]:
    oracle = Oracle(is_wrong)
    return find_boundary(cast("Any", oracle), evidence(is_wrong)), oracle


def has_influence(case: Case) -> bool:
    data = pose(corpus_of().exercise, case, seed=1).first
    return all(np.any(gradient) for gradient in data.expected.gradients.values())


def said(is_wrong: Callable[[Axes], bool]) -> tuple[str, list[str]]:
    guess, _ = bounded(is_wrong)
    assert guess is not None
    return guess.how.value, [x.name for x in guess.condition.literals]


@st.composite
def predicates(draw: st.DrawFn) -> Callable[[Axes], bool]:
    """Draw what a program may be wrong on: literals, joined, and some noise."""
    one, two, three = (LITERALS[draw(NAMES)].holds for _ in range(3))
    form = draw(st.integers(0, 4))
    noise = draw(st.integers(2, 9))
    forms: list[Callable[[Axes], bool]] = [
        one,
        lambda a: one(a) and two(a),
        lambda a: one(a) or two(a),
        lambda a: one(a) and (two(a) or three(a)),
        lambda a: one(a) and sum(a.values()) % noise > 0,
    ]
    return forms[form]


def is_true_of_all_that_was_asked(guess: Guess, oracle: Oracle) -> bool:
    """Is what was said true: exactly, only, or for example when the condition holds?"""
    seen = [(guess.condition.holds(axes), wrong) for axes, wrong in oracle.asked]
    match guess.how:
        case How.EXACTLY:
            return all(inside == wrong for inside, wrong in seen)
        case How.ONLY:
            return all(inside or not wrong for inside, wrong in seen)
        case How.EXAMPLE:
            return all(wrong or not inside for inside, wrong in seen)


def is_tested_on_both_sides(guess: Guess, oracle: Oracle) -> bool:
    inside = sum(guess.condition.holds(axes) for axes, _ in oracle.asked)
    outside = len(oracle.asked) - inside
    return inside >= FRESH_A_SIDE and (
        outside >= FRESH_A_SIDE or not guess.condition.literals
    )


@pytest.mark.thorough
@settings(max_examples=20)
@given(is_wrong=predicates())
def test_what_is_said_of_a_condition_is_true_of_every_case_that_was_asked(
    is_wrong: Callable[[Axes], bool],
) -> None:
    guess, oracle = bounded(is_wrong)
    known = [dict(entry.case.axes) for entry in corpus_of().entries]
    assert len(oracle.asked) <= ASKED
    assert not any(dict(axes) in known for axes, _ in oracle.asked)
    if guess is not None:
        assert is_true_of_all_that_was_asked(guess, oracle)
        assert guess.how is not How.EXACTLY or is_tested_on_both_sides(guess, oracle)


@pytest.mark.parametrize(
    ("name", "is_wrong"),
    [
        (["pad = 0"], lambda a: a["pad"] == 0),
        (["stride > 1"], lambda a: a["stride"] > 1),
        (["kernel not square"], lambda a: a["HH"] != a["WW"]),
        (["N > 1"], lambda a: a["N"] > 1),
        ([], lambda _: True),
        (["pad > 0", "stride > 1"], lambda a: a["pad"] > 0 and a["stride"] > 1),
    ],
)
def test_a_simple_boundary_is_found_exactly(
    name: list[str], is_wrong: Callable[[Axes], bool]
) -> None:
    assert said(is_wrong) == ("exactly", name)


def test_a_rival_that_fits_the_corpus_is_refuted() -> None:
    either = LITERALS["N > 1"].holds, LITERALS["more output pixels"].holds
    assert said(lambda a: any(holds(a) for holds in either)) == (
        "exactly",
        ["N > 1", "more output pixels"],
    )


def test_what_is_mostly_wrong_is_wrong_only_there() -> None:
    how, names = said(lambda a: a["stride"] > 1 and sum(a.values()) % 5 > 0)
    assert (how, names[0]) == ("only", "stride > 1")


def test_to_be_right_where_out_is_symmetric_hides_no_boundary() -> None:
    several = LITERALS["more output pixels"].holds
    how, names = said(
        lambda a: several(a) and not (a["pad"] > 3 and a["H"] == a["W"] == a["WW"])
    )
    assert (how, names) == ("only", ["more output pixels"])


def test_of_what_is_wrong_nearly_everywhere_it_is_told_where_it_is_right() -> None:
    same, one = LITERALS["out as large as x"], LITERALS["stride = 1"]
    tiny, oracle = bounded(
        lambda a: not (same.holds(a) and (one.holds(a) or a["H"] == a["W"] == 1))
    )
    assert tiny is not None
    assert tiny.right_when is not None
    assert {x.name for x in tiny.right_when.literals} == {one.name, same.name}
    assert len(oracle.asked) <= ASKED


def test_a_rare_exception_that_few_cases_show_is_not_told() -> None:
    guess, _ = bounded(lambda a: not a["H"] == a["W"] == a["stride"] == 1)
    assert guess is None or guess.right_when is None


def test_no_condition_is_found_where_there_is_none() -> None:
    guess, _ = bounded(lambda a: sum(a.values()) % 2 > 0)
    assert guess is None or guess.how is not How.EXACTLY


def test_a_case_in_which_an_input_has_no_influence_is_not_asked() -> None:
    # Such a case is one whose windows all lie in the padding.
    _, oracle = bounded(lambda a: a["pad"] > 0)
    asked = [replace(pool(corpus_of())[0], axes=axes) for axes, _ in oracle.asked]
    assert asked
    assert all(map(has_influence, asked))
    assert not all(map(has_influence, pool(corpus_of())))


def test_without_asking_one_literal_is_an_example_at_most() -> None:
    guess = untested(evidence(lambda a: a["pad"] == 0), corpus_of())
    assert guess is not None
    assert guess.how is How.EXAMPLE
    both = evidence(lambda a: a["pad"] == 0 and a["stride"] == 1)
    assert untested(both, corpus_of()) is None


def test_fresh_cases_are_new_and_each_comes_once() -> None:
    keys = [tuple(case.axes.values()) for case in pool(corpus_of())]
    known = {tuple(e.case.axes.values()) for e in corpus_of().entries}
    assert len(set(keys)) == len(keys)
    assert not known & set(keys)
    assert all(
        corpus_of().exercise.is_valid(c.axes, corpus_of().domain)
        for c in pool(corpus_of())
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("return out,", "out[4:] = 0; return out,", "more than four images (N > 4)"),
        (
            "return out,",
            "out[:, 5:] = 0; return out,",
            "more than five filters (F > 5)",
        ),
        ("return dx,", "dx[:, 2:] = 0; return dx,", "more than two channels (C > 2)"),
        ("p:p+x", "p:min(p, 2)+x", "exactly when pad > 2"),
        ("return dx,", "dx *= 2 / s; return dx,", "the stride is anything but 2"),
    ],
)
def test_a_number_that_a_loop_ends_at_is_named(old: str, new: str, said: str) -> None:
    where, *_ = sentences(explained(changed(old, new)))
    assert said in where
    assert "exactly when" in where


def ways(name: str, cases: Iterable[Axes]) -> set[bool]:
    return {LITERALS[name].holds(axes) for axes in cases if axes["stride"] > 1}


def test_what_else_a_condition_may_need_is_tried_both_ways() -> None:
    _, oracle = bounded(lambda a: a["stride"] > 1)
    asked = [axes for axes, _ in oracle.asked]
    drawn = [case.axes for case in pool(corpus_of())]
    half_tried = [n for n in LITERALS if ways(n, asked) != ways(n, drawn)]
    assert half_tried == []


def test_right_by_chance_where_few_weights_count_refutes_nothing() -> None:
    def turned(axes: Axes) -> bool:
        sees_the_middle_only = axes["H"] == axes["W"] == 1 == axes["pad"]
        return max(axes["HH"], axes["WW"]) > 1 and not sees_the_middle_only

    assert said(turned) == ("exactly", ["kernel > 1x1"])
