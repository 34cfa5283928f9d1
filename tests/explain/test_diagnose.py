from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

import pytest
from judging import corpus_of, judge
from mistaken import MistakenWorker
from programs import RIGHT, changed, program
from student_styles import STYLES

from grader.engine.grade import build_engine
from grader.explain.diagnose import diagnose
from grader.misconceptions.conv2d import MISCONCEPTIONS

if TYPE_CHECKING:
    from grader.engine.grade import Judged
    from grader.misconceptions import Misconception
    from grader.report import Diagnosis

TENSORS = ("out", "dx", "dw", "db")


def diagnoses(judged: Judged) -> dict[str, Diagnosis]:
    exercise = judged.corpus.exercise
    failed = frozenset(v.case for v in judged.verdicts if v.message)
    found = {
        tensor: diagnose(exercise, tensor, runs=judged.runs, failed=failed)
        for tensor in TENSORS
    }
    return {tensor: one for tensor, one in found.items() if one is not None}


def named(source: str) -> dict[str, str]:
    return {t: d.misconception for t, d in diagnoses(judge(source)).items()}


@pytest.mark.parametrize("source", [RIGHT, STYLES[1]])
def test_nothing_right_is_ever_named(source: str) -> None:
    assert named(source) == {}


@pytest.mark.parametrize(
    "mistake",
    [m for m in MISCONCEPTIONS[::25] if not m.refuses],
    ids=attrgetter("name"),
)
def test_a_misconception_is_called_by_its_name_if_it_shows(
    mistake: Misconception,
) -> None:
    convention = program("").convention
    engine = build_engine(
        corpus_of(),
        MistakenWorker(mistake),
        convention=convention,
        follow_through=False,
    )
    for tensor, found in diagnoses(engine.grade()).items():
        assert (
            mistake.name in {found.misconception, *found.twins}
            or tensor not in mistake.tensors
        )


@pytest.mark.parametrize(
    ("old", "new", "tensor", "name"),
    [
        ("+ b", "+ 0", "out", "bias_left_out"),
        ("p:p+x.shape[2], p:p+x.shape[3]", "p:-p, p:-p", "dx", "dx_cut_with_minus_pad"),
        ("axis=(0, 2, 3))", "axis=(0, 2, 3)) / len(x)", "db", "db_divided_by_images"),
    ],
)
def test_real_programs_are_named(old: str, new: str, tensor: str, name: str) -> None:
    assert named(changed(old, new)) == {tensor: name}


@pytest.mark.parametrize(
    "raising",
    [
        "    assert s == 1\n",
        "    if p: np.zeros(2) + np.zeros(3)\n",
        "    range(1.5)\n",
    ],
)
def test_an_exception_alone_has_no_name(raising: str) -> None:
    start = "    out = np.zeros((N, F, Ho, Wo))\n"
    assert named(changed(start, raising + start)) == {}


@pytest.mark.parametrize(
    ("check", "name"),
    [
        (
            "assert (H - HH) % s == 0 and (W - WW) % s == 0",
            "sizes_checked_before_padding",
        ),
        (
            "if (H - HH) % s or (W - WW) % s:\n        raise ValueError('sizes')",
            "sizes_checked_before_padding",
        ),
    ],
)
def test_a_check_of_the_programs_own_is_named(check: str, name: str) -> None:
    start = "    out = np.zeros((N, F, Ho, Wo))\n"
    assert named(changed(start, f"    {check}\n" + start)) == {"out": name}


def test_right_numbers_of_a_wrong_kind_have_no_name() -> None:
    assert named(changed("    return out,", "    return out.tolist(),")) == {}
    assert (
        named(changed("    return out, (x, w, b, conv_param)", "    return out")) == {}
    )


def test_a_case_without_a_backward_has_no_named_gradient() -> None:
    source = changed("    return out, (x, w, b, conv_param)", "    raise SystemExit")
    assert named(source) == {}
