from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from judging import corpus_of

from grader.explain.fresh import pool
from grader.explain.varied import pairs_of, varied

if TYPE_CHECKING:
    from grader.exercise import Axes

LITERALS = corpus_of().exercise.literals
PAIRS = st.lists(st.integers(0, 2**12 - 1), max_size=20)


def axes() -> list[Axes]:
    return [entry.case.axes for entry in corpus_of().entries]


def held(cases: list[Axes]) -> list[tuple[bool, ...]]:
    return [tuple(map(literal.holds, cases)) for literal in LITERALS]


def shown(cases: list[Axes]) -> set[tuple[str, bool, str, bool]]:
    return {
        (one.name, one.holds(case), two.name, two.holds(case))
        for case in cases
        for one, two in combinations(LITERALS, 2)
    }


@given(pairs=PAIRS)
def test_every_case_comes_once(pairs: list[int]) -> None:
    assert sorted(varied(pairs)) == list(range(len(pairs)))


@given(pairs=PAIRS)
def test_no_case_shows_more_new_pairs_than_the_next_one(pairs: list[int]) -> None:
    order, seen = list(varied(pairs)), 0
    for at, place in enumerate(order):
        news = {other: (pairs[other] & ~seen).bit_count() for other in order[at:]}
        if not any(news.values()):
            break
        assert news[place] == max(news.values())
        seen |= pairs[place]


def test_a_pair_that_one_case_alone_shows_is_soon_met() -> None:
    common, rare = 0b0111, 0b1000
    assert next(iter(list(varied([common] * 50 + [rare]))[1:])) == 50


def test_what_one_case_shows_is_in_its_bits() -> None:
    first, second, *_ = cases = axes()
    one, two, *_ = pairs_of(held(cases))
    assert (one == two) == (shown([first]) == shown([second]))


def test_sixty_four_fresh_cases_show_nearly_all_pairs_that_there_are() -> None:
    fresh = [case.axes for case in pool(corpus_of())]
    first, *_ = order = list(varied(pairs_of(held(fresh))))
    chosen = [fresh[place] for place in order[:64]]
    assert fresh[first] in chosen
    assert len(shown(chosen)) > 0.9 * len(shown(fresh))
