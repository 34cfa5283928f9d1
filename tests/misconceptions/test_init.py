from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from grader.exercise import no_mistakes, says
from grader.exercises import EXERCISES, load_exercise
from grader.messages import render
from grader.misconceptions import (
    RAISES,
    Misconception,
    misconceptions_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.calls import Array


def misconception(error: Exception | None) -> Misconception:
    def answer(
        arrays: Mapping[str, Array],
        options: Mapping[str, int],
        dout: Array,
        *,
        strict: bool,
    ) -> Array:
        assert not strict
        if error is not None:
            raise error
        return arrays["x"] + options["pad"] + dout

    return Misconception(
        name="m", answers={"out": answer}, killed_by=(), behaves_like="", hint=""
    )


def answered(error: Exception | None) -> object:
    one = np.ones(1)
    return misconception(error).answer(
        "out", arrays={"x": one}, options={"pad": 1}, dout=one
    )


def test_a_misconception_answers_with_its_tensor() -> None:
    assert np.array_equal(answered(None), [3.0])  # type: ignore[arg-type]


@pytest.mark.parametrize("error", [ValueError("shapes"), IndexError("out of range")])
def test_what_numpy_refuses_is_an_answer_too(error: Exception) -> None:
    assert answered(error) is RAISES


def test_a_fault_of_our_own_is_not_hidden() -> None:
    with pytest.raises(TypeError):
        answered(TypeError("ours"))


def test_it_knows_the_tensors_it_changes() -> None:
    assert misconception(None).tensors == {"out"}


def test_a_layer_without_a_list_has_no_misconceptions() -> None:
    bare = replace(load_exercise("conv2d"), misconceptions=no_mistakes)
    assert misconceptions_of(bare) == ()


@pytest.mark.parametrize("layer", EXERCISES)
def test_every_layer_in_the_table_has_a_list(layer: str) -> None:
    assert len(misconceptions_of(load_exercise(layer))) >= 15


def test_its_sentences_are_about_the_tensor_that_it_is() -> None:
    own = says("m", en="{tensor} is turned.", ko="{tensor}가 뒤집혔습니다.")
    mistake = replace(misconception(None), behaves_like=own, hint="look.raised.other")
    behaves_like, hint = mistake.said_of("dx")
    assert render(behaves_like) == "dx is turned."
    assert render(behaves_like, "ko") == "dx가 뒤집혔습니다."
    assert hint.values["tensor"] == "dx"
