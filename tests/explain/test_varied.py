from __future__ import annotations

from functools import reduce
from itertools import islice
from operator import or_

from hypothesis import given
from hypothesis import strategies as st
from judging import corpus_of

from grader.explain.fresh import held
from grader.explain.varied import pairs_of, varied

PAIRS = st.lists(st.integers(0, 2**12 - 1), max_size=20)


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
    _, second, *_ = varied([common] * 50 + [rare])
    assert second == 50


def test_what_denies_another_literal_shows_no_pair_of_its_own() -> None:
    one, other = (True, True, False), (True, False, True)
    denied = (False, False, True)
    both, first, second = pairs_of([one, denied, other])
    assert both.bit_count() == first.bit_count() == second.bit_count() == 2 * 2
    assert (both & first).bit_count() == 1  # that the first literal holds
    assert not first & second


def test_sixty_four_fresh_cases_show_nearly_all_pairs_that_there_are() -> None:
    pairs = pairs_of(held(corpus_of()).values())
    chosen = [pairs[place] for place in islice(varied(pairs), 64)]
    every = reduce(or_, pairs).bit_count()
    assert reduce(or_, chosen).bit_count() > 0.97 * every
