from __future__ import annotations

import pytest
from judging import corpus_of, judge
from programs import RIGHT, changed

from grader.explain.diagnose import diagnose

CONV = corpus_of().exercise
RETURN = "    return out, (x, w, b, conv_param)"


def named(source: str, tensor: str = "out") -> str | None:
    judged = judge(source)
    failed = frozenset(v.case for v in judged.verdicts if v.message)
    found = diagnose(CONV, tensor, runs=judged.runs, failed=failed)
    return found.misconception if found else None


@pytest.mark.parametrize("error", ["ValueError('mine')", "IndexError", "KeyError('p')"])
def test_what_raises_in_every_case_is_named_nothing(error: str) -> None:
    assert named(changed(RETURN, f"    raise {error}")) is None


def test_a_right_tensor_is_never_named() -> None:
    for tensor in ("out", *CONV.gradients):
        assert named(RIGHT, tensor) is None


def test_a_missing_bias_is_named() -> None:
    assert named(changed("+ b", "+ 0")) == "bias_left_out"
