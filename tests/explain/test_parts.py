from __future__ import annotations

import numpy as np
import pytest
from judging import corpus_of

from grader.corpus import pose
from grader.explain.parts import PARTS, part_named, remembered_part
from grader.records import Case

CORPUS = corpus_of()
#: With fewer images, say, the first one is also all but the last one.
TELLING = [e for e in CORPUS.entries if min(e.first.dout.shape) > 2]
#: Without padding, so that every row and column of dout counts in every gradient.
SIZES = {"N": 3, "C": 2, "H": 5, "W": 6, "F": 4, "HH": 2, "WW": 3}
SIZED = Case(name="sized", axes={**SIZES, "stride": 1, "pad": 0}, regime="", role="")
TELLING.append(pose(CORPUS.exercise, SIZED, seed=1))


def part_of(tensor: str, name: str) -> str:
    """Return what is found where a gradient comes from this part of dout."""
    wrong = []
    for entry in TELLING:
        data = entry.first
        left = np.zeros_like(data.dout)
        part = part_named(name, CORPUS.exercise.output_axes)
        left[part] = data.dout[part]
        answer = CORPUS.exercise.oracle(data.arrays, entry.options or {}, left)
        wrong.append((entry, answer.gradients[tensor]))
    found = remembered_part(CORPUS.exercise, tensor, wrong)
    return "" if found is None else found.id


@pytest.mark.parametrize("name", [n for n in PARTS if "channel" not in n])
@pytest.mark.parametrize("tensor", CORPUS.exercise.gradients)
def test_the_part_that_a_gradient_remembers_is_found(tensor: str, name: str) -> None:
    assert part_of(tensor, name) == f"relation.{name}"


@pytest.mark.parametrize("tensor", CORPUS.exercise.gradients)
def test_a_right_gradient_remembers_no_part(tensor: str) -> None:
    wrong = [(entry, entry.first.tensor(tensor)) for entry in TELLING]
    assert remembered_part(CORPUS.exercise, tensor, wrong) is None


@pytest.mark.parametrize("spoilt", ["nan", "shape", "number"])
def test_anything_else_is_no_part(spoilt: str) -> None:
    entry = TELLING[0]
    right = entry.first.tensor("dw")
    got = {"nan": right * np.nan, "shape": right[:1], "number": right + 1}[spoilt]
    assert remembered_part(CORPUS.exercise, "dw", [(entry, got)]) is None


def test_without_a_case_nothing_is_told() -> None:
    assert remembered_part(CORPUS.exercise, "dw", []) is None
