from __future__ import annotations

import pytest
from hypothesis import given

from grader import conv_cases
from grader.exercises.conv2d import CONV2D
from grader.records import Case
from reference.shapes import Remainder, is_valid, output_shape, output_size


def starts(size: int, kernel: int, *, stride: int, pad: int) -> int:
    """Count the windows one by one."""
    last = size + 2 * pad - kernel
    return sum(1 for start in range(last + 1) if start % stride == 0)


@given(case=conv_cases(remainder="floor"))
def test_the_output_has_one_pixel_for_every_window(case: Case) -> None:
    axes, shapes = case.axes, CONV2D.shapes(case.axes)
    stride, pad = axes["stride"], axes["pad"]
    shape = output_shape(shapes["x"], shapes["w"], stride=stride, pad=pad)
    rows = starts(axes["H"], axes["HH"], stride=stride, pad=pad)
    columns = starts(axes["W"], axes["WW"], stride=stride, pad=pad)
    assert shape == (axes["N"], axes["F"], rows, columns) == CONV2D.output_shape(axes)


@given(case=conv_cases(remainder="floor"))
def test_never_refuses_exactly_the_sizes_with_a_remainder(case: Case) -> None:
    shapes = CONV2D.shapes(case.axes)
    valid = is_valid(
        shapes["x"],
        shapes["w"],
        stride=case.axes["stride"],
        pad=case.axes["pad"],
        remainder="never",
    )
    assert valid == ("remainder" not in case.tags)


@pytest.mark.parametrize(
    ("size", "kernel", "stride", "pad", "message"),
    [
        (0, 1, 1, 0, "size is 0 and kernel 1, wanted at least 1 each"),
        (3, 0, 1, 0, "size is 3 and kernel 0, wanted at least 1 each"),
        (3, 3, 0, 0, "stride is 0, wanted at least 1"),
        (3, 3, 1, -1, "pad is -1, wanted at least 0"),
        (1, 4, 1, 1, "kernel 4 does not fit into 3 pixels .* at most 3"),
    ],
)
def test_numbers_out_of_range_are_named(
    size: int, kernel: int, stride: int, pad: int, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        output_size(size, kernel, stride=stride, pad=pad)


def test_a_stride_that_does_not_divide_is_named_under_never() -> None:
    assert output_size(6, 3, stride=2, pad=0) == 2
    with pytest.raises(ValueError, match=r"stride 2 does not divide 3 \(size 6"):
        output_size(6, 3, stride=2, pad=0, remainder="never")


def test_an_unknown_rule_for_remainders_is_named() -> None:
    ceil: Remainder = "ceil"  # type: ignore[assignment]  # what is refused
    with pytest.raises(ValueError, match="'ceil', wanted 'never' or 'floor'"):
        output_size(3, 3, stride=1, pad=0, remainder=ceil)
    with pytest.raises(ValueError, match="'ceil', wanted 'never' or 'floor'"):
        is_valid((1, 1, 3, 3), (1, 1, 3, 3), stride=1, pad=0, remainder=ceil)


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 1, 3, 0), ()])
def test_a_shape_that_is_no_four_sizes_is_named(shape: tuple[int, ...]) -> None:
    fine = (1, 1, 3, 3)
    with pytest.raises(ValueError, match=r"x has shape .*, wanted \(N, C, H, W\)"):
        output_shape(shape, fine, stride=1, pad=0)
    with pytest.raises(ValueError, match=r"w has shape .*, wanted \(F, C, HH, WW\)"):
        output_shape(fine, shape, stride=1, pad=0)
