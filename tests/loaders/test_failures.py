"""A program that fails while running is told why, where reading the code shows it."""

from __future__ import annotations

import numpy as np
import pytest
from handed_in import BACKWARD, FORWARD, extraction
from in_process import InProcessSandbox

from grader import calls
from grader.loaders import Extraction, failures
from grader.messages import render
from grader.records import Limits


def failed(found: Extraction) -> calls.Raised:
    """Return what the forward call really raises on a small image."""
    arrays = (np.ones((1, 1, 4, 4)), np.ones((1, 1, 2, 2)), np.ones(1))
    step = calls.Forward(arrays=(0, 1, 2), options={"stride": 1, "pad": 0}, slot=0)
    with InProcessSandbox().open(found.program, Limits()) as worker:
        (seen,) = worker.run(calls.Request(arrays=arrays, steps=(step,)))
    assert isinstance(seen, calls.Raised), seen
    return seen


def explained(body: str, before: str = "import numpy as np\n") -> str:
    source = before + FORWARD.replace("return x, w", body) + BACKWARD
    found = extraction(source)
    message = failures.explain(found, failed(found))
    return "" if message is None else render(message)


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (
            "H = x.shape[2] / 2\n    return np.zeros((H, H)), 1",
            "H is a float because of /",
        ),
        ("H, W = 4 / 2, 4 / 2\n    return np.zeros((3, W)), 1", "W is a float"),
        ("H = 1 + (4 - 2) / 1\n    for i in range(H): pass", "H is a float"),
        ("H = 4 / 2\n    return x[:, :, :H], 1", "H is a float"),
        ("H = 4 / 2\n    return x[0, 0, H], 1", "H is a float"),
        ("return np.zeros(4 / 2), 1", "/ makes a float where a whole number is needed"),
        ("return [0] * (4 / 2), 1", "/ makes a float"),
        ("for i in xrange(3): pass", "xrange is range now"),
        ("return raw_input(), 1", "raw_input is input now"),
        ("return unicode(1), 1", "unicode is str now"),
        ("return conv_param.iteritems(), 1", "iteritems is items now"),
        ("return conv_param.has_key(1), 1", "has_key is in now"),
        ("import sys\n    print >> sys.stderr, 'x'", "print is a function now"),
        ("return np.product(x.shape), 1", "np.product is gone from NumPy; use np.prod"),
        ("return np.float(1), 1", "np.float is gone from NumPy; use float"),
        ("return float(np.ones((1, 1)) + np.ones(2)), 1", "no longer take an array"),
        ("import nndl\n    return 1, 2", "uses nndl, which is not part of"),
    ],
)
def test_a_known_failure_is_told_in_words(body: str, wanted: str) -> None:
    if "np." in body.partition("return")[2] and hasattr(np, body.split("np.")[1][:7]):
        pytest.skip("this NumPy still has it")
    assert wanted in explained(body)


@pytest.mark.parametrize("name", failures.USUAL_IMPORTS)
def test_a_usual_import_that_was_forgotten_is_named(name: str) -> None:
    told = explained(f"return {name}.x, 1", before="")
    assert f"`{failures.USUAL_IMPORTS[name]}` is missing" in told


def test_a_name_from_a_missing_module_is_told() -> None:
    before = "from nndl.im2col import columns\n"
    assert explained("return columns(x), 1", before) == (
        "columns comes from nndl.im2col (layers.py, line 1), which is not part of the"
        " submission and not installed here."
    )


def test_a_star_import_of_a_missing_module_is_suspected() -> None:
    before = "from nndl.im2col import *\n"
    assert "comes from nndl.im2col" in explained("return columns(x), 1", before)


@pytest.mark.parametrize(
    "body",
    ["return np.no_such(x), 1", "return 1 / 0, 1", "return no_such, 1", "x.no()"],
)
def test_of_other_failures_nothing_is_said(body: str) -> None:
    assert explained(body) == ""


@pytest.mark.parametrize(
    "expression",
    ["4 // 2", "int(4 / 2)", "x[4 / 2]", "(4 / 2) // 1", "3", "np.int64(4 / 2)"],
)
def test_a_division_made_whole_again_is_no_float(expression: str) -> None:
    body = f"H = {expression} if False else 2.5\n    return np.zeros(H), 1"
    assert explained(body) == ""


def test_a_failure_without_lines_is_no_failure_of_ours() -> None:
    found = extraction(FORWARD + BACKWARD)
    raised = calls.Raised(type_name="TypeError", text="slice indices must be integers")
    assert failures.explain(found, raised) is None


@pytest.mark.parametrize(
    ("name", "helps"), [("TABLE", True), ("xrange", False), ("columns", False)]
)
def test_the_whole_file_is_run_for_a_name_that_it_may_define(
    name: str, *, helps: bool
) -> None:
    before = "from nndl import columns\nexec('TABLE = 1')\n"
    source = before + FORWARD.replace("return x", f"return {name}, columns") + BACKWARD
    raised = calls.Raised(type_name="NameError", text=f"name '{name}' is not defined")
    assert failures.whole_may_help(extraction(source), raised) is helps


@pytest.mark.parametrize("text", ["globals()['f'](x)", "eval('f(x)')", "vars()['f']"])
def test_the_whole_file_is_run_where_names_are_looked_up_as_texts(text: str) -> None:
    raised = calls.Raised(type_name="KeyError", text="'f'")
    source = FORWARD.replace("return x", f"return {text}") + BACKWARD
    assert failures.whole_may_help(extraction(source), raised)


def test_the_whole_file_helps_against_no_other_failure() -> None:
    raised = calls.Raised(type_name="ValueError", text="name 'x' is not defined")
    assert not failures.whole_may_help(extraction(FORWARD + BACKWARD), raised)
