from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.calls import Array
from grader.worker import describe, frames, plain, quick

LARGEST = 200  # bytes
tensors = hnp.arrays(
    st.sampled_from((np.float64, np.float32, np.int64)),
    hnp.array_shapes(min_dims=0, min_side=0, max_dims=9, max_side=3),
)
things = st.one_of(
    tensors,
    tensors.map(np.transpose),
    tensors.map(lambda array: array.view(np.matrix) if array.ndim == 2 else array),
    st.none() | st.integers() | st.floats(),
)
results = st.one_of(things, st.lists(things, max_size=10).map(tuple))
numbers = st.integers() | st.booleans() | st.floats(allow_nan=False)
names = st.text(max_size=40) | st.sampled_from(("stride", "pad"))
options = st.dictionaries(names | st.integers(), numbers, max_size=20)


def body(seen: plain.Observation) -> tuple[bytes, int]:
    packer = frames.observed(seen, LARGEST)
    return b"".join(packer.parts), packer.arrays


@given(results, st.sampled_from((1, 8)))
def test_a_result_is_told_in_the_same_bytes(result: object, travels: int) -> None:
    told = quick.returned(result, travels=travels, largest=LARGEST)
    whole = describe.returned(result, travels=travels)
    assert told is None or body(told) == body(whole)


@given(things)
def test_a_lone_result_is_told_in_the_same_bytes(thing: object) -> None:
    told = quick.lone(thing, largest=LARGEST)
    whole = plain.Returned(describe.type_name(thing), None, (describe.value(thing),))
    assert told is None or body(told) == body(whole)


@given(st.lists(tensors, max_size=4), st.lists(options, max_size=3))
def test_inputs_are_told_in_the_same_bytes(
    arrays: list[Array], now: list[dict[object, object]]
) -> None:
    told = quick.inspected(arrays, now, largest=LARGEST)
    shown = tuple(describe.options(each, {}) for each in now)
    assert told is None or body(told) == body(plain.Inspected(tuple(arrays), shown))


PLAIN = np.arange(6.0).reshape(2, 3)


def test_what_most_programs_return_is_told_quickly() -> None:
    gradients = (PLAIN, PLAIN.T, PLAIN[:, ::2])
    assert quick.returned(gradients, travels=8, largest=LARGEST) is not None
    assert quick.returned((PLAIN, ["a cache"]), travels=1, largest=LARGEST) is not None
    now = [{"stride": 2, "pad": -1}]
    assert quick.inspected([PLAIN], now, largest=LARGEST) is not None


class Ones(np.ndarray):
    """An array of another type."""


@pytest.mark.parametrize(
    "odd",
    [
        PLAIN.astype(np.float32),
        PLAIN.astype(">f8"),
        PLAIN.view(Ones),
        np.zeros(100),
        np.zeros((1,) * 9),
        np.zeros((0, 1 << 41)),
        7.0,
    ],
    ids=lambda odd: f"{type(odd).__name__} {getattr(odd, 'shape', '')}",
)
def test_what_is_not_as_plain_is_left_to_others(odd: object) -> None:
    assert quick.returned((odd,), travels=1, largest=LARGEST) is None
    assert quick.inspected([PLAIN, odd], [], largest=LARGEST) is None  # type: ignore[list-item]


@pytest.mark.parametrize(
    "odd",
    [
        {"stride": True},
        {"stride": 1 << 70},
        {"é": 1},
        {"s" * 33: 1},
        {7: 1},
        dict.fromkeys(map(str, range(17)), 1),
    ],
    ids=repr,
)
def test_options_that_are_not_as_plain_are_left_to_others(
    odd: dict[object, object],
) -> None:
    assert quick.inspected([PLAIN], [odd], largest=LARGEST) is None
