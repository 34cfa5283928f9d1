"""Wrong values of dx: taking the padding off, adding up, and windows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from grader.misconceptions.conv2d.given import cropped
from grader.misconceptions.conv2d.mistake import mistake
from grader.misconceptions.conv2d.walk import right_walk, steps, walked_dx

if TYPE_CHECKING:
    from grader.calls import Array
    from grader.misconceptions import Misconception
    from grader.misconceptions.conv2d.given import Given

SHAPE: Final = ("backward.shape",)
# Where one gradient raises, backward returns none of them.
ALL_BUT_DX: Final = ("backward.shape", "backward.dw", "backward.db")


def walk_dx(
    given: Given,
    *,
    overwrite: bool = False,
    **changes: Any,  # noqa: ANN401 (as dataclasses.replace)
) -> Array:
    """Return the gradient of the padded image by a walk with some things replaced."""
    walk = replace(right_walk(given), **changes)
    return walked_dx(given, walk, overwrite=overwrite)


def uncropped(given: Given, gradient: Array) -> Array:
    """Return the part of a padded gradient that belongs to x."""
    return cropped(gradient, top=given.pad, left=given.pad, like=given.x)


def minus_crop(gradient: Array, pad: int) -> Array:
    """Return [pad:-pad] of both axes, which is empty at pad 0."""
    return gradient[:, :, pad:-pad, pad:-pad]


def last_tap_wins(given: Given) -> Array:
    """Return the padded gradient where an index that comes twice is added once."""
    gradient = np.zeros(given.padded().shape)
    reach = (given.rows - 1) * given.stride + 1, (given.columns - 1) * given.stride + 1
    for p, q in np.ndindex(given.w.shape[2:]):
        high = slice(p, p + reach[0], given.stride)
        wide = slice(q, q + reach[1], given.stride)
        gradient[:, :, high, wide] = np.einsum(
            "nfij,fc->ncij", given.dout, given.w[:, :, p, q]
        )
    return gradient


def windows_for_weights(given: Given) -> Array:
    """Return the padded gradient where dout meets the window, not the kernel."""
    walk = right_walk(given)
    gradient = np.zeros(walk.canvas.shape)
    for row, column, high, wide in walk.windows():
        passed = given.dout[:, :, row, column].sum(axis=1)[:, None, None, None]
        gradient[:, :, high, wide] += passed * walk.canvas[:, :, high, wide]
    return gradient


def without_stride(given: Given) -> Array:
    """Return the padded gradient of windows that start at 0, 1, 2."""
    return walk_dx(given, rows=steps(given.rows, 1), columns=steps(given.columns, 1))


CROP: Final[tuple[Misconception, ...]] = (
    mistake("dx_cut_with_minus_pad", look="crop_zero", also_kills=SHAPE,
            dx=lambda g: minus_crop(g.dx_padded(), g.pad)),
    mistake("dx_cut_by_one", look="crop_amount", also_kills=SHAPE,
            dx=lambda g: minus_crop(g.dx_padded(), 1)),
    mistake("dx_cut_by_one_if_padded", look="crop_amount", also_kills=SHAPE,
            dx=lambda g: minus_crop(g.dx_padded(), 1) if g.pad else g.dx()),
    mistake("dx_not_cut", look="crop_amount", also_kills=SHAPE,
            dx=lambda g: g.dx_padded()),
    mistake("dx_cut_at_the_start_only", look="crop_amount", also_kills=SHAPE,
            dx=lambda g: g.dx_padded()[:, :, g.pad :, g.pad :]),
    mistake("dx_cut_at_the_end_only", look="crop_zero", also_kills=SHAPE,
            dx=lambda g: g.dx_padded()[:, :, : -g.pad, : -g.pad]),
    mistake("dx_cut_at_the_end_only_by_size", look="crop_amount",
            dx=lambda g: cropped(g.dx_padded(), top=0, left=0, like=g.x)),
    mistake("dx_cut_in_rows_only", look="crop_amount", also_kills=SHAPE,
            dx=lambda g: g.dx_padded()[:, :, g.pad : g.pad + g.height]),
    mistake("dx_cut_in_columns_only", look="crop_amount", also_kills=SHAPE,
            dx=lambda g: g.dx_padded()[:, :, :, g.pad : g.pad + g.width]),
    mistake("dx_cut_up_to_the_height_and_width", look="crop_amount", also_kills=SHAPE,
            dx=lambda g: g.dx_padded()[:, :, g.pad : g.height, g.pad : g.width]),
    mistake("dx_cut_as_if_square", look="crop_amount", also_kills=SHAPE,
            dx=lambda g: g.dx_padded()[:, :, g.pad : g.pad + g.height,
                                       g.pad : g.pad + g.height]),
    mistake("dx_cut_height_for_width", look="crop_amount", also_kills=SHAPE,
            dx=lambda g: g.dx_padded()[:, :, g.pad : g.pad + g.width,
                                       g.pad : g.pad + g.height]),
    mistake("dx_cut_twice", look="crop_amount", also_kills=SHAPE,
            dx=lambda g: g.dx()[:, :, g.pad : g.height - g.pad,
                                g.pad : g.width - g.pad]),
    mistake("dx_without_padding", look="canvas", also_kills=ALL_BUT_DX,
            dx=lambda g: walk_dx(g, canvas=g.x)),
    mistake("dx_padded_by_one", look="crop_amount", also_kills=ALL_BUT_DX,
            dx=lambda g: minus_crop(
                walk_dx(g, canvas=g.padded_by(rows=(1, 1), columns=(1, 1))), 1)),
)  # fmt: skip

ADDING: Final[tuple[Misconception, ...]] = (
    mistake("dx_windows_overwrite", look="overlap",
            dx=lambda g: uncropped(g, walk_dx(g, overwrite=True))),
    mistake("dx_windows_and_filters_overwrite", look="overlap",
            dx=lambda g: uncropped(g, walk_dx(
                g.but(w=g.w[-1:], dout=g.dout[:, -1:]), overwrite=True))),
    mistake("dx_repeated_indices_added_once", look="overlap",
            dx=lambda g: uncropped(g, last_tap_wins(g))),
    mistake("dx_last_filter_only", look="overlap",
            dx=lambda g: g.but(w=g.w[-1:], dout=g.dout[:, -1:]).dx()),
    mistake("dx_channels_added_up", look="channels",
            dx=lambda g: g.but(w=np.broadcast_to(
                g.w.sum(axis=1, keepdims=True), g.w.shape)).dx()),
    mistake("dx_images_added_up", look="images",
            dx=lambda g: g.but(dout=np.broadcast_to(
                g.dout.sum(axis=0, keepdims=True), g.dout.shape)).dx()),
    mistake("dx_first_image_of_dout_for_all", look="images",
            dx=lambda g: g.but(dout=np.broadcast_to(g.dout[:1], g.dout.shape)).dx()),
    mistake("dx_windows_of_x_for_weights", look="other_factor",
            dx=lambda g: uncropped(g, windows_for_weights(g))),
    mistake("dx_divided_by_images", look="mean_of_gradient",
            dx=lambda g: g.dx() / g.images),
    mistake("dx_doubled", look="counted_once", dx=lambda g: 2 * g.dx()),
    mistake("dx_with_wrong_sign", look="counted_once", dx=lambda g: -g.dx()),
    mistake("dx_never_filled", look="never_filled", dx=lambda g: np.zeros(g.x.shape)),
    mistake("dx_without_dout", look="chain_rule",
            dx=lambda g: g.but(dout=np.ones(g.dout.shape)).dx()),
)  # fmt: skip

WINDOWS: Final[tuple[Misconception, ...]] = (
    mistake("dx_windows_start_without_stride", look="window_start",
            dx=lambda g: uncropped(g, without_stride(g))),
    mistake("dx_stride_for_rows_only", look="window_start",
            dx=lambda g: uncropped(g, walk_dx(g, columns=steps(g.columns, 1)))),
    mistake("dx_stride_for_columns_only", look="window_start",
            dx=lambda g: uncropped(g, walk_dx(g, rows=steps(g.rows, 1)))),
    mistake("dx_last_row_and_column_left_out", look="loop_bounds",
            dx=lambda g: uncropped(g, walk_dx(
                g, rows=steps(g.rows - 1, g.stride),
                columns=steps(g.columns - 1, g.stride)))),
)  # fmt: skip

PAIRS_OF_DX: Final[tuple[Misconception, ...]] = (
    mistake("dx_cut_with_minus_pad_and_no_stride", look="crop_zero", also_kills=SHAPE,
            dx=lambda g: minus_crop(without_stride(g), g.pad)),
    mistake("dx_cut_by_one_and_no_stride", look="crop_amount", also_kills=SHAPE,
            dx=lambda g: minus_crop(without_stride(g), 1)),
    mistake("dx_not_cut_and_no_stride", look="crop_amount", also_kills=SHAPE,
            dx=without_stride),
    mistake("dx_cut_with_minus_pad_and_overwritten", look="overlap", also_kills=SHAPE,
            dx=lambda g: minus_crop(walk_dx(g, overwrite=True), g.pad)),
    mistake("dx_cut_by_one_and_overwritten", look="overlap", also_kills=SHAPE,
            dx=lambda g: minus_crop(walk_dx(g, overwrite=True), 1)),
    mistake("dx_not_cut_and_overwritten", look="overlap", also_kills=SHAPE,
            dx=lambda g: walk_dx(g, overwrite=True)),
    mistake("dx_no_stride_and_overwritten", look="overlap",
            dx=lambda g: uncropped(g, walk_dx(
                g, overwrite=True, rows=steps(g.rows, 1),
                columns=steps(g.columns, 1)))),
)  # fmt: skip

MISTAKES_OF_DX: Final = CROP + ADDING + WINDOWS + PAIRS_OF_DX
