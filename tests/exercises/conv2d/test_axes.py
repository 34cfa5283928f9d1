from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from grader import conv_cases
from grader.exercise import Domain
from grader.exercises.conv2d import CONV2D
from grader.exercises.conv2d.axes import AXES, is_valid, output_shape, reads_image, rows
from grader.records import Case
from reference import conv
from reference.shapes import Array

EXAMPLE = dict(zip(AXES, (2, 3, 7, 6, 4, 3, 2, 2, 1), strict=True))


def reads_of(case: Case) -> Array:
    """Return how many windows read each pixel, by asking the reference."""
    shapes = CONV2D.shapes({**case.axes, "N": 1, "C": 1, "F": 1})
    dout = np.ones(output_shape({**case.axes, "N": 1, "F": 1}))
    x, w = np.ones(shapes["x"]), np.ones(shapes["w"])
    stride, pad = case.axes["stride"], case.axes["pad"]
    dx, _, _ = conv.backward(dout, x, w, stride=stride, pad=pad)
    return np.asarray(dx[0, 0])


@given(case=conv_cases(remainder="floor"))
def test_an_image_is_read_if_some_pixel_of_it_is(case: Case) -> None:
    assert reads_image(case.axes) == bool(reads_of(case).any())


@given(case=conv_cases(remainder="floor", tags=["pad = 0"]))
def test_windows_overlap_if_some_pixel_is_read_twice(case: Case) -> None:
    assert ("overlap" in case.tags) == (reads_of(case).max() > 1)


@given(case=conv_cases(remainder="floor", tags=["pixels left over"]))
def test_pixels_left_over_are_read_by_nobody(case: Case) -> None:
    reads = reads_of(case)
    assert not reads[-1].any()
    assert not reads[:, -1].any()


@pytest.mark.parametrize(
    "change",
    [
        *({axis: 0} for axis in AXES if axis != "pad"),
        {"pad": -1},
        {"HH": 10},
        {"WW": 9},
        {"H": 8},
    ],
    ids=str,
)
def test_a_case_that_nobody_promises_is_not_valid(change: dict[str, int]) -> None:
    assert is_valid(EXAMPLE, Domain())
    assert not is_valid({**EXAMPLE, **change}, Domain())


def test_a_remainder_is_valid_under_floor_only() -> None:
    left_over = {**EXAMPLE, "H": 8}
    assert rows(left_over).rest == 1
    assert is_valid(left_over, Domain(remainder="floor"))


@pytest.mark.parametrize(
    ("domain", "valid"),
    [
        (Domain(flags=frozenset({"square_images"})), {"H": 6, "HH": 2}),
        (Domain(flags=frozenset({"square_kernels"})), {"HH": 2, "H": 6}),
        (Domain(allowed={"stride": frozenset({1})}), {"stride": 1}),
    ],
    ids=["images", "kernels", "stride"],
)
def test_a_narrower_contract_leaves_cases_out(
    domain: Domain, valid: dict[str, int]
) -> None:
    assert not is_valid(EXAMPLE, domain)
    assert is_valid({**EXAMPLE, **valid}, domain)
