from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from grader.exercise import Answer, Domain
from grader.exercises.affine import AFFINE, affine_cases
from grader.exercises.max_pool import MAX_POOL
from grader.exercises.max_pool.cases import pool_cases
from grader.records import Case
from reference import affine, max_pool

FLOOR = Domain(remainder="floor")


def same(one: Answer, other: Answer) -> bool:
    pairs = [(one.out, other.out)]
    pairs += [(one.gradients[name], other.gradients[name]) for name in one.gradients]
    return all(np.array_equal(a, b) for a, b in pairs)


@given(case=pool_cases(domain=FLOOR))
def test_all_windows_at_once_is_window_by_window(case: Case) -> None:
    for data in MAX_POOL.fill(case.axes, case.fill_seed):
        options, x = MAX_POOL.options(case.axes), data["x"]
        height, width, stride = options.values()
        window = (height, width)
        dx = max_pool.backward_loops(data["dout"], x, window=window, stride=stride)
        out = max_pool.forward_loops(x, window=window, stride=stride)
        slow = Answer(out=out, gradients={"dx": dx})
        assert same(MAX_POOL.oracle(data, options, data["dout"]), slow)


def test_of_equal_maxima_the_first_one_gets_the_gradient() -> None:
    x, dout = np.zeros((1, 1, 2, 2)), np.ones((1, 1, 1, 1))
    for way in (max_pool.backward, max_pool.backward_loops):
        assert way(dout, x, window=(2, 2), stride=1).ravel().tolist() == [1, 0, 0, 0]


@given(case=affine_cases())
def test_a_matrix_product_is_all_products(case: Case) -> None:
    for data in AFFINE.fill(case.axes, case.fill_seed):
        x, w, b, dout = (data[name] for name in ("x", "w", "b", "dout"))
        gradients = affine.backward_loops(dout, x, w)
        named = dict(zip(AFFINE.gradients, gradients, strict=True))
        slow = Answer(out=affine.forward_loops(x, w, b), gradients=named)
        assert same(AFFINE.oracle(data, {}, dout), slow)


X, W, B = np.ones((2, 3)), np.ones((3, 4)), np.ones(4)


@pytest.mark.parametrize(
    ("x", "w", "b", "told"),
    [
        (np.ones(3), W, B, r"x has shape \(3,\)"),
        (X, np.ones((4, 4)), B, r"w has shape \(4, 4\), wanted \(3, M\)"),
        (X, W, np.ones(3), r"b has shape \(3,\), wanted \(4,\)"),
    ],
)
def test_shapes_that_do_not_go_together_are_refused(
    x: np.ndarray, w: np.ndarray, b: np.ndarray, told: str
) -> None:
    with pytest.raises(ValueError, match=told):
        affine.forward(x, w, b)


def test_a_dout_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="dout has shape"):
        affine.backward(np.ones((2, 3)), X, W)
    with pytest.raises(ValueError, match="dout has shape"):
        max_pool.backward(
            np.ones((1, 1, 2, 2)), np.ones((1, 1, 2, 2)), window=(2, 2), stride=1
        )


def test_an_image_without_rows_is_refused() -> None:
    with pytest.raises(ValueError, match=r"wanted \(N, C, H, W\)"):
        max_pool.forward(np.ones((2, 3)), window=(1, 1), stride=1)
