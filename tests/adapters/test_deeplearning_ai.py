"""The adapter turns axes around, and passes on what it cannot."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from conventions import DEEPLEARNING_AI
from hypothesis import given
from hypothesis import strategies as st

from grader.adapters import deeplearning_ai
from reference import conv

SIZES = st.integers(1, 3)
ADAPTER: Any = deeplearning_ai  # teachers copy it, so it has no types


def student() -> SimpleNamespace:
    names: dict[str, Any] = {}
    wanted = DEEPLEARNING_AI.partition("A = conv_forward(")[0]
    own = "\n".join(li for li in wanted.splitlines() if "import" not in li)
    exec(f"import numpy as np\n{own}", names)  # noqa: S102 (our own text)
    return SimpleNamespace(**names)


@given(n=SIZES, c=SIZES, f=SIZES, kernel=SIZES, pad=st.integers(0, 2))
def test_the_same_layer_in_another_layout_gives_the_same(
    n: int, c: int, f: int, kernel: int, pad: int
) -> None:
    rng = np.random.default_rng(n)
    x = rng.integers(-3, 4, (n, c, 4, 5)).astype(float)
    w = rng.integers(-3, 4, (f, c, kernel, kernel)).astype(float)
    b = rng.integers(-3, 4, f).astype(float)
    options = {"stride": 1, "pad": pad}
    out, cache = ADAPTER.forward(student(), x, w, b, options)
    dx, dw, db = ADAPTER.backward(student(), out, cache)
    assert np.array_equal(out, conv.forward(x, w, b, stride=1, pad=pad))
    right = conv.backward(out, x, w, stride=1, pad=pad)
    for got, wanted in zip((dx, dw, db), right, strict=True):
        assert np.array_equal(got, wanted)


@pytest.mark.parametrize("result", [None, 3, (1,), (1, 2, 3, 4), [None, None, None]])
def test_what_is_no_answer_is_passed_on(result: object) -> None:
    kind = SimpleNamespace(
        conv_forward=lambda *_: result, conv_backward=lambda *_: result
    )
    x = np.zeros((1, 1, 2, 2))
    assert ADAPTER.forward(kind, x, x, np.zeros(1), {}) == result
    passed_on = ADAPTER.backward(kind, x, None)
    assert passed_on == result or list(passed_on) == result
