"""Wrong values of out: the bias, the kernel, channels, images, and their order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from grader.misconceptions.conv2d.given import turned
from grader.misconceptions.conv2d.mistake import consistent, mistake
from grader.misconceptions.conv2d.walk import right_walk, steps, walked_out

if TYPE_CHECKING:
    from grader.calls import Array
    from grader.misconceptions import Misconception
    from grader.misconceptions.conv2d.given import Given


def sums(given: Given) -> Array:
    """Return out without its bias."""
    return given.out() - given.bias


def only_filled(right: Array, keep: tuple[slice, ...]) -> Array:
    """Return zeros with only this part of the right answer filled in."""
    out = np.zeros(right.shape)
    out[keep] = right[keep]
    return out


def relabelled(array: Array, *, order: tuple[int, ...], shape: str) -> Array:
    """Return the axes in this order, then reshaped as if they were in another.

    `shape` spells the axes of the reshape in the letters n, f, r, c; the result is
    turned back to (n, f, r, c).
    """
    lengths = dict(zip("nfrc", array.shape, strict=True))
    mixed = array.transpose(order).reshape([lengths[letter] for letter in shape])
    return mixed.transpose([shape.index(letter) for letter in "nfrc"])


def without_stride(given: Given) -> Array:
    """Return out of windows that start at 0, 1, 2."""
    rows, columns = steps(given.rows, 1), steps(given.columns, 1)
    return walked_out(given, replace(right_walk(given), rows=rows, columns=columns))


def one_channel(given: Given) -> Array:
    """Return out where filter f looks at channel f alone, with all its weights."""
    weights = given.w.sum(axis=1, keepdims=True)
    planes = []
    for f in range(len(given.w)):
        own = given.x[:, f]  # IndexError where F > C, as in the student's loop
        part = given.but(x=own[:, None], w=weights[f : f + 1], b=given.b[f : f + 1])
        planes.append(part.out())
    return np.concatenate(planes, axis=1)


def last_tap(given: Given) -> Array:
    """Return out where each product replaces the one before."""
    corner = np.zeros(given.w.shape)
    corner[:, -1, -1, -1] = given.w[:, -1, -1, -1]
    return given.but(w=corner).out()


BIAS: Final[tuple[Misconception, ...]] = (
    mistake("bias_left_out", look="bias", out=sums),
    mistake(
        "bias_added_for_every_product",
        look="bias_times",
        out=lambda g: sums(g) + g.w[0].size * g.bias,
    ),
    mistake(
        "bias_added_for_every_channel",
        look="bias_times",
        out=lambda g: sums(g) + g.w.shape[1] * g.bias,
    ),
    mistake(
        "bias_added_for_every_image",
        look="bias_times",
        out=lambda g: sums(g) + g.images * g.bias,
    ),
    mistake(
        "bias_added_again_with_every_image",
        look="bias_times",
        out=lambda g: (
            sums(g) + np.arange(g.images, 0, -1)[:, None, None, None] * g.bias
        ),
    ),
    mistake(
        "bias_of_the_image",
        look="bias_index",
        also_kills=("forward.shape",),
        out=lambda g: sums(g) + g.b[np.arange(g.images)][:, None, None, None],
    ),
    mistake("bias_added_twice", look="bias_times", out=lambda g: g.out() + g.bias),
    mistake("bias_subtracted", look="bias", out=lambda g: sums(g) - g.bias),
    mistake("bias_of_the_first_filter", look="bias", out=lambda g: sums(g) + g.b[0]),
    mistake("bias_summed_over_filters", look="bias", out=lambda g: sums(g) + g.b.sum()),
    mistake(
        "bias_added_along_the_width",
        look="bias_axis",
        also_kills=("forward.shape",),
        out=lambda g: sums(g) + g.b,
    ),
)

KERNEL: Final[tuple[Misconception, ...]] = (
    consistent(
        "kernel_turned",
        look="kernel_order",
        out=lambda g: g.but(w=turned(g.w)).out(),
        dx=lambda g: g.but(w=turned(g.w)).dx(),
        dw=lambda g: turned(g.dw()),
    ),
    consistent(
        "kernel_upside_down",
        look="kernel_order",
        out=lambda g: g.but(w=g.w[:, :, ::-1]).out(),
        dx=lambda g: g.but(w=g.w[:, :, ::-1]).dx(),
        dw=lambda g: g.dw()[:, :, ::-1],
    ),
    consistent(
        "kernel_left_for_right",
        look="kernel_order",
        out=lambda g: g.but(w=g.w[..., ::-1]).out(),
        dx=lambda g: g.but(w=g.w[..., ::-1]).dx(),
        dw=lambda g: g.dw()[..., ::-1],
    ),
    consistent(
        "kernel_rows_and_columns_swapped",
        look="flattening",
        out=lambda g: g.but(w=g.w.swapaxes(2, 3).reshape(g.w.shape)).out(),
        dx=lambda g: g.but(w=g.w.swapaxes(2, 3).reshape(g.w.shape)).dx(),
    ),
    mistake(
        "weights_reshaped_instead_of_transposed",
        look="flattening",
        out=lambda g: g.but(w=g.w.reshape(-1, len(g.w)).T.reshape(g.w.shape)).out(),
    ),
    mistake(
        "first_filter_for_all",
        look="which_filter",
        out=lambda g: g.but(w=np.broadcast_to(g.w[:1], g.w.shape)).out(),
    ),
    mistake("last_product_only", look="accumulate", out=last_tap),
)

CHANNELS: Final[tuple[Misconception, ...]] = (
    mistake(
        "first_channel_only",
        look="channels",
        out=lambda g: g.but(x=g.x[:, :1], w=g.w[:, :1]).out(),
    ),
    mistake(
        "last_channel_only",
        look="accumulate",
        out=lambda g: g.but(x=g.x[:, -1:], w=g.w[:, -1:]).out(),
    ),
    mistake(
        "mean_over_channels",
        look="sum_or_mean",
        out=lambda g: sums(g) / g.w.shape[1] + g.bias,
    ),
    mistake(
        "mean_over_the_window",
        look="sum_or_mean",
        out=lambda g: sums(g) / g.w[0].size + g.bias,
    ),
    mistake(
        "mean_over_the_window_and_bias",
        look="sum_or_mean",
        out=lambda g: g.out() / g.w[0].size,
    ),
    mistake(
        "channels_summed_before_multiplying",
        look="channels",
        out=lambda g: g.but(
            x=g.x.sum(axis=1, keepdims=True), w=g.w.sum(axis=1, keepdims=True)
        ).out(),
    ),
    mistake(
        "first_channel_of_the_kernel_for_all",
        look="channels",
        out=lambda g: g.but(w=np.broadcast_to(g.w[:, :1], g.w.shape)).out(),
    ),
    mistake(
        "filter_index_used_as_channel",
        look="channels",
        also_kills=("forward.shape",),
        out=one_channel,
    ),
)

IMAGES: Final[tuple[Misconception, ...]] = (
    mistake(
        "first_image_only",
        look="images",
        out=lambda g: only_filled(g.out(), np.s_[:1,]),
        dx=lambda g: only_filled(g.dx(), np.s_[:1,]),
        dw=lambda g: g.but(x=g.x[:1], dout=g.dout[:1]).dw(),
        db=lambda g: g.but(dout=g.dout[:1]).db(),
    ),
    mistake(
        "first_image_for_all",
        look="images",
        out=lambda g: g.but(x=np.broadcast_to(g.x[:1], g.x.shape)).out(),
    ),
    mistake(
        "last_image_for_all",
        look="images",
        out=lambda g: g.but(x=np.broadcast_to(g.x[-1:], g.x.shape)).out(),
    ),
    mistake(
        "images_added_up",
        look="images",
        out=lambda g: g.but(
            x=np.broadcast_to(g.x.sum(axis=0, keepdims=True), g.x.shape)
        ).out(),
    ),
    mistake(
        "total_never_reset",
        look="accumulate",
        out=lambda g: np.cumsum(sums(g)).reshape(g.dout.shape) + g.bias,
    ),
    mistake(
        "images_cut_to_whole_numbers",
        look="dtype",
        out=lambda g: g.but(x=np.trunc(g.x)).out(),
        dw=lambda g: g.but(x=np.trunc(g.x)).dw(),
    ),
    mistake("negative_values_cut_off", look="only_sums", out=lambda g: g.out().clip(0)),
)

ORDER: Final[tuple[Misconception, ...]] = (
    mistake(
        "out_height_and_width_swapped",
        look="axes_of_out",
        also_kills=("forward.shape",),
        out=lambda g: g.out().swapaxes(2, 3),
    ),
    mistake(
        "out_filters_before_images",
        look="axes_of_out",
        also_kills=("forward.shape",),
        out=lambda g: g.out().swapaxes(0, 1),
    ),
    mistake(
        "out_filters_last",
        look="axes_of_out",
        also_kills=("forward.shape",),
        out=lambda g: g.out().transpose(0, 2, 3, 1),
    ),
    mistake(
        "out_reshaped_from_filters_first",
        look="reshape",
        out=lambda g: relabelled(g.out(), order=(1, 0, 2, 3), shape="nfrc"),
    ),
    mistake(
        "out_reshaped_from_filters_last",
        look="reshape",
        out=lambda g: relabelled(g.out(), order=(0, 2, 3, 1), shape="nfrc"),
    ),
    mistake(
        "out_reshaped_from_images_last",
        look="reshape",
        out=lambda g: relabelled(g.out(), order=(1, 2, 3, 0), shape="nfrc"),
    ),
    mistake(
        "images_last_read_as_images_first",
        look="reshape",
        out=lambda g: relabelled(g.out(), order=(1, 2, 3, 0), shape="fnrc"),
    ),
    mistake(
        "images_first_read_as_images_last",
        look="reshape",
        out=lambda g: relabelled(g.out(), order=(1, 0, 2, 3), shape="frcn"),
    ),
)

PAIRS_WITHOUT_BIAS: Final[tuple[Misconception, ...]] = (
    mistake("bias_left_out_and_kernel_turned", look="bias",
            out=lambda g: sums(g.but(w=turned(g.w)))),
    mistake("bias_left_out_and_no_stride", look="bias",
            out=lambda g: without_stride(g) - g.bias),
    mistake("bias_left_out_and_last_channel_only", look="bias",
            out=lambda g: sums(g.but(x=g.x[:, -1:], w=g.w[:, -1:]))),
    mistake("bias_left_out_and_mean_over_the_window", look="sum_or_mean",
            out=lambda g: sums(g) / g.w[0].size),
    mistake("bias_left_out_and_pad_ignored", look="padding",
            also_kills=("forward.shape",),
            out=lambda g: walked_out(g.but(pad=0), right_walk(g.but(pad=0))) - g.bias),
    mistake("kernel_turned_and_no_stride", look="window_start",
            out=lambda g: without_stride(g.but(w=turned(g.w)))),
)  # fmt: skip

VALUES_OF_OUT: Final = BIAS + KERNEL + CHANNELS + IMAGES + ORDER + PAIRS_WITHOUT_BIAS
