from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given

from grader import conv_cases
from grader.exercises.conv2d import CONV2D
from grader.exercises.conv2d.axes import reads_image
from grader.exercises.conv2d.corpus import table
from grader.exercises.conv2d.fill import fill

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.calls import Array
    from grader.records import Case

SIGNS = {"x": -1, "w": 1, "b": -1, "dout": -1}
FAR, FURTHER, LARGER = 32.0, 128.0, 16.0  # what the docs say of the second data set
# Multiples of 1/256 below this are exact, of 16/256 those below 16 times this.
EXACT_IN_FLOAT32 = 2**24 / 256


GENERAL = pytest.mark.parametrize(
    "case", [c for c in table() if c.role == "general"], ids=lambda case: case.name
)


def answers(case: Case, name: str, seed: int | None = None) -> list[Array]:
    """Return out or one gradient for both data sets."""
    options = CONV2D.options(case.axes)
    both = [
        CONV2D.oracle(data, options, data["dout"])
        for data in fill(case.axes, case.fill_seed if seed is None else seed)
    ]
    return [each.out if name == "out" else each.gradients[name] for each in both]


def leaves_out(name: str, array: Array) -> Array:
    """Return where the second data set opposes nothing: zeros, one of the biases."""
    left_out = array == 0 if name == "dout" else np.zeros(array.shape, dtype=bool)
    if name == "b" and array.size > 1:
        left_out[0] = True
    return left_out


def is_seen(spoilt: Callable[[Array], Array], case: Case, name: str) -> bool:
    """Return whether a spoilt answer differs on one of the data sets."""
    return any(
        not np.array_equal(spoilt(right), right) for right in answers(case, name)
    )


@given(case=conv_cases(remainder="floor"))
def test_both_data_sets_have_the_shapes_of_the_case(case: Case) -> None:
    shapes = {**CONV2D.shapes(case.axes), "dout": CONV2D.output_shape(case.axes)}
    for data in fill(case.axes, case.fill_seed):
        assert {name: array.shape for name, array in data.items()} == shapes


@given(case=conv_cases())
def test_a_seed_gives_the_same_numbers_again(case: Case) -> None:
    one, two = fill(case.axes, case.fill_seed), fill(case.axes, case.fill_seed)
    for first, second in zip(one, two, strict=True):
        assert all(np.array_equal(first[name], second[name]) for name in SIGNS)


@given(case=conv_cases())
def test_the_second_data_set_opposes_the_first(case: Case) -> None:
    first, second = fill(case.axes, case.fill_seed)
    for name, sign in SIGNS.items():
        opposes = second[name] * sign * first[name] > 0
        assert np.all(opposes | leaves_out(name, second[name]))
        assert not np.any(np.abs(second[name]) == np.abs(first[name]))


@GENERAL
@pytest.mark.parametrize("name", ["out", "dx", "dw", "db"])
def test_a_general_case_has_a_zero_in_every_answer(case: Case, name: str) -> None:
    assert all(np.any(answers(case, name, seed)[1] == 0) for seed in range(5))


@given(case=conv_cases())
def test_no_loop_that_ends_early_leaves_out_zeros_alone(case: Case) -> None:
    dout = fill(case.axes, case.fill_seed)[1]["dout"]
    for axis in range(dout.ndim):
        assert all(dout.take(end, axis=axis).any() for end in (0, -1))


@GENERAL
@pytest.mark.parametrize("name", ["out", "dx", "dw", "db"])
def test_a_limit_to_the_answers_is_seen_on_every_seed(case: Case, name: str) -> None:
    for seed in range(5):
        large = answers(case, name, seed)[1]
        assert large.min() < -FAR < FAR < large.max()


@given(case=conv_cases())
def test_a_limit_to_x_or_fewer_digits_of_it_are_seen(case: Case) -> None:
    x = fill(case.axes, case.fill_seed)[1]["x"]
    assert np.all(np.abs(x) > FURTHER)
    assert not np.array_equal(x.astype(np.float16).astype(np.float64), x)


@given(case=conv_cases(remainder="floor", tags=["reads image"]))
@pytest.mark.parametrize("name", ["out", "dx", "dw", "db"])
def test_an_absolute_value_anywhere_is_seen(case: Case, name: str) -> None:
    assert is_seen(np.abs, case, name)


@given(case=conv_cases(remainder="floor", tags=["reads image"]))
@pytest.mark.parametrize("name", ["out", "dx", "db"])
def test_a_sign_that_is_forced_either_way_is_seen(case: Case, name: str) -> None:
    assert is_seen(lambda right: -np.abs(right), case, name)


@given(case=conv_cases())
@pytest.mark.parametrize("name", ["x", "b", "dout"])
def test_an_input_that_is_cut_at_zero_is_seen(case: Case, name: str) -> None:
    data = fill(case.axes, case.fill_seed)
    assert min(each[name].min() for each in data) < 0
    assert max(each[name].max() for each in data) > 0


@given(case=conv_cases(remainder="floor"))
@pytest.mark.parametrize("name", ["x", "w", "b", "dout"])
def test_no_array_sums_to_nothing(case: Case, name: str) -> None:
    assert all(data[name].sum() != 0 for data in fill(case.axes, case.fill_seed))


def test_windows_in_the_padding_alone_leave_out_at_the_bias() -> None:
    axes = dict(N=1, C=1, H=2, W=2, F=1, HH=1, WW=1, stride=3, pad=1)  # noqa: C408
    assert not reads_image(axes)
    first, _ = fill(axes, 0)
    answer = CONV2D.oracle(first, CONV2D.options(axes), first["dout"])
    assert np.all(answer.out == first["b"])


@pytest.mark.parametrize("case", table(), ids=lambda case: case.name)
def test_published_answers_are_exact_in_single_precision_too(case: Case) -> None:
    sizes = CONV2D.shapes(case.axes)
    options = CONV2D.options(case.axes)
    w = np.full(sizes["w"], 31 / 16)
    x, b = np.full(sizes["x"], FURTHER + 31 / 16), np.zeros(sizes["b"])
    dout = np.full(CONV2D.output_shape(case.axes), LARGER * 31 / 16)
    answer = CONV2D.oracle({"x": x, "w": w, "b": b}, options, dout)
    # One bias is as large as a sum, the other way round.
    assert 2 * answer.out.max() < EXACT_IN_FLOAT32
    for tensor in answer.gradients.values():
        assert tensor.max() < EXACT_IN_FLOAT32 * LARGER


@given(case=conv_cases(remainder="floor"))
def test_whatever_a_loop_leaves_out_changes_db(case: Case) -> None:
    dout = fill(case.axes, case.fill_seed)[0]["dout"]
    for axis, size in enumerate(dout.shape):
        for place in range(size):
            left_out = dout.copy()
            left_out[(slice(None),) * axis + (place,)] = 0
            assert np.any(left_out.sum(axis=(0, 2, 3)) != dout.sum(axis=(0, 2, 3)))


@given(case=conv_cases(remainder="floor"))
def test_who_computes_one_pixel_alone_returns_no_constant(case: Case) -> None:
    first, second = answers(case, "out")
    assert first.flat[0] != second.flat[0]
    assert first.flat[-1] != second.flat[-1]
