from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader import conv_cases
from grader.exercises.conv2d import CONV2D
from reference import conv, conv_at_once, conv_by_image, conv_loops

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


class Given(NamedTuple):
    x: Array
    w: Array
    b: Array
    dout: Array
    stride: int
    pad: int

    def out(self, by: Convolution) -> Array:
        return by.forward(self.x, self.w, self.b, stride=self.stride, pad=self.pad)

    def gradients(self, by: Convolution) -> tuple[Array, Array, Array]:
        return by.backward(self.dout, self.x, self.w, stride=self.stride, pad=self.pad)


def lattice(case: Case) -> Given:
    data, _ = CONV2D.fill(case.axes, case.fill_seed)
    return Given(**data, stride=case.axes["stride"], pad=case.axes["pad"])


def is_the_definition_to_the_bit(fast: Convolution, given: Given) -> bool:
    right = (given.out(conv_loops), *given.gradients(conv_loops))
    actual = (given.out(fast), *given.gradients(fast))
    return all(
        one.shape == other.shape and one.tobytes() == other.tobytes()
        for one, other in zip(actual, right, strict=True)
    )


ANY = conv_cases(remainder="floor").map(lattice)
FAST = pytest.mark.parametrize("fast", [conv, conv_at_once, conv_by_image])


@FAST
@given(given_data=ANY)
def test_the_fast_ones_are_the_definition_to_the_bit(
    fast: Convolution, given_data: Given
) -> None:
    assert is_the_definition_to_the_bit(fast, given_data)


@pytest.mark.parametrize("tag", ["pad >= kernel", "stride > kernel", "1x1 kernel"])
@settings(max_examples=10)
@given(data=st.data())
def test_the_fast_ones_are_it_in_every_corner(tag: str, data: st.DataObject) -> None:
    drawn = data.draw(conv_cases(remainder="floor", tags=[tag]).map(lattice))
    for fast in (conv_at_once, conv_by_image):
        assert is_the_definition_to_the_bit(fast, drawn)


@given(given_data=ANY, buffer=st.integers(1, 300))
def test_the_buffer_may_hold_any_number_of_rows(given_data: Given, buffer: int) -> None:
    with mock.patch.object(conv_by_image, "BUFFER", buffer):
        assert is_the_definition_to_the_bit(conv_by_image, given_data)


@pytest.mark.parametrize(("small", "used"), [(0, conv_by_image), (99, conv_at_once)])
@pytest.mark.parametrize("direction", ["out", "gradients"])
def test_the_size_decides_which_of_them_works(
    small: int, used: Convolution, direction: str
) -> None:
    ones = np.ones((1, 1, 1, 1))
    data = Given(ones, ones, np.ones(1), ones, stride=1, pad=0)
    called = {"out": "forward", "gradients": "backward"}[direction]
    with mock.patch.object(conv, "SMALL", small), mock.patch.object(used, called) as it:
        getattr(data, direction)(conv)
    assert it.called


@FAST
@given(given_data=ANY, other=ANY)
def test_the_gradients_are_the_adjoint_of_forward(
    fast: Convolution, given_data: Given, other: Given
) -> None:
    dx, dw, db = given_data.gradients(fast)
    linear = given_data._replace(b=np.zeros_like(given_data.b))
    along_x, along_w = np.resize(other.x, dx.shape), np.resize(other.w, dw.shape)
    by_x, by_w = (
        linear._replace(x=along_x).out(fast),
        linear._replace(w=along_w).out(fast),
    )
    assert np.sum(given_data.dout * by_x) == np.sum(dx * along_x)
    assert np.sum(given_data.dout * by_w) == np.sum(dw * along_w)
    assert np.array_equal(db, given_data.dout.sum(axis=(0, 2, 3)))


@given(given_data=ANY)
def test_torch_agrees(given_data: Given) -> None:
    torch = pytest.importorskip("torch")
    leaves = [torch.tensor(a, requires_grad=True) for a in given_data[:3]]
    options = {"stride": given_data.stride, "padding": given_data.pad}
    out = torch.nn.functional.conv2d(*leaves, **options)
    out.backward(torch.tensor(given_data.dout))
    assert np.array_equal(given_data.out(conv), out.detach().numpy())
    for gradient, leaf in zip(given_data.gradients(conv), leaves, strict=True):
        assert np.array_equal(gradient, leaf.grad.numpy())


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.longdouble, np.int64])
@pytest.mark.parametrize("by", [conv_loops, conv_at_once, conv_by_image])
@pytest.mark.parametrize("stride", [1, 2])
def test_answers_have_the_type_of_the_data(
    by: Convolution, dtype: type[np.generic], stride: int
) -> None:
    x, w = np.ones((1, 1, 3, 3), dtype), np.ones((1, 1, 1, 1), dtype)
    dout = np.ones((1, 1, 4 - stride, 4 - stride), dtype)
    data = Given(x, w, np.ones(1, dtype), dout, stride=stride, pad=0)
    answers = (data.out(by), *data.gradients(by))
    assert {answer.dtype for answer in answers} == {np.dtype(dtype)}


@pytest.mark.parametrize("by", [conv_loops, conv_at_once, conv_by_image])
@given(given_data=ANY)
def test_nothing_that_is_given_is_changed_or_given_back(
    by: Convolution, given_data: Given
) -> None:
    before = [array.copy() for array in given_data[:4]]
    answers = (given_data.out(by), *given_data.gradients(by))
    assert all(map(np.array_equal, given_data[:4], before))
    assert not any(
        np.shares_memory(answer, array)
        for answer in answers
        for array in given_data[:4]
    )


ONES = np.ones((1, 1, 3, 3))
FITTING = Given(ONES, ONES, np.ones(1), np.ones((1, 1, 1, 1)), stride=1, pad=0)


@pytest.mark.parametrize("by", [conv, conv_loops])
@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (FITTING._replace(b=np.ones(2)), r"b has shape \(2,\), wanted \(1,\)"),
        (FITTING._replace(x=np.ones((1, 2, 3, 3))), "x has 2 channels and w has 1"),
        (FITTING._replace(stride=0), "stride is 0, wanted at least 1"),
    ],
    ids=["bias", "channels", "stride"],
)
def test_what_does_not_fit_forward_is_refused(
    by: Convolution, wrong: Given, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        wrong.out(by)


@pytest.mark.parametrize("by", [conv, conv_loops])
def test_a_dout_of_another_shape_is_refused(by: Convolution) -> None:
    with pytest.raises(ValueError, match=r"dout has shape \(1, 1, 3, 3\), wanted"):
        FITTING._replace(dout=ONES).gradients(by)
