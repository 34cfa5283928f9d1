from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.explain.relations import RELATIONS, Pair, relate
from grader.worker.poison import ODD

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.calls import Array

SHAPES = st.lists(st.integers(0, 3), max_size=4).map(tuple)


def numbers(shape: tuple[int, ...], *, seed: int = 1) -> Array:
    random = np.random.default_rng(seed)
    return random.integers(1, 30, shape) / 16.0


def pairs(
    change: Callable[[Array, int], Array], *, of_gradient: bool = True
) -> list[Pair]:
    """Return two cases of a tensor of shape (N, 2, 3, 4) with this change."""
    return [
        Pair(
            axes={"N": n, "C": 2},
            got=change(numbers((n, 2, 3, 4), seed=n), n),
            expected=numbers((n, 2, 3, 4), seed=n),
            source_name="x" if of_gradient else "",
            source=numbers((n, 2, 3, 4), seed=9) if of_gradient else None,
            others={"dw": numbers((2, 3, 4), seed=7)} if of_gradient else {},
        )
        for n in (2, 3)
    ]


CHANGES: dict[str, Callable[[Array, int], Array]] = {
    "relation.zero": lambda a, _: 0 * a,
    "relation.another": lambda a, _: numbers(a.shape[1:], seed=7),
    "relation.swapped": lambda a, _: a.swapaxes(2, 3),
    "relation.reordered": lambda a, _: a.transpose(0, 2, 3, 1),
    "relation.reshaped": lambda a, _: a[:, None],
    "relation.flipped": lambda a, _: a[..., ::-1, ::-1],
    "relation.scaled": lambda a, _: 4 * a,
    "relation.multiplied": lambda a, n: n * a,
    "relation.divided": lambda a, n: a / n,
    "relation.rounded": lambda a, _: np.round(a, 2),
    "relation.whole": lambda a, _: np.trunc(a),
    "relation.not_set": lambda a, _: a + ODD,
    "relation.starts_from_ones": lambda a, _: a + 1,
    "relation.starts_from_input": lambda a, _: a + numbers(a.shape, seed=9),
    "relation.offset": lambda a, n: a + np.arange(2.0 * n).reshape(n, 2, 1, 1),
}


#: What is told of out alone.
OF_OUT = frozenset({"relation.offset"})


def test_every_relation_has_an_example() -> None:
    assert CHANGES.keys() == RELATIONS.keys()


@pytest.mark.parametrize("name", CHANGES)
def test_a_relation_is_found(name: str) -> None:
    found = relate("dx", pairs(CHANGES[name], of_gradient=name not in OF_OUT))
    assert found is not None
    assert (found.id, found.values["tensor"]) == (name, "dx")


@pytest.mark.parametrize("name", CHANGES)
def test_a_relation_that_does_not_hold_everywhere_is_not_told(name: str) -> None:
    one, two = pairs(CHANGES[name])
    odd = Pair(
        axes=two.axes,
        got=two.expected + numbers(two.expected.shape, seed=8),
        expected=two.expected,
    )
    assert relate("dx", [one, odd]) is None


def test_the_shapes_of_a_case_that_shows_the_swap_are_told() -> None:
    found = relate("out", pairs(CHANGES["relation.swapped"]))
    assert found is not None
    assert found.values["got"] == "(2, 2, 4, 3)"


def test_a_gradient_has_no_channels_that_something_is_added_to() -> None:
    assert relate("dx", pairs(CHANGES["relation.offset"])) is None


def test_an_array_that_is_not_known_is_no_start() -> None:
    (one, _) = pairs(CHANGES["relation.starts_from_input"])
    assert relate("dx", [replace(one, source=None)]) is None


def test_a_right_tensor_is_no_relation_to_itself() -> None:
    assert relate("dx", pairs(lambda a, _: a)) is None
    assert relate("dx", []) is None


@given(one=SHAPES, other=SHAPES, seed=st.integers(0, 9))
def test_tensors_of_any_two_shapes_can_be_compared(
    one: tuple[int, ...], other: tuple[int, ...], seed: int
) -> None:
    got, expected = numbers(one, seed=seed), numbers(other, seed=seed + 1)
    found = relate("dx", [Pair(axes={"N": 1}, got=got, expected=expected)])
    assert found is None or found.id in RELATIONS


@pytest.mark.parametrize("odd", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_has_no_relation(odd: float) -> None:
    got = pairs(lambda a, _: a * odd)
    assert relate("dx", got) is None
