"""Wrong values of dw and db, and mistakes that spoil the whole of backward."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from grader.misconceptions.conv2d.given import cropped
from grader.misconceptions.conv2d.mistake import mistake
from grader.misconceptions.conv2d.out import relabelled
from grader.misconceptions.conv2d.walk import (
    Walk,
    right_walk,
    steps,
    walked_db,
    walked_dw,
    walked_dx,
)

if TYPE_CHECKING:
    from grader.calls import Array
    from grader.misconceptions import Misconception
    from grader.misconceptions.conv2d.given import Given

SHAPE: Final = ("backward.shape",)
# Where one gradient raises, backward returns none of them.
ALL_BUT_DW: Final = ("backward.shape", "backward.dx", "backward.db")
ALL_BUT_DX_DW: Final = ("backward.shape", "backward.db")


def walk_dw(given: Given, **changes: Any) -> Array:  # noqa: ANN401 (as replace)
    """Return dw of the right walk with some things replaced."""
    return walked_dw(given, replace(right_walk(given), **changes))


def without_stride(given: Given) -> Array:
    """Return dw of windows that start at 0, 1, 2."""
    return walk_dw(given, rows=steps(given.rows, 1), columns=steps(given.columns, 1))


def last_image(given: Given) -> Given:
    """Return the case with its last image alone."""
    return given.but(x=given.x[-1:], dout=given.dout[-1:])


def last_window(given: Given) -> Array:
    """Return dw of the last window of the last image alone."""
    return walk_dw(
        last_image(given),
        rows=steps(given.rows, given.stride)[-1:],
        columns=steps(given.columns, given.stride)[-1:],
    )


def over_image(given: Given, *, divided: bool) -> Walk:
    """Return the walk of loops `for i in range(0, H, stride)`."""
    by = given.stride if divided else 1
    rows = [(i // by, i) for i in range(0, given.height, given.stride)]
    columns = [(j // by, j) for j in range(0, given.width, given.stride)]
    return replace(right_walk(given), rows=rows, columns=columns)


def square_loops(given: Given) -> Walk:
    """Return the walk whose columns run as far as the rows."""
    return replace(right_walk(given), columns=steps(given.rows, given.stride))


def square_windows(given: Given, *, side: int) -> Walk:
    """Return the walk whose windows are as wide as they are high."""
    return replace(right_walk(given), size=(side, side))


def dx_of(given: Given, walk: Walk) -> Array:
    """Return dx of a walk."""
    gradient = walked_dx(given, walk)
    return cropped(gradient, top=given.pad, left=given.pad, like=given.x)


def padded_again(given: Given) -> tuple[Given, Walk]:
    """Return the case on the padded image, and the walk over it padded once more."""
    onto = given.but(x=given.padded())
    return onto, replace(right_walk(given), canvas=onto.padded())


def reshaped_dout(given: Given, *, order: tuple[int, ...], shape: str) -> Given:
    """Return the case with the numbers of dout at wrong places."""
    return given.but(dout=relabelled(given.dout, order=order, shape=shape))


DW: Final[tuple[Misconception, ...]] = (
    mistake("dw_windows_start_without_stride", look="window_start", dw=without_stride),
    mistake("dw_stride_for_rows_only", look="window_start",
            dw=lambda g: walk_dw(g, columns=steps(g.columns, 1))),
    mistake("dw_stride_for_columns_only", look="window_start",
            dw=lambda g: walk_dw(g, rows=steps(g.rows, 1))),
    mistake("dw_from_x_without_padding", look="canvas",
            also_kills=ALL_BUT_DW,
            dw=lambda g: walk_dw(g, canvas=g.x)),
    mistake("dw_padded_by_one", look="pad_amount",
            also_kills=ALL_BUT_DW,
            dw=lambda g: walk_dw(g, canvas=g.padded_by(rows=(1, 1), columns=(1, 1)))),
    mistake("dw_divided_by_images", look="mean_of_gradient",
            dw=lambda g: g.dw() / g.images),
    mistake("dw_divided_by_output_pixels", look="mean_of_gradient",
            dw=lambda g: g.dw() / (g.rows * g.columns)),
    mistake("dw_mean_over_images_and_pixels", look="mean_of_gradient",
            dw=lambda g: g.dw() / (g.images * g.rows * g.columns)),
    mistake("dw_last_image_only", look="accumulate", dw=lambda g: last_image(g).dw()),
    mistake("dw_last_window_only", look="accumulate", dw=last_window),
    mistake("dw_rows_and_columns_swapped", look="axes_of_dw", also_kills=SHAPE,
            dw=lambda g: g.dw().swapaxes(2, 3)),
    mistake("dw_filters_and_channels_swapped", look="axes_of_dw", also_kills=SHAPE,
            dw=lambda g: g.dw().swapaxes(0, 1)),
    mistake("dw_reshaped_with_filters_last", look="flattening",
            dw=lambda g: g.dw().transpose(1, 2, 3, 0).reshape(g.w.shape)),
    mistake("dw_summed_to_one_number", look="too_much_summed",
            dw=lambda g: g.dw().sum(axis=(1, 2, 3), keepdims=True)
            + np.zeros(g.w.shape)),
    mistake("dw_channels_added_up", look="channels",
            dw=lambda g: g.dw().sum(axis=1, keepdims=True) + np.zeros(g.w.shape)),
    mistake("dw_filters_added_up", look="which_filter",
            dw=lambda g: g.dw().sum(axis=0, keepdims=True) + np.zeros(g.w.shape)),
    mistake("dw_doubled", look="counted_once", dw=lambda g: 2 * g.dw()),
    mistake("dw_with_wrong_sign", look="counted_once", dw=lambda g: -g.dw()),
    mistake("dw_never_filled", look="never_filled", dw=lambda g: np.zeros(g.w.shape)),
    mistake("dw_weights_for_windows_of_x", look="other_factor",
            dw=lambda g: g.w * g.db()[:, None, None, None]),
    mistake("dw_without_dout", look="chain_rule",
            dw=lambda g: g.but(dout=np.ones(g.dout.shape)).dw()),
    mistake("dw_last_row_and_column_left_out", look="loop_bounds",
            dw=lambda g: walk_dw(g, rows=steps(g.rows - 1, g.stride),
                                 columns=steps(g.columns - 1, g.stride))),
)  # fmt: skip

DB: Final[tuple[Misconception, ...]] = (
    mistake("db_over_images_only", look="db_axes", also_kills=SHAPE,
            db=lambda g: g.dout.sum(axis=0)),
    mistake("db_over_images_and_rows_only", look="db_axes", also_kills=SHAPE,
            db=lambda g: g.dout.sum(axis=(0, 2))),
    mistake("db_over_images_and_columns_only", look="db_axes", also_kills=SHAPE,
            db=lambda g: g.dout.sum(axis=(0, 3))),
    mistake("db_over_pixels_only", look="db_axes", also_kills=SHAPE,
            db=lambda g: g.dout.sum(axis=(2, 3))),
    mistake("db_one_number_an_image", look="db_axes", also_kills=SHAPE,
            db=lambda g: g.dout.sum(axis=(1, 2, 3))),
    mistake("db_everything_for_every_filter", look="db_axes",
            db=lambda g: np.full(g.b.shape, g.dout.sum())),
    mistake("db_as_a_column", look="db_shape", also_kills=SHAPE,
            db=lambda g: g.db()[:, None]),
    mistake("db_as_a_row", look="db_shape", also_kills=SHAPE,
            db=lambda g: g.db()[None]),
    mistake("db_with_all_four_axes", look="db_shape", also_kills=SHAPE,
            db=lambda g: g.db()[None, :, None, None]),
    mistake("db_divided_by_images", look="mean_of_gradient",
            db=lambda g: g.db() / g.images),
    mistake("db_mean_over_images_and_pixels", look="mean_of_gradient",
            db=lambda g: g.db() / (g.images * g.rows * g.columns)),
    mistake("db_divided_by_output_pixels", look="mean_of_gradient",
            db=lambda g: g.db() / (g.rows * g.columns)),
    mistake("db_last_image_only", look="accumulate", db=lambda g: last_image(g).db()),
    mistake("db_last_number_only", look="accumulate",
            db=lambda g: g.dout[-1, :, -1, -1]),
    mistake("db_first_pixel_only", look="db_axes",
            db=lambda g: g.dout[:, :, 0, 0].sum(axis=0)),
    mistake("db_counted_for_every_channel", look="counted_once",
            db=lambda g: g.db() * g.w.shape[1]),
    mistake("db_counted_for_every_product", look="counted_once",
            db=lambda g: g.db() * g.w[0].size),
    mistake("db_counted_for_every_filter", look="counted_once",
            db=lambda g: g.db() * len(g.w)),
    mistake("db_counted_for_every_output_pixel", look="counted_once",
            db=lambda g: g.db() * (g.rows * g.columns)),
    mistake("db_counted_for_every_image", look="counted_once",
            db=lambda g: g.db() * g.images),
    mistake("db_doubled", look="counted_once", db=lambda g: 2 * g.db()),
    mistake("db_with_wrong_sign", look="counted_once", db=lambda g: -g.db()),
    mistake("db_never_filled", look="never_filled", db=lambda g: np.zeros(g.b.shape)),
    mistake("db_without_dout", look="chain_rule",
            db=lambda g: np.full(g.b.shape, float(g.dout[:, 0].size))),
    mistake("db_reshaped_with_images_first", look="reshape",
            db=lambda g: g.dout.reshape(len(g.b), -1).sum(axis=1)),
)  # fmt: skip

BACKWARD: Final[tuple[Misconception, ...]] = (
    mistake("backward_loops_over_the_image", look="loop_bounds", also_kills=SHAPE,
            dx=lambda g: dx_of(g, over_image(g, divided=False)),
            dw=lambda g: walked_dw(g, over_image(g, divided=False)),
            db=lambda g: walked_db(g, over_image(g, divided=False))),
    mistake("backward_loops_over_the_image_divided", look="loop_bounds",
            also_kills=SHAPE,
            dx=lambda g: dx_of(g, over_image(g, divided=True)),
            dw=lambda g: walked_dw(g, over_image(g, divided=True)),
            db=lambda g: walked_db(g, over_image(g, divided=True))),
    mistake("backward_loops_as_if_square", look="loop_bounds", also_kills=SHAPE,
            dx=lambda g: dx_of(g, square_loops(g)),
            dw=lambda g: walked_dw(g, square_loops(g)),
            db=lambda g: walked_db(g, square_loops(g))),
    mistake("backward_square_kernels_by_height", look="square",
            also_kills=ALL_BUT_DX_DW,
            dx=lambda g: dx_of(g, square_windows(g, side=g.w.shape[2])),
            dw=lambda g: walked_dw(g, square_windows(g, side=g.w.shape[2]))),
    mistake("backward_square_kernels_by_width", look="square",
            also_kills=ALL_BUT_DX_DW,
            dx=lambda g: dx_of(g, square_windows(g, side=g.w.shape[3])),
            dw=lambda g: walked_dw(g, square_windows(g, side=g.w.shape[3]))),
    mistake("backward_pads_the_padded_image", look="cached", also_kills=SHAPE,
            dx=lambda g: dx_of(*padded_again(g)),
            dw=lambda g: walked_dw(*padded_again(g))),
    mistake("dout_reshaped_instead_of_transposed", look="reshape",
            dx=lambda g: reshaped_dout(g, order=(0, 1, 2, 3), shape="fnrc").dx(),
            dw=lambda g: reshaped_dout(g, order=(0, 1, 2, 3), shape="fnrc").dw()),
    mistake("dout_images_last_read_as_images_first", look="reshape",
            dx=lambda g: reshaped_dout(g, order=(1, 2, 3, 0), shape="fnrc").dx(),
            dw=lambda g: reshaped_dout(g, order=(1, 2, 3, 0), shape="fnrc").dw()),
    mistake("dout_images_first_read_as_images_last", look="reshape",
            dx=lambda g: reshaped_dout(g, order=(1, 0, 2, 3), shape="frcn").dx(),
            dw=lambda g: reshaped_dout(g, order=(1, 0, 2, 3), shape="frcn").dw()),
    mistake("dout_reshaped_as_if_images_were_last", look="reshape",
            dx=lambda g: reshaped_dout(g, order=(0, 1, 2, 3), shape="frcn").dx(),
            dw=lambda g: reshaped_dout(g, order=(0, 1, 2, 3), shape="frcn").dw()),
    mistake("dout_reshaped_as_if_filters_were_last", look="reshape",
            dx=lambda g: reshaped_dout(g, order=(0, 1, 2, 3), shape="nrcf").dx(),
            dw=lambda g: reshaped_dout(g, order=(0, 1, 2, 3), shape="nrcf").dw(),
            db=lambda g: reshaped_dout(g, order=(0, 1, 2, 3), shape="nrcf").db()),
    mistake("dout_height_and_width_swapped", look="reshape",
            dx=lambda g: reshaped_dout(g, order=(0, 1, 3, 2), shape="nfrc").dx(),
            dw=lambda g: reshaped_dout(g, order=(0, 1, 3, 2), shape="nfrc").dw()),
    mistake("dx_and_dw_swapped", look="return_order", also_kills=SHAPE,
            dx=lambda g: g.dw(), dw=lambda g: g.dx()),
    mistake("dw_and_db_swapped", look="return_order", also_kills=SHAPE,
            dw=lambda g: g.db(), db=lambda g: g.dw()),
)  # fmt: skip

PAIRS_OF_DW_DB: Final[tuple[Misconception, ...]] = (
    mistake("dw_divided_by_images_and_no_stride", look="window_start",
            dw=lambda g: without_stride(g) / g.images),
    mistake("dw_last_image_only_and_no_stride", look="window_start",
            dw=lambda g: without_stride(last_image(g))),
    mistake("dw_without_padding_and_stride", look="canvas",
            also_kills=ALL_BUT_DW,
            dw=lambda g: walk_dw(g, canvas=g.x, rows=steps(g.rows, 1),
                                 columns=steps(g.columns, 1))),
    mistake("dw_without_padding_and_divided_by_images", look="canvas",
            also_kills=ALL_BUT_DW,
            dw=lambda g: walk_dw(g, canvas=g.x) / g.images),
    mistake("db_divided_by_images_and_a_column", look="db_shape", also_kills=SHAPE,
            db=lambda g: g.db()[:, None] / g.images),
    mistake("db_over_pixels_and_the_mean_of_images", look="db_axes", also_kills=SHAPE,
            db=lambda g: g.dout.sum(axis=(2, 3)) / g.images),
)  # fmt: skip

MISTAKES_OF_DW_DB: Final = BACKWARD + DW + DB + PAIRS_OF_DW_DB
