"""A later trial may take a name from the functions; a later definition means it."""

from __future__ import annotations

import pytest
from handed_in import BACKWARD, extraction, notebook, notes, submission

HELPER = "def pad(x):\n    return x\n"
FORWARD = "def conv_forward_naive(x, w, b, conv_param):\n    return pad(x), x\n"
NOTE = "loading.note.overwritten"


def kept(*cells: str) -> tuple[str, list[str]]:
    found = extraction(submission(**{"conv.ipynb": notebook(*cells)}))
    return "".join(unit.source for unit in found.program.units), notes(found)


@pytest.mark.parametrize(
    "later",
    [
        "pad = 7",
        "pad, stride = 1, 2",
        "pad: int = len([1])",
        "import numpy as np\npad = np.zeros(3)",
        "for pad in range(3): pass",
        "pad += 1",
    ],
)
def test_a_number_does_not_take_a_function_s_name(later: str) -> None:
    source, told = kept(HELPER, FORWARD + BACKWARD, later)
    assert later.splitlines()[-1] not in source
    assert told == [NOTE]


@pytest.mark.parametrize(
    "later",
    [
        "pad = lambda x: x",
        "pad = other(pad)",
        "pad = mine",
        "pad = np.vectorize(len)",
        "pad = partial(abs)",
        "with open('x') as pad: pass",
    ],
)
def test_another_function_does(later: str) -> None:
    before = "from functools import partial\nimport numpy as np\n"
    others = "def other(f):\n    return f\ndef mine(x):\n    return x\n"
    source, told = kept(before + others + HELPER, FORWARD + BACKWARD, later)
    assert later in source
    assert NOTE not in told


def test_in_one_file_the_last_word_counts() -> None:
    found = extraction(HELPER + FORWARD + BACKWARD + "pad = 7\n")
    assert "pad = 7" in found.program.units[0].source


def test_a_number_may_become_another_number() -> None:
    source, told = kept("pad = 1\n", FORWARD + BACKWARD, "pad = 2\n")
    assert "pad = 2" in source
    assert told == []
