from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given

from grader.calls import Array
from grader.exercise import Axes
from grader.exercises.conv2d import CONV2D
from grader.exercises.conv2d.origin import Product, margins, origin
from grader.exercises.conv2d.strategy import conv_cases
from grader.records import Case


def arrays_of(case: Case) -> tuple[dict[str, Array], dict[str, Array]]:
    """Return the inputs and the reference's answers of a case."""
    arrays = dict(CONV2D.fill(case.axes, 3)[0])
    dout = arrays.pop("dout")
    answer = CONV2D.oracle(arrays, CONV2D.options(case.axes), dout)
    inputs = {**arrays, "dout": dout, "x": padded(arrays["x"], case.axes)}
    return inputs, {"out": answer.out, **answer.gradients}


def padded(x: Array, axes: Axes) -> Array:
    pad = margins(axes)["x"]
    return np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))


def sum_of(parts: tuple[Product, ...], inputs: Mapping[str, Array]) -> float:
    return math.fsum(math.prod(inputs[t][index] for t, index in part) for part in parts)


@pytest.mark.parametrize("answer", ["out", "dx", "dw", "db"])
@given(case=conv_cases())
def test_the_products_add_up_to_the_answer(answer: str, case: Case) -> None:
    inputs, answers = arrays_of(case)
    for cell in list(np.ndindex(answers[answer].shape))[:4]:
        found = origin(case.axes, answer, cell)
        added = sum_of(tuple((place,) for place in found.added), inputs)
        assert sum_of(found.parts, inputs) + added == answers[answer][cell]
