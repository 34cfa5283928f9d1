"""The two fixed checks that the peers make, in the form that each of them wants.

They are of the kind that the assignment brings: out against numbers that are written
down, and the gradients against central differences of forward, an entry at a time.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from reference import conv

if TYPE_CHECKING:
    from pathlib import Path

_RANDOM: Final = np.random.default_rng(231)
_X, _W, _B = (_RANDOM.normal(size=s).round(3) for s in ((4, 3, 5, 5), (2, 3, 3, 3), 2))
_DOUT: Final = _RANDOM.normal(size=(4, 2, 5, 5)).round(3)
_OPTIONS: Final = {"stride": 1, "pad": 1}
_DIFFERENCES: Final = f"""\
gradients = conv_backward_naive(dout, cache)
for array, gradient in zip((x, w, b), gradients):
    for place in np.ndindex(array.shape):
        kept, sums = array[place], []
        for step in (1e-5, -1e-5):
            array[place] = kept + step
            sums.append(np.sum(conv_forward_naive(x, w, b, {_OPTIONS})[0] * dout))
        array[place] = kept
        slope = (sums[0] - sums[1]) / 2e-5
        assert abs(gradient[place] - slope) <= 1e-6 * (1 + abs(slope))
"""


def _written(**arrays: np.ndarray[Any, Any]) -> str:
    return "".join(f"{n} = np.array({a.tolist()})\n" for n, a in arrays.items())


def _checks() -> tuple[str, str]:
    out = conv.forward(_X, _W, _B, **_OPTIONS)
    call = f"out, cache = conv_forward_naive(x, w, b, {_OPTIONS})\n"
    given = "import numpy as np\n" + _written(x=_X, w=_W, b=_B)
    forward = given + call + _written(right=out) + "assert np.allclose(out, right)\n"
    backward = given + call + _written(dout=_DOUT) + _DIFFERENCES
    return forward, backward


FORWARD, BACKWARD = _checks()
TEMPLATE: Final = """\
def conv_forward_naive(x, w, b, conv_param):
    ### BEGIN SOLUTION
    pass
    ### END SOLUTION

def conv_backward_naive(dout, cache):
    ### BEGIN SOLUTION
    pass
    ### END SOLUTION
"""


def _indented(code: str) -> str:
    return "".join(f"        {line}\n" for line in code.splitlines())


GRADESCOPE: Final = f"""\
import unittest
from gradescope_utils.autograder_utils.decorators import weight
from gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner
from layers import conv_backward_naive, conv_forward_naive

class Tests(unittest.TestCase):
    @weight(1)
    def test_forward(self):
{_indented(FORWARD)}
    @weight(1)
    def test_backward(self):
{_indented(BACKWARD)}

suite = unittest.defaultTestLoader.loadTestsFromTestCase(Tests)
with open("results.json", "w") as file:
    JSONTestRunner(stream=file, visibility="visible").run(suite)
"""
PROPERTIES: Final = """\
import numpy as np
from grader import conv_cases
from grader.exercises.conv2d import CONV2D
from hypothesis import HealthCheck, given, settings
from layers import conv_backward_naive, conv_forward_naive
from reference import conv

often = settings(
    max_examples=100, deadline=None, suppress_health_check=list(HealthCheck)
)

def filled(case):
    data, options = CONV2D.fill(case.axes, 1)[0], CONV2D.options(case.axes)
    return data["x"], data["w"], data["b"], data["dout"], options

@often
@given(case=conv_cases())
def test_forward(case):
    x, w, b, dout, options = filled(case)
    out, _ = conv_forward_naive(x, w, b, options)
    np.testing.assert_allclose(out, conv.forward(x, w, b, **options))

@often
@given(case=conv_cases())
def test_backward(case):
    x, w, b, dout, options = filled(case)
    _, cache = conv_forward_naive(x, w, b, options)
    right = conv.backward(dout, x, w, **options)
    for one, other in zip(conv_backward_naive(dout, cache), right, strict=True):
        np.testing.assert_allclose(one, other)
"""


def _cell(source: str, **nbgrader: object) -> dict[str, Any]:
    told = {"schema_version": 3, "task": False, **nbgrader}
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": str(nbgrader.get("grade_id", "plain")),
        "metadata": {"nbgrader": told} if nbgrader else {},
        "outputs": [],
        "source": source,
    }


def _write(path: Path, cells: list[dict[str, Any]]) -> None:
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    found = {
        "cells": cells,
        "metadata": {"kernelspec": kernel},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found), "utf-8")


def notebook(path: Path, *, code: str | None) -> None:
    """Write nbgrader's notebook: the instructor's, or a student's with this code."""
    solution = {"grade": False, "solution": True, "locked": False}
    test = {"grade": True, "solution": False, "locked": True, "points": 1}
    cells = [
        _cell(code or TEMPLATE, grade_id="layers", **solution),
        _cell(FORWARD, grade_id="forward", **test),
        _cell(BACKWARD, grade_id="backward", **test),
    ]
    _write(path, cells)


def otter_notebook(path: Path, *, code: str) -> None:
    """Write a student's notebook that checks itself with otter."""
    start = "import otter\ngrader = otter.Notebook()"
    texts = (start, code, "grader.check('forward')", "grader.check('backward')")
    _write(path, [{**_cell(text), "id": f"c{n}"} for n, text in enumerate(texts)])


def otter_tests(folder: Path) -> None:
    """Write otter's two test files."""
    folder.mkdir(parents=True)
    for name, code in (("forward", FORWARD), ("backward", BACKWARD)):
        case = {"code": f">>> exec({code!r})", "hidden": False, "locked": False}
        suite = {"cases": [case], "scored": True, "type": "doctest"}
        test = {"name": name, "points": 1, "suites": [suite]}
        (folder / f"{name}.py").write_text(f"test = {test!r}\n", "utf-8")
