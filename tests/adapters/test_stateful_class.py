"""The adapter makes a layer, whatever its constructor calls things."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from conventions import SIZES, STATEFUL

from grader.adapters import stateful_class
from reference import conv

ADAPTER: Any = stateful_class  # teachers copy it, so it has no types
OPTIONS = {"stride": 2, "pad": 1}
RNG = np.random.default_rng(1)
X = RNG.integers(-3, 4, (2, 2, 5, 5)).astype(float)
W = RNG.integers(-3, 4, (3, 2, 3, 3)).astype(float)
B = RNG.integers(-3, 4, 3).astype(float)


def student(source: str) -> SimpleNamespace:
    names: dict[str, Any] = {}
    exec(source, names)  # noqa: S102 (our own text)
    return SimpleNamespace(**names)


@pytest.mark.parametrize("source", [STATEFUL, SIZES])
def test_a_layer_with_state_gives_what_functions_give(source: str) -> None:
    kind = student(source)
    out, cache = ADAPTER.forward(kind, X, W, B, OPTIONS)
    assert np.array_equal(out, conv.forward(X, W, B, **OPTIONS))
    for given in (cache, (X, W, B, OPTIONS)):
        got = ADAPTER.backward(kind, out, given)
        right = conv.backward(out, X, W, **OPTIONS)
        assert all(map(np.array_equal, got, right))


def test_what_a_method_returns_is_passed_on() -> None:
    class Convolution:
        def __init__(self, *given: object, filters: object = None) -> None:
            self.kernel = self.bias = given or filters

        def forward(self, x: object) -> tuple[object, None]:
            return x, None

        def backward(self, dout: object) -> tuple[object, ...]:
            return (dout, self.kernel, self.bias)

    kind = SimpleNamespace(Convolution=Convolution)
    out, cache = ADAPTER.forward(kind, X, W, B, OPTIONS)
    assert out is X
    assert ADAPTER.backward(kind, X, cache) == (X, W, B)


def test_a_constructor_that_asks_for_more_is_told() -> None:
    class Convolution:
        def __init__(self, depth: int) -> None:
            self.depth = depth

    with pytest.raises(TypeError, match="asks for 'depth', which is unknown"):
        ADAPTER.forward(SimpleNamespace(Convolution=Convolution), X, W, B, OPTIONS)
