from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given

from grader.calls import Array
from grader.exercise import Axes
from grader.exercises.conv2d import CONV2D
from grader.exercises.conv2d.strategy import conv_cases
from grader.records import Case
from grader.reports.geometry import Place, sliding, terms


def arrays_of(case: Case) -> tuple[dict[str, Array], dict[str, Array]]:
    """Return the inputs and the reference's answers of a case."""
    arrays = dict(CONV2D.fill(case.axes, 3)[0])
    dout = arrays.pop("dout")
    answer = CONV2D.oracle(arrays, CONV2D.options(case.axes), dout)
    inputs = {**arrays, "dout": dout, "x": padded(arrays["x"], case.axes)}
    bias = {"out": answer.out - arrays["b"][:, None, None]}
    return inputs, {**bias, **answer.gradients}


def padded(x: Array, axes: Axes) -> Array:
    pad = axes["pad"]
    return np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))


def sum_of(parts: tuple[tuple[Place, ...], ...], inputs: Mapping[str, Array]) -> float:
    return math.fsum(math.prod(inputs[t][index] for t, index in part) for part in parts)


@pytest.mark.parametrize("answer", ["out", "dx", "dw", "db"])
@given(case=conv_cases())
def test_the_products_add_up_to_the_answer(answer: str, case: Case) -> None:
    inputs, answers = arrays_of(case)
    window = sliding(case.axes, CONV2D.shapes(case.axes))
    assert window is not None
    for cell in list(np.ndindex(answers[answer].shape))[:4]:
        assert sum_of(terms(window, answer, cell), inputs) == answers[answer][cell]


POOL = {"N": 1, "C": 2, "H": 4, "W": 4, "HH": 2, "WW": 2, "stride": 2}


def test_a_layer_without_weights_reads_its_own_channel() -> None:
    window = sliding(POOL, {"x": (1, 2, 4, 4)})
    assert window is not None
    read = {index for ((_, index),) in terms(window, "out", (0, 1, 1, 0))}
    assert read == {(0, 1, 2, 0), (0, 1, 2, 1), (0, 1, 3, 0), (0, 1, 3, 1)}


def test_its_gradient_reads_the_windows_above() -> None:
    window = sliding(POOL, {"x": (1, 2, 4, 4)})
    assert window is not None
    assert terms(window, "dx", (0, 1, 3, 1)) == ((("dout", (0, 1, 1, 0)),),)
    assert terms(window, "dw", (0, 0, 0, 0)) == ()


def test_a_layer_that_slides_nothing_has_no_window() -> None:
    assert sliding({"N": 2, "D": 3, "M": 4}, {"x": (2, 3)}) is None
    assert sliding(POOL, {"x": (2, 3)}) is None


def test_an_answer_that_nobody_knows_is_made_of_nothing() -> None:
    window = sliding(POOL, {"x": (1, 2, 4, 4)})
    assert window is not None
    assert terms(window, "cache", (0,)) == ()
