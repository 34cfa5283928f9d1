"""Windows at wrong places in forward: padding, stride, sizes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from grader.misconceptions.conv2d.mistake import consistent, mistake
from grader.misconceptions.conv2d.walk import right_walk, steps, walked_out

if TYPE_CHECKING:
    from grader.calls import Array
    from grader.misconceptions import Misconception
    from grader.misconceptions.conv2d.given import Given

SHAPE: Final = ("forward.shape",)


def walk_out(given: Given, **changes: Any) -> Array:  # noqa: ANN401 (as replace)
    """Return out of the right walk with some things replaced."""
    return walked_out(given, replace(right_walk(given), **changes))


def on_margins(given: Given, *, before: int, after: int) -> Array:
    """Return out of right windows on an image that sits elsewhere in its padding."""
    margins = (before, after)
    return walk_out(given, canvas=given.padded_by(rows=margins, columns=margins))


def filled(given: Given, *, mode: str) -> Given:
    """Return the case with its padding filled as this mode of np.pad fills it."""
    both = (given.pad, given.pad)
    return given.on(given.padded_by(rows=both, columns=both, mode=mode))


def filled_with_ones(given: Given) -> Given:
    """Return the case with ones for zeros around the image."""
    hole = np.zeros((1, 1, given.height, given.width))
    outside = np.pad(
        hole, [(0, 0)] * 2 + [(given.pad, given.pad)] * 2, constant_values=1
    )
    return given.on(given.padded() + outside)


def rows_only(given: Given) -> Array:
    """Return x padded above and below alone."""
    return given.padded_by(rows=(given.pad, given.pad), columns=(0, 0))


def sized(given: Given, *, rows: int, columns: int) -> Array:
    """Return out of right windows, but this many of them."""
    walk = replace(
        right_walk(given),
        rows=steps(rows, given.stride),
        columns=steps(columns, given.stride),
    )
    return walked_out(given, walk, size=(rows, columns))


def places(size: int, kernel: int, stride: int) -> int:
    """Return how many windows fit; where the kernel is too large as Python says."""
    return (size - kernel) // stride + 1


def sized_by(
    given: Given,
    *,
    image: tuple[int, int] | None = None,
    kernel: tuple[int, int] | None = None,
    pads: int = 2,
) -> Array:
    """Return out of the size that these lengths give; (rows, columns) each."""
    high, wide = image or (given.height, given.width)
    tall, broad = kernel or given.w.shape[2:]
    margin = pads * given.pad
    return sized(
        given,
        rows=places(high + margin, tall, given.stride),
        columns=places(wide + margin, broad, given.stride),
    )


def with_window(given: Given, *, height: int, width: int) -> Array:
    """Return out where size and windows are made with these for HH and WW."""
    rows = places(given.height + 2 * given.pad, height, given.stride)
    columns = places(given.width + 2 * given.pad, width, given.stride)
    walk = replace(
        right_walk(given),
        rows=steps(rows, given.stride),
        columns=steps(columns, given.stride),
        size=(height, width),
    )
    return walked_out(given, walk, size=(rows, columns))


def refused_if(wrong: bool, given: Given) -> Array:  # noqa: FBT001 (the question)
    """Return the right out, but raise where a student's own check fails."""
    if wrong:
        raise ValueError("a check of the student's refuses this case")
    return given.out()


def does_not_divide(given: Given, *, kernel: tuple[int, int], pads: int) -> bool:
    """Return whether these sizes leave a remainder."""
    high, wide = given.height + pads * given.pad, given.width + pads * given.pad
    return bool((high - kernel[0]) % given.stride or (wide - kernel[1]) % given.stride)


def looped_over_image(given: Given, *, divided: bool) -> Array:
    """Return out of loops `for i in range(0, H, stride)`, written at i or i//stride."""
    by = given.stride if divided else 1
    rows = [(i // by, i) for i in range(0, given.height, given.stride)]
    columns = [(j // by, j) for j in range(0, given.width, given.stride)]
    return walk_out(given, rows=rows, columns=columns)


def looped_without_padding(given: Given) -> Array:
    """Return out where only the windows that fit into H and W are counted."""
    rows = len(range(0, given.height - given.w.shape[2] + 1, given.stride))
    columns = len(range(0, given.width - given.w.shape[3] + 1, given.stride))
    return walk_out(
        given, rows=steps(rows, given.stride), columns=steps(columns, given.stride)
    )


PADDING: Final[tuple[Misconception, ...]] = (
    mistake("pad_ignored", look="padding", also_kills=SHAPE,
            out=lambda g: walk_out(g.but(pad=0))),
    mistake("pad_ignored_but_in_the_size", look="padding", also_kills=SHAPE,
            out=lambda g: walk_out(g, canvas=g.x)),
    mistake("pad_of_one_always", look="pad_amount", also_kills=SHAPE,
            out=lambda g: walk_out(g.but(pad=1))),
    mistake("pad_of_one_but_in_the_size", look="pad_amount", also_kills=SHAPE,
            out=lambda g: on_margins(g, before=1, after=1)),
    mistake("pad_from_the_kernel", look="pad_amount", also_kills=SHAPE,
            out=lambda g: walk_out(g.but(pad=(g.w.shape[2] - 1) // 2))),
    mistake("pad_doubled", look="pad_amount",
            out=lambda g: on_margins(g, before=2 * g.pad, after=2 * g.pad)),
    mistake("padding_before_the_image_only", look="pad_sides", also_kills=SHAPE,
            out=lambda g: on_margins(g, before=g.pad, after=0)),
    mistake("padding_after_the_image_only", look="pad_sides", also_kills=SHAPE,
            out=lambda g: on_margins(g, before=0, after=g.pad)),
    mistake("image_in_the_first_corner", look="pad_sides",
            out=lambda g: on_margins(g, before=0, after=2 * g.pad)),
    mistake("padding_of_rows_only", look="pad_sides", also_kills=SHAPE,
            out=lambda g: walk_out(g, canvas=rows_only(g))),
    mistake("padding_of_rows_only_in_the_size_too", look="pad_sides", also_kills=SHAPE,
            out=lambda g: walk_out(g.on(rows_only(g)))),
    mistake("padding_of_every_axis", look="pad_sides", also_kills=SHAPE,
            out=lambda g: walk_out(g, canvas=np.pad(g.x, g.pad)[: g.images])),
    mistake("padding_repeats_the_edge", look="pad_value",
            out=lambda g: filled(g, mode="edge").out(),
            dw=lambda g: filled(g, mode="edge").dw()),
    mistake("padding_mirrors_the_image", look="pad_value",
            out=lambda g: filled(g, mode="reflect").out(),
            dw=lambda g: filled(g, mode="reflect").dw()),
    mistake("padding_mirrors_the_edge_too", look="pad_value",
            out=lambda g: filled(g, mode="symmetric").out(),
            dw=lambda g: filled(g, mode="symmetric").dw()),
    consistent("padding_goes_round", look="pad_value",
               out=lambda g: filled(g, mode="wrap").out(),
               dw=lambda g: filled(g, mode="wrap").dw()),
    consistent("padding_of_ones", look="pad_value",
               out=lambda g: filled_with_ones(g).out(),
               dw=lambda g: filled_with_ones(g).dw()),
)  # fmt: skip

STRIDE: Final[tuple[Misconception, ...]] = (
    mistake("windows_start_without_stride", look="window_start",
            out=lambda g: walk_out(g, rows=steps(g.rows, 1),
                                   columns=steps(g.columns, 1))),
    mistake("stride_ignored", look="stride", also_kills=SHAPE,
            out=lambda g: walk_out(g.but(stride=1))),
    mistake("stride_for_rows_only", look="window_start",
            out=lambda g: walk_out(g, columns=steps(g.columns, 1))),
    mistake("stride_for_columns_only", look="window_start",
            out=lambda g: walk_out(g, rows=steps(g.rows, 1))),
    mistake("stride_of_two_but_in_the_size", look="stride", also_kills=SHAPE,
            out=lambda g: walk_out(g, rows=steps(g.rows, 2),
                                   columns=steps(g.columns, 2))),
    mistake("stride_squared", look="window_start", also_kills=SHAPE,
            out=lambda g: walk_out(g, rows=steps(g.rows, g.stride**2),
                                   columns=steps(g.columns, g.stride**2))),
    mistake("windows_as_far_apart_as_the_kernel", look="window_start", also_kills=SHAPE,
            out=lambda g: walk_out(g, rows=steps(g.rows, int(g.w.shape[2])),
                                   columns=steps(g.columns, int(g.w.shape[3])))),
    mistake("loops_over_the_image", look="loop_bounds", also_kills=SHAPE,
            out=lambda g: looped_over_image(g, divided=False)),
    mistake("loops_over_the_image_divided", look="loop_bounds", also_kills=SHAPE,
            out=lambda g: looped_over_image(g, divided=True)),
    mistake("windows_counted_without_padding", look="loop_bounds",
            out=looped_without_padding),
    mistake("every_stride_th_output_only", look="loop_bounds",
            out=lambda g: walk_out(
                g, rows=[(i, i) for i in range(0, g.rows, g.stride)],
                columns=[(j, j) for j in range(0, g.columns, g.stride)])),
    mistake("last_row_and_column_left_out", look="loop_bounds",
            out=lambda g: walk_out(g, rows=steps(g.rows - 1, g.stride),
                                   columns=steps(g.columns - 1, g.stride))),
)  # fmt: skip

SIZES: Final[tuple[Misconception, ...]] = (
    mistake("plus_one_left_out", look="out_size", also_kills=SHAPE,
            out=lambda g: sized(g, rows=g.rows - 1, columns=g.columns - 1)),
    mistake("one_window_too_many", look="out_size", also_kills=SHAPE,
            out=lambda g: sized(g, rows=g.rows + 1, columns=g.columns + 1)),
    mistake("size_without_padding", look="out_size", also_kills=SHAPE,
            out=lambda g: sized_by(g, pads=0)),
    mistake("size_with_padding_once", look="out_size", also_kills=SHAPE,
            out=lambda g: sized_by(g, pads=1)),
    mistake("size_of_the_image", look="out_size", also_kills=SHAPE,
            out=lambda g: sized(g, rows=g.height, columns=g.width)),
    mistake("kernel_height_used_for_its_width", look="out_size", also_kills=SHAPE,
            out=lambda g: sized_by(g, kernel=(g.w.shape[2], g.w.shape[2]))),
    mistake("kernel_width_used_for_its_height", look="out_size", also_kills=SHAPE,
            out=lambda g: sized_by(g, kernel=(g.w.shape[3], g.w.shape[3]))),
    mistake("kernel_sides_swapped_in_the_size", look="out_size", also_kills=SHAPE,
            out=lambda g: sized_by(g, kernel=(g.w.shape[3], g.w.shape[2]))),
    mistake("height_used_for_width", look="out_size", also_kills=SHAPE,
            out=lambda g: sized_by(g, image=(g.height, g.height),
                                   kernel=(g.w.shape[2], g.w.shape[2]))),
    mistake("image_height_used_for_its_width", look="out_size", also_kills=SHAPE,
            out=lambda g: sized_by(g, image=(g.height, g.height))),
    mistake("width_used_for_height", look="out_size", also_kills=SHAPE,
            out=lambda g: sized_by(g, image=(g.width, g.width),
                                   kernel=(g.w.shape[3], g.w.shape[3]))),
    mistake("image_width_used_for_its_height", look="out_size", also_kills=SHAPE,
            out=lambda g: sized_by(g, image=(g.width, g.width))),
    mistake("all_sides_swapped_in_the_size", look="out_size", also_kills=SHAPE,
            out=lambda g: sized_by(g, image=(g.width, g.height),
                                   kernel=(g.w.shape[3], g.w.shape[2]))),
    mistake("image_sides_swapped_in_the_size", look="axes_of_x", also_kills=SHAPE,
            out=lambda g: sized_by(g, image=(g.width, g.height))),
    mistake("image_read_as_if_channels_were_last", look="axes_of_x", also_kills=SHAPE,
            out=lambda g: sized_by(g, image=(g.x.shape[1], g.height))),
    mistake("windows_of_three_always", look="square", also_kills=SHAPE,
            out=lambda g: walk_out(g, size=(3, 3))),
    mistake("square_kernels_by_height", look="square", also_kills=SHAPE,
            out=lambda g: with_window(g, height=g.w.shape[2], width=g.w.shape[2])),
    mistake("square_kernels_by_width", look="square", also_kills=SHAPE,
            out=lambda g: with_window(g, height=g.w.shape[3], width=g.w.shape[3])),
    mistake("kernel_height_read_from_the_channels", look="axes_of_w", also_kills=SHAPE,
            out=lambda g: with_window(g, height=g.w.shape[1], width=g.w.shape[2])),
    mistake("kernel_sides_swapped", look="axes_of_w", also_kills=SHAPE,
            out=lambda g: with_window(g, height=g.w.shape[3], width=g.w.shape[2])),
    mistake("sizes_checked_before_padding", look="own_check", also_kills=SHAPE,
            out=lambda g: refused_if(
                does_not_divide(g, kernel=g.w.shape[2:], pads=0), g)),
    mistake("sizes_checked_with_the_wrong_kernel_side", look="own_check",
            also_kills=SHAPE,
            out=lambda g: refused_if(
                does_not_divide(g, kernel=(g.w.shape[2],) * 2, pads=2), g)),
    mistake("large_kernels_refused_before_padding", look="own_check", also_kills=SHAPE,
            out=lambda g: refused_if(
                g.w.shape[2] > g.height or g.w.shape[3] > g.width, g)),
    mistake("size_rounded_up", look="remainder", also_kills=SHAPE,
            out=lambda g: sized(
                g, rows=-(-(g.height + 2 * g.pad - g.w.shape[2]) // g.stride) + 1,
                columns=-(-(g.width + 2 * g.pad - g.w.shape[3]) // g.stride) + 1)),
)  # fmt: skip

PAIRS_OF_PLACES: Final[tuple[Misconception, ...]] = (
    mistake("pad_and_stride_ignored", look="stride", also_kills=SHAPE,
            out=lambda g: walk_out(g.but(pad=0, stride=1))),
    mistake("pad_of_one_and_no_stride", look="window_start", also_kills=SHAPE,
            out=lambda g: walk_out(g, rows=steps(g.rows, 1),
                                   columns=steps(g.columns, 1),
                                   canvas=g.padded_by(rows=(1, 1), columns=(1, 1)))),
    mistake("plus_one_and_padding_left_out", look="out_size", also_kills=SHAPE,
            out=lambda g: sized(
                g, rows=(g.height - g.w.shape[2]) // g.stride,
                columns=(g.width - g.w.shape[3]) // g.stride)),
)  # fmt: skip

PLACES_IN_FORWARD: Final = PADDING + STRIDE + SIZES + PAIRS_OF_PLACES
