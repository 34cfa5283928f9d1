from __future__ import annotations

import numpy as np

from grader.exercises.affine import faithful_share

W = np.arange(1.0, 13.0).reshape(4, 3)
ARRAYS = {"x": np.ones((2, 4)), "w": W, "b": np.ones(3)}


def test_the_same_weights_in_another_order_look_like_the_layer() -> None:
    assert faithful_share(ARRAYS, W, W) == 1
    assert faithful_share(ARRAYS, W[::-1], W) == 1


def test_other_weights_do_not() -> None:
    assert faithful_share(ARRAYS, np.full(W.shape, W.mean()), W) == 0
    assert faithful_share(ARRAYS, 2 * W, W) == 0
    assert faithful_share(ARRAYS, W[:, [1, 2, 0]], W) == 0
    assert faithful_share(ARRAYS, W.T, W) == 0


def test_the_share_is_of_outputs() -> None:
    one_wrong = W * [1, 1, 2]
    assert faithful_share(ARRAYS, one_wrong, W) == 2 / 3
