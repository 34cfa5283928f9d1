"""What the rules forbid is found by reading, with its line."""

from __future__ import annotations

from dataclasses import replace

import pytest
from handed_in import BACKWARD, FORWARD, extraction, notes, told

from grader.assignment import DEFAULT, Assignment, Rules
from grader.errors import SubmissionError


def using(line: str, body: str) -> str:
    return f"{line}\n{FORWARD.replace('return x', f'return {body}')}" + BACKWARD


def ruled(**rules: tuple[str, ...]) -> Assignment:
    return replace(DEFAULT, rules=Rules(**rules))


@pytest.mark.parametrize("forbidden", ["np.convolve", "numpy.convolve"])
@pytest.mark.parametrize(
    ("line", "body"),
    [
        ("import numpy as np", "np.convolve(x, w)"),
        ("import numpy", "numpy.convolve(x, w)"),
        ("from numpy import convolve", "convolve(x, w)"),
        ("from numpy import convolve as c", "c(x, w)"),
    ],
)
def test_a_forbidden_name_is_found_under_any_name(
    line: str, body: str, forbidden: str
) -> None:
    with pytest.raises(SubmissionError) as caught:
        extraction(using(line, body), ruled(forbidden=(forbidden,)))
    assert "line " in told(caught.value)
    assert "numpy.convolve, which this assignment forbids" in told(caught.value)


@pytest.mark.parametrize(
    ("line", "body"),
    [
        ("import scipy.signal", "scipy.signal.convolve2d(x, w)"),
        ("from scipy import signal", "signal.convolve2d(x, w)"),
        ("import os", "os.system('ls')"),
        ("eval('1')", "eval('1')"),
    ],
)
def test_what_is_inside_of_a_forbidden_name_is_forbidden(line: str, body: str) -> None:
    with pytest.raises(SubmissionError, match="forbidden"):
        extraction(using(line, body), ruled(forbidden=("scipy", "os", "eval")))


@pytest.mark.parametrize(
    ("line", "body"),
    [
        ("import numpy as np", "np.convolved(x)"),
        ("convolve = 3", "convolve"),
        ("import os", "x"),
        ("def unused(): return np.convolve(1, 2)", "x"),
    ],
)
def test_what_is_not_forbidden_is_let_be(line: str, body: str) -> None:
    found = extraction(using(line, body), ruled(forbidden=("np.convolve", "os")))
    assert found.notes == ()


def test_an_import_inside_a_function_is_read_too() -> None:
    source = FORWARD.replace("return x", "import os\n    return x") + BACKWARD
    with pytest.raises(SubmissionError, match="forbidden"):
        extraction(source, ruled(forbidden=("os",)))


@pytest.mark.parametrize(
    ("line", "body", "allowed"),
    [
        ("import math", "math.pi", False),
        ("from math import pi", "pi", False),
        ("import numpy as np", "np.pi", True),
        ("import math", "x", True),
        ("try:\n    import math\nexcept ImportError:\n    math = None", "math", True),
    ],
)
def test_only_allowed_modules_may_be_imported(
    line: str, body: str, *, allowed: bool
) -> None:
    assignment = ruled(allowed_imports=("numpy",))
    if allowed:
        found = extraction(using(line, body), assignment)
        assert found.program.allowed_imports == frozenset({"numpy"})
    else:
        with pytest.raises(SubmissionError, match="not_allowed"):
            extraction(using(line, body), assignment)


@pytest.mark.parametrize(
    ("line", "body"),
    [
        ("from scipy.signal import convolve2d", "convolve2d(x, w)"),
        ("import torch.nn.functional as F", "F.conv2d(x, w)"),
        ("import numpy as np", "np.convolve(x, w)"),
        ("import tensorflow as tf", "tf.nn.conv2d(x, w)"),
    ],
)
def test_a_ready_made_convolution_is_told(line: str, body: str) -> None:
    assert "loading.note.ready_made" in notes(extraction(using(line, body)))


def test_a_ready_made_convolution_inside_a_function_is_told() -> None:
    source = FORWARD.replace(
        "return x", "from scipy.signal import convolve2d\n    return x"
    )
    assert notes(extraction(source + BACKWARD)) == ["loading.note.ready_made"]
