from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given

from grader.exercises.conv2d import CONV2D
from grader.exercises.conv2d.strategy import conv_cases
from grader.misconceptions.conv2d.given import Given, cropped
from grader.misconceptions.conv2d.walk import (
    right_walk,
    walked_db,
    walked_dw,
    walked_dx,
    walked_out,
)

if TYPE_CHECKING:
    from grader.records import Case


def filled(case: Case) -> Given:
    data, _ = CONV2D.fill(case.axes, case.fill_seed)
    options = CONV2D.options(case.axes)
    return Given(
        x=data["x"],
        w=data["w"],
        b=data["b"],
        dout=data["dout"],
        stride=options["stride"],
        pad=options["pad"],
    )


@given(conv_cases(remainder="floor"))
def test_the_right_walk_gives_the_right_out(case: Case) -> None:
    this = filled(case)
    assert np.array_equal(walked_out(this, right_walk(this)), this.out())


@given(conv_cases(remainder="floor"))
def test_the_right_walk_gives_the_right_gradients(case: Case) -> None:
    this = filled(case)
    walk = right_walk(this)
    padded = walked_dx(this, walk)
    assert np.array_equal(
        cropped(padded, top=this.pad, left=this.pad, like=this.x), this.dx()
    )
    assert np.array_equal(walked_dw(this, walk), this.dw())
    assert np.array_equal(walked_db(this, walk), this.db())


@given(conv_cases(remainder="floor"))
def test_the_gradient_of_the_padded_image_holds_dx_in_its_middle(case: Case) -> None:
    this = filled(case)
    middle = cropped(this.dx_padded(), top=this.pad, left=this.pad, like=this.x)
    assert np.array_equal(middle, this.dx())


def test_a_strict_walk_refuses_a_window_that_the_border_has_cut() -> None:
    one = np.ones((1, 1, 1, 1))
    kernel = np.ones((1, 1, 2, 2))
    this = Given(x=one, w=kernel, b=np.ones(1), dout=kernel, stride=1, pad=1)
    cut = replace(right_walk(this), canvas=this.x)
    assert walked_out(this, replace(cut, rows=[(0, 0)], columns=[(0, 0)])).shape
    with pytest.raises(ValueError, match="does not fit"):
        walked_out(this, replace(cut, strict=True))
