from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn, TypeAlias

import pytest
from in_process import InProcessSandbox, InProcessWorker
from programs import RIGHT, changed

from grader.batch import setting
from grader.calls import Request
from grader.errors import SandboxError
from grader.records import Limits, Program

Tests: TypeAlias = Callable[..., pytest.RunResult]
HEAD = """
import numpy as np
import pytest
from hypothesis import Phase, given, settings
from grader import conv_cases
"""
ZERO_BIAS = """
@settings(max_examples=10, phases=[Phase.generate])
@given(case=conv_cases())
def test_zero_bias(submission, case):
    x, w, b, conv_param = submission.arguments(case)
    out, _ = submission.conv_forward_naive(x, w, 0 * b, conv_param)
    with_b, _ = submission.forward(x, w, b, conv_param)
    np.testing.assert_allclose(with_b, out + b[:, None, None])
"""
SHAPES = """
@settings(max_examples=10)
@given(case=conv_cases(regime="stride-1/padding/square"))
def test_gradients_have_the_shapes_of_their_arrays(submission, case):
    x, w, b, conv_param = submission.arguments(case)
    _, cache = submission["conv2d"].forward(x, w, b, conv_param)
    dx, dw, db = submission.conv_backward_naive(submission.dout(case), cache)
    assert (dx.shape, dw.shape, db.shape) == (x.shape, w.shape, b.shape)
"""
ONCE = """
X, W, B = np.ones((1, 1, 2, 2)), np.ones((1, 1, 1, 1)), np.ones(1)
PARAM = {"stride": 1, "pad": 0}
def test_once(submission):
    out, cache = submission.forward(X, W, B, PARAM)
    print(out, cache, submission)
    submission.backward(out, cache)
"""


@pytest.fixture
def props(tests: Tests, pytester: pytest.Pytester) -> Tests:
    """Run these tests of an instructor's, and none of ours."""

    def run(source: str, test: str) -> pytest.RunResult:
        pytester.makepyfile(test_props=HEAD + test)
        return tests(source, "test_props.py", "-k", "test_props", "-p", "no:randomly")

    return run


def test_an_instructors_own_property_holds(props: Tests) -> None:
    props(RIGHT, ZERO_BIAS + SHAPES).assert_outcomes(passed=2, deselected=56)


def test_an_instructors_own_property_fails(props: Tests) -> None:
    ran = props(changed(" + b\n", "\n"), ZERO_BIAS)
    ran.assert_outcomes(failed=1, deselected=56)
    told = str(ran.stdout)
    assert "test_zero_bias(" in told
    assert "<functions of conv2d>" in told


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (changed("N, C", "N"), "conv_forward_naive raises ValueError"),
        (changed("return out, (x", "return out, None, (x"), "a tuple of 3 items"),
        (changed("return out,", "return None,"), "out is None, expected an array"),
        (changed("return out,", "return 1j * out,"), "out has dtype complex128"),
        (changed("return dx, dw, ", "return dx, "), "expected 3 gradients: dx, dw, db"),
        (changed("return dx,", "return 3,"), "dx is a single number (int)"),
        (changed("dx = dxp", "dx = missing"), "name 'missing' is not defined"),
    ],
)
def test_what_gives_no_answer_is_told_in_one_sentence(
    source: str, told: str, props: Tests
) -> None:
    ran = props(source, ONCE)
    ran.assert_outcomes(failed=1, deselected=56)
    assert told in str(ran.stdout)


def test_a_wrong_call_is_the_callers_fault(props: Tests) -> None:
    wrong = """
def test_wrong_calls(submission):
    with pytest.raises(TypeError, match="got 1 arguments, wanted x, w, b, conv_param"):
        submission.forward(3)
    with pytest.raises(TypeError, match="is not what conv2d's forward returned"):
        submission.backward(3, None)
    with pytest.raises(AttributeError, match="no graded function 'pool'"):
        submission.pool
"""
    props(RIGHT, wrong).assert_outcomes(passed=1, deselected=56)


def test_arguments_are_fresh_every_time(props: Tests) -> None:
    fresh = """
@given(case=conv_cases())
@settings(max_examples=5)
def test_fresh(submission, case):
    x, *_ = submission.arguments(case)
    x[:] = 0
    assert submission.arguments(case)[0].any()
"""
    props(RIGHT, fresh).assert_outcomes(passed=1, deselected=56)


def test_a_submission_without_functions_is_told(props: Tests) -> None:
    ran = props("print('nothing')", ONCE)
    ran.assert_outcomes(errors=1, deselected=56)
    assert "conv_forward_naive" in str(ran.stdout)


class Breaking(InProcessSandbox):
    """A sandbox whose workers load a program and then break."""

    def open(self, program: Program, limits: Limits) -> InProcessWorker:
        worker = super().open(program, limits)
        worker.run = broken  # type: ignore[method-assign]  # what breaks is a machine
        return worker


def broken(request: Request) -> NoReturn:
    raise SandboxError(f"the disk is full ({len(request.steps)} steps)")


@pytest.mark.parametrize("starts", [True, False], ids=["breaks", "does not start"])
def test_a_fault_of_ours_is_no_failure_of_a_property(
    starts: object, props: Tests, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(_: object) -> InProcessSandbox:
        return Breaking() if starts else broken(Request(arrays=(), steps=()))

    monkeypatch.setattr(setting, "open_sandbox", opened)
    ran = props(RIGHT, ONCE)
    ran.assert_outcomes(skipped=1, deselected=56)


def test_without_a_submission_the_fixture_says_what_it_needs(
    pytester: pytest.Pytester,
) -> None:
    pytester.makepyfile(test_props=HEAD + ONCE)
    ran = pytester.runpytest_inprocess("-p", "no:cacheprovider")
    ran.assert_outcomes(errors=1)
    assert "this test needs pytest --submission PATH" in str(ran.stdout)
