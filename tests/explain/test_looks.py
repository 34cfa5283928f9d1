from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from grader.explain.looks import describe
from grader.explain.maps import Maps
from grader.messages import render

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.calls import Array

SIDE, KERNEL = 5, 2


def weights(*, channels: int = 2, filters: int = 1) -> Array:
    """Return kernels (F, C, HH, WW) of different weights."""
    size = filters * channels * KERNEL * KERNEL
    return np.arange(1.0, size + 1).reshape(filters, channels, KERNEL, KERNEL)


def conv_map(
    kernels: Array,
    *,
    rows: list[int] | None = None,
    columns: list[int] | None = None,
    stride: int = 1,
) -> Array:
    """Return (C, H, W, F, H', W') for windows that start at these pixels."""
    F, C, *_ = kernels.shape
    starts = list(range(0, SIDE - KERNEL + 1, stride))
    down, right = rows or starts, columns or starts
    found = np.zeros((C, SIDE + 9, SIDE + 9, F, len(down), len(right)))
    for f, i, j in np.ndindex(F, len(down), len(right)):
        top, left = down[i] + 3, right[j] + 3
        found[:, top : top + KERNEL, left : left + KERNEL, f, i, j] = kernels[f]
    return found[:, 3 : SIDE + 3, 3 : SIDE + 3]


def look(got: Array, *, stride: int = 1, **kernels: Array) -> str:
    expected = conv_map(weights(), stride=stride)
    maps = Maps(got=got, expected=expected, stride=stride, kernels=kernels)
    return render(describe(maps))


def only_first_channel(right: Array) -> Array:
    return right * np.arange(2)[::-1, None, None, None, None, None]


def without_a_pixel(right: Array) -> Array:
    got = right.copy()
    got[..., 0, 1, :] = 0
    return got


def without_a_corner(right: Array) -> Array:
    kernels = weights()
    kernels[..., 1, 1] = 0
    return np.array(conv_map(kernels) + 0 * right)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda a: 0 * a, "No output pixel looks at the image at all."),
        (lambda a: a.swapaxes(-1, -2), "What belongs into row i, column j of out"),
        (only_first_channel, "Only 1 of 2 channels of the image count."),
        (
            without_a_pixel,
            "look at nothing at all, for example that of filter 0 in row 1",
        ),
        (without_a_corner, "looks at only 6 of the 8 pixels of its window"),
        (lambda a: a * a, "looks at the right pixels, but with other weights"),
        (lambda a: 3 * a, "every output pixel are 3 times what they should be"),
        (lambda a: a[::-1], "Channel 0 of the image meets the weights of channel 1."),
        (
            lambda a: a[:, ::-1] + 0 * a,
            "should look at 8 of the image's pixels; it looks at",
        ),
    ],
)
def test_a_footprint_is_put_into_words(
    change: Callable[[Array], Array], sentence: str
) -> None:
    assert sentence in look(change(conv_map(weights())))


@pytest.mark.parametrize(
    ("down", "right", "sentence"),
    [
        (1, 0, "Each output pixel looks one row too low."),
        (-1, 0, "Each output pixel looks one row too high."),
        (0, 1, "Each output pixel looks one column too far right."),
        (0, -2, "Each output pixel looks 2 columns too far left."),
        (2, 0, "Each output pixel looks 2 rows too low."),
        (1, 1, "Each output pixel looks one row too low and one column too far right."),
    ],
)
def test_a_shift_is_told_by_its_way(down: int, right: int, sentence: str) -> None:
    starts = range(SIDE - KERNEL + 1)
    got = conv_map(
        weights(), rows=[i + down for i in starts], columns=[j + right for j in starts]
    )
    assert look(got) == sentence


@pytest.mark.parametrize(
    ("rows", "columns", "sentence"),
    [
        (
            [0, 1],
            None,
            "at row 0, 1 of the padded image where they should start at 0, 2",
        ),
        (None, [0, 1], "at column 0, 1 of the padded image"),
        ([0, 1], [0, 1], "at pixel 0, 1 of the padded image"),
        ([1, 0], None, "at row 1, 0 of the padded image"),
    ],
)
def test_windows_that_start_elsewhere_are_told_by_their_starts(
    rows: list[int] | None, columns: list[int] | None, sentence: str
) -> None:
    got = conv_map(weights(), rows=rows, columns=columns, stride=2)
    assert sentence in look(got, stride=2)


def test_where_the_stride_is_not_known_starts_are_not_told() -> None:
    expected = conv_map(weights(), stride=2)
    got = conv_map(weights(), rows=[0, 1], stride=2)
    message = describe(Maps(got=got, expected=expected))
    assert message.id not in {"footprint.starts", "footprint.shifted"}


@pytest.mark.parametrize("name", ["turned", "upside_down", "mirrored", "transposed"])
def test_what_was_done_to_the_kernel_comes_first(name: str) -> None:
    turned = {
        "turned": weights()[..., ::-1, ::-1],
        "upside_down": weights()[..., ::-1, :],
        "mirrored": weights()[..., ::-1],
        "transposed": weights().swapaxes(-1, -2),
    }
    kernels = {way: conv_map(kernel) for way, kernel in turned.items()}
    maps = Maps(
        got=kernels[name], expected=conv_map(weights()), stride=1, kernels=kernels
    )
    assert describe(maps).id == f"footprint.{name}"


def test_a_pixel_that_looks_elsewhere_is_clearer_than_one_with_other_weights() -> None:
    right = np.ones((1, 3, 3, 1, 1, 2))
    got = right.copy()
    got[..., 0] = 2.0
    got[0, 1:, :, 0, 0, 1] = 0.0
    assert Maps(got=got, expected=right).telling()[0] == (0, 0, 0)
    assert Maps(got=got, expected=right).clearest()[0] == (0, 0, 1)


def test_the_pixels_that_look_at_most_are_drawn_first() -> None:
    right = conv_map(weights())
    got = right.copy()
    got[..., 0, 0] = 0
    got[..., 2, 2] *= 2
    assert Maps(got=got, expected=right).telling()[0] == (0, 2, 2)
