from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from grader.cases import BLOCK, Stream, lattice, opposed

SEEDS = st.integers(0, 2**32 - 1)
SHAPES = st.lists(st.integers(1, 5), min_size=1, max_size=4).map(tuple)


@given(seed=SEEDS, shape=SHAPES)
def test_lattice_data_are_odd_sixteenths(seed: int, shape: tuple[int, ...]) -> None:
    numbers = lattice(Stream(seed), shape) * 16
    assert numbers.shape == shape
    assert np.all(numbers % 2 == 1)
    assert np.abs(numbers).max() <= 31


@given(seed=SEEDS, shape=SHAPES)
def test_lattice_data_do_not_repeat_within_a_block(
    seed: int, shape: tuple[int, ...]
) -> None:
    block = lattice(Stream(seed), shape).reshape(-1)[:BLOCK]
    assert len(set(block.tolist())) == block.size


@given(seed=SEEDS, shape=SHAPES)
def test_lattice_data_of_two_entries_or_more_show_both_signs(
    seed: int, shape: tuple[int, ...]
) -> None:
    numbers = lattice(Stream(seed), shape)
    assert numbers.size == 1 or numbers.min() < 0 < numbers.max()


@given(seed=SEEDS, shape=SHAPES)
def test_lattice_data_never_sum_to_nothing(seed: int, shape: tuple[int, ...]) -> None:
    assert lattice(Stream(seed), shape).sum() != 0


@given(seed=SEEDS, shape=SHAPES, sign=st.sampled_from([-1, 1]))
def test_opposed_data_have_the_wanted_sign_everywhere(
    seed: int, shape: tuple[int, ...], sign: int
) -> None:
    first = lattice(Stream(seed), shape)
    second = opposed(Stream(seed + 1), first, sign=sign)
    assert np.array_equal(np.sign(second), sign * np.sign(first))


@given(seed=SEEDS, shape=SHAPES)
def test_opposed_data_keep_no_magnitude(seed: int, shape: tuple[int, ...]) -> None:
    first = lattice(Stream(seed), shape)
    second = opposed(Stream(seed + 1), first, sign=1)
    assert not np.any(np.abs(second) == np.abs(first))


@given(seed=SEEDS, shape=SHAPES)
def test_opposed_data_are_lattice_data_without_repetition_too(
    seed: int, shape: tuple[int, ...]
) -> None:
    second = opposed(Stream(seed + 1), lattice(Stream(seed), shape), sign=-1)
    block = second.reshape(-1)[:BLOCK]
    assert np.all(second * 16 % 2 == 1)
    assert np.abs(second * 16).max() <= 31
    assert len(set(block.tolist())) == block.size


def test_the_numbers_of_a_seed_are_the_same_for_ever() -> None:
    numbers = lattice(Stream(7), (2, 3)) * 16
    assert numbers.astype(int).tolist() == [[-19, 17, 15], [11, 9, -25]]


def test_a_stream_picks_every_option() -> None:
    stream = Stream(0)
    assert {stream.pick([3, 5, 8]) for _ in range(100)} == {3, 5, 8}


def test_lattice_data_of_an_empty_shape_are_empty() -> None:
    assert lattice(Stream(1), (2, 0)).shape == (2, 0)
