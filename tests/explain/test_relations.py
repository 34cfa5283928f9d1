from __future__ import annotations

import numpy as np
import pytest

from grader.explain.relations import Pair, relate


@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (2, 3, 4, 5)])
@pytest.mark.parametrize("expected", [(3,), (4, 3), (2, 3, 4, 5)])
def test_tensors_of_any_two_shapes_can_be_compared(
    shape: tuple[int, ...], expected: tuple[int, ...]
) -> None:
    got = np.arange(1.0, 1 + np.prod(shape)).reshape(shape)
    right = np.full(expected, 1e6)
    assert relate("db", [Pair(axes={"N": 2}, got=got, expected=right)]) is None
