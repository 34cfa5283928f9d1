"""Slips of loops and indices: left too early, rows for columns, one index for all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from grader.misconceptions.conv2d.given import cropped
from grader.misconceptions.conv2d.mistake import mistake
from grader.misconceptions.conv2d.out import only_filled
from grader.misconceptions.conv2d.walk import (
    right_walk,
    walked_dw,
    walked_dx,
    walked_out,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.calls import Array
    from grader.misconceptions import Misconception
    from grader.misconceptions.conv2d.given import Given, Ways

FORWARD_SHAPE: Final = "forward.shape"
BACKWARD_SHAPE: Final = "backward.shape"
# Where forward and backward raise, nothing was computed that inputs could survive.
ALL_THAT_RAISES: Final = (
    FORWARD_SHAPE,
    BACKWARD_SHAPE,
    "backward.db",
    "hygiene.inputs_unchanged",
)


def walk_all(**changes: Any) -> Mapping[str, Ways]:  # noqa: ANN401 (as replace)
    """Return out, dx and dw of the right walk with some things replaced."""

    def dx(given: Given) -> Array:
        gradient = walked_dx(given, replace(right_walk(given), **changes))
        return cropped(gradient, top=given.pad, left=given.pad, like=given.x)

    return {
        "out": lambda g: walked_out(g, replace(right_walk(g), **changes)),
        "dx": dx,
        "dw": lambda g: walked_dw(g, replace(right_walk(g), **changes)),
    }


def left_after(*reached: slice | int) -> Mapping[str, Ways]:
    """Return all tensors of loops that end with this part of out."""
    keep = tuple(np.s_[i : i + 1] if isinstance(i, int) else i for i in reached)

    def met(given: Given) -> Given:
        return given.but(dout=only_filled(given.dout, keep))

    return {
        "out": lambda g: only_filled(g.out(), keep),
        "dx": lambda g: met(g).dx(),
        "dw": lambda g: met(g).dw(),
        "db": lambda g: met(g).db(),
    }


def flipped(w: Array) -> Array:
    """Return w with all four axes turned round."""
    return w[::-1, ::-1, ::-1, ::-1]


LEFT_TOO_EARLY: Final[tuple[Misconception, ...]] = (
    mistake("return_after_the_first_filter", look="indentation", also_kills=(),
            **left_after(0, 0)),
    mistake("return_after_the_first_row", look="indentation", also_kills=(),
            **left_after(0, 0, 0)),
    mistake("return_after_the_first_pixel", look="indentation", also_kills=(),
            **left_after(0, 0, 0, 0)),
    mistake("first_filter_only", look="which_filter", also_kills=(),
            **left_after(np.s_[:], 0)),
)  # fmt: skip

INDICES: Final[tuple[Misconception, ...]] = (
    mistake("window_sides_swapped", look="axes_of_w",
            also_kills=ALL_THAT_RAISES,
            **walk_all(turned=True)),
    mistake("row_and_column_of_the_window_swapped", look="row_and_column",
            also_kills=ALL_THAT_RAISES,
            **walk_all(crossed=True)),
    mistake("w_turned_in_all_axes", look="kernel_order",
            out=lambda g: g.but(w=flipped(g.w)).out(),
            dx=lambda g: g.but(w=flipped(g.w)).dx(),
            dw=lambda g: flipped(g.dw())),
    mistake("db_one_number_a_column", look="db_axes", also_kills=(BACKWARD_SHAPE,),
            db=lambda g: g.dout.sum(axis=(0, 1, 2))),
)  # fmt: skip

SLIPS_OF_LOOPS: Final = LEFT_TOO_EARLY + INDICES
