from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from in_process import InProcessSandbox
from judging import corpus_of

from grader.assignment import Assignment, GradedExercise
from grader.exercises import load_exercise
from grader.report import Identity, Outcome
from grader.session import Setting, grade_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.report import Report

EXAMPLES: Final = Path(__file__).parents[2] / "submissions"
FORWARD: Final = ("forward.shape", "forward.value")
BACKWARD: Final = ("backward.shape", "backward.dx", "backward.dw", "backward.db")
HYGIENE: Final = "hygiene.inputs_unchanged"

REGIMES: Final = tuple(dict.fromkeys(e.case.regime for e in corpus_of().entries))
WITHOUT_PADDING: Final = {r for r in REGIMES if "/no-padding/" in r}
WITH_PADDING: Final = set(REGIMES) - WITHOUT_PADDING
STRIDED: Final = {r for r in REGIMES if r.startswith("stride-2+")}
RECTANGULAR: Final = {r for r in REGIMES if r.endswith("rectangular")}
EVERYWHERE: Final = set(REGIMES)
SOMEWHERE: Final[set[str]] = set()  # which of them, the published sizes decide

# What each wrong example loses: the criteria and kinds of case that its name says.
LOSES: Final[Mapping[str, Mapping[str, set[str]]]] = {
    "wrong_backward_loops_over_the_image.py": {
        # It returns arrays of the right shape where out is as large as x.
        "backward.shape": SOMEWHERE,
        **dict.fromkeys(BACKWARD[1:], EVERYWHERE),
    },
    "wrong_bias_left_out_of_forward.py": {"forward.value": EVERYWHERE},
    "wrong_db_summed_over_too_few_axes.py": {
        "backward.shape": EVERYWHERE,
        "backward.db": EVERYWHERE,
    },
    "wrong_dw_leaves_out_the_stride.py": {"backward.dw": STRIDED},
    "wrong_dx_crop_hard_coded_to_one.py": {
        "backward.shape": EVERYWHERE,
        "backward.dx": EVERYWHERE,
    },
    "wrong_dx_not_cropped_without_padding.py": {
        "backward.shape": WITHOUT_PADDING,
        "backward.dx": WITHOUT_PADDING,
    },
    "wrong_forward_flips_the_kernel.py": {"forward.value": EVERYWHERE},
    "wrong_forward_pad_hard_coded_to_one.py": {
        "forward.shape": WITH_PADDING,
        "forward.value": EVERYWHERE,
    },
    "wrong_forward_takes_height_for_width.py": dict.fromkeys(FORWARD, RECTANGULAR),
    "wrong_square_kernels_assumed.py": dict.fromkeys(
        (*FORWARD, *BACKWARD, HYGIENE), RECTANGULAR
    ),
    "wrong_weights_flipped_in_place.py": {HYGIENE: EVERYWHERE},
}
# What a student is told, where the mistake has a name.
NAMED: Final = {
    "wrong_backward_loops_over_the_image.py": {"backward_loops_over_the_image"},
    "wrong_bias_left_out_of_forward.py": {"bias_left_out"},
    "wrong_db_summed_over_too_few_axes.py": {"db_over_images_and_rows_only"},
    "wrong_dw_leaves_out_the_stride.py": {"dw_windows_start_without_stride"},
    "wrong_dx_crop_hard_coded_to_one.py": {"dx_cut_by_one"},
    "wrong_dx_not_cropped_without_padding.py": {"dx_cut_with_minus_pad"},
    "wrong_forward_flips_the_kernel.py": {"kernel_turned"},
    "wrong_forward_pad_hard_coded_to_one.py": {"pad_of_one_but_in_the_size"},
    "wrong_forward_takes_height_for_width.py": {"height_used_for_width"},
    # Its backward only raises, to which there are a hundred ways.
    "wrong_square_kernels_assumed.py": {"square_kernels_by_width"},
    "wrong_weights_flipped_in_place.py": set(),
}
CORRECT: Final = sorted(path.name for path in EXAMPLES.glob("correct_*"))


@cache
def report_on(name: str, seed: int = 1) -> Report:
    exercise = load_exercise("conv2d")
    corpus = corpus_of(seed=seed)
    setting = Setting(
        assignment=Assignment(exercises=(GradedExercise(layer=exercise.name),)),
        corpora=(corpus,),
        sandbox=InProcessSandbox(),
        seed=seed,
        corpus_digest=corpus.digest,
        search=0,
    )
    return grade_path(EXAMPLES / name, setting, identity=Identity(submission=name))


def lost(report: Report) -> dict[str, set[str]]:
    """Return the kinds of case in which each criterion lost anything."""
    (graded,) = report.exercises
    losses = {
        line.criterion: {r.regime for r in line.regimes if r.earned < 1}
        for line in graded.criteria
    }
    return {criterion: regimes for criterion, regimes in losses.items() if regimes}


def points(report: Report) -> list[float | None]:
    return [line.points for line in report.exercises[0].criteria]


def test_every_example_is_tested_here_or_hostile() -> None:
    known = {*CORRECT, *LOSES, "template_unfilled.py"}
    left = {path.name for path in EXAMPLES.iterdir()} - known
    assert all(name.startswith("hostile_") for name in left)
    assert len(known) + len(left) >= 14


def test_the_right_ones_come_in_five_styles_two_of_them_notebooks() -> None:
    assert len(CORRECT) >= 5
    assert sum(name.endswith(".ipynb") for name in CORRECT) == 2


@pytest.mark.parametrize("name", CORRECT)
def test_a_right_example_gets_every_point_without_a_remark(name: str) -> None:
    report = report_on(name)
    assert (report.score, lost(report)) == (report.max_score, {})
    assert report.exercises[0].diagnoses == ()


@pytest.mark.parametrize("name", LOSES)
def test_a_wrong_example_loses_what_its_name_says(name: str) -> None:
    losses = lost(report_on(name))
    assert losses == {k: v or losses.get(k) for k, v in LOSES[name].items()}


@pytest.mark.parametrize("name", LOSES)
def test_a_wrong_example_is_told_its_mistake_by_name(name: str) -> None:
    diagnoses = report_on(name).exercises[0].diagnoses
    named = [{diagnosis.misconception, *diagnosis.twins} for diagnosis in diagnoses]
    assert len(named) == len(NAMED[name])
    assert all(names & NAMED[name] for names in named)


def test_consistent_gradients_of_a_flipped_kernel_are_credited() -> None:
    lines = report_on("wrong_forward_flips_the_kernel.py").exercises[0].criteria
    credited = {
        line.criterion
        for line in lines
        if any(regime.follow_through for regime in line.regimes)
    }
    assert credited == {"backward.dx", "backward.dw"}


def test_the_unfilled_template_gets_nothing() -> None:
    report = report_on("template_unfilled.py")
    assert report.outcome in {Outcome.GRADED, Outcome.UNREADABLE}
    assert report.score == 0


@pytest.mark.nightly
@pytest.mark.parametrize("name", [*CORRECT, *LOSES])
def test_an_example_has_one_score_on_fifty_seeds(name: str) -> None:
    first = points(report_on(name))
    assert all(points(report_on(name, seed=seed)) == first for seed in range(50))
