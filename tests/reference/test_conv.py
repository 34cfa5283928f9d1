from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest
from hypothesis import given

from grader.exercises.conv2d import CONV2D
from grader.exercises.conv2d_strategy import conv_cases
from reference import conv_at_once, conv_by_image, conv_loops

if TYPE_CHECKING:
    from grader.records import Case
    from reference.shapes import Array


class Convolution(Protocol):
    def forward(
        self, x: Array, w: Array, b: Array, *, stride: int, pad: int
    ) -> Array: ...

    def backward(
        self, dout: Array, x: Array, w: Array, *, stride: int, pad: int
    ) -> tuple[Array, Array, Array]: ...


FAST = pytest.mark.parametrize("fast", [conv_at_once, conv_by_image])


@FAST
@given(case=conv_cases(remainder="floor"))
def test_the_fast_forward_is_the_definition_to_the_bit(
    fast: Convolution, case: Case
) -> None:
    data, _ = CONV2D.fill(case.axes, case.fill_seed)
    stride, pad = case.axes["stride"], case.axes["pad"]
    arguments = (data["x"], data["w"], data["b"])
    expected = conv_loops.forward(*arguments, stride=stride, pad=pad)
    actual = fast.forward(*arguments, stride=stride, pad=pad)
    assert actual.tobytes() == expected.tobytes()


@FAST
@given(case=conv_cases(remainder="floor"))
def test_the_fast_gradients_are_the_definition_to_the_bit(
    fast: Convolution, case: Case
) -> None:
    data, _ = CONV2D.fill(case.axes, case.fill_seed)
    stride, pad = case.axes["stride"], case.axes["pad"]
    arguments = (data["dout"], data["x"], data["w"])
    expected = conv_loops.backward(*arguments, stride=stride, pad=pad)
    actual = fast.backward(*arguments, stride=stride, pad=pad)
    assert [each.tobytes() for each in actual] == [each.tobytes() for each in expected]
