from __future__ import annotations

from dataclasses import replace

import pytest
from written_reports import NO_PADDING, WHOLE, line, wrong_dx

from grader.records import Message
from grader.report import Boundary, CriterionScore, ExerciseReport
from grader.reports import wording
from grader.reports.words import Words


def standing(lost: CriterionScore, *boundaries: Boundary, language: str = "en") -> str:
    exercise = ExerciseReport(
        exercise="conv2d", criteria=(lost,), boundaries=boundaries
    )
    return wording.standing(lost, exercise, Words(language=language))


LOST = line("backward.dx", points=10)


def test_a_boundary_is_told_in_place_of_a_count() -> None:
    assert standing(LOST, NO_PADDING) == "wrong when pad = 0"


def test_two_conditions_are_told_together() -> None:
    both = replace(NO_PADDING, literals=("pad = 0", "stride > 1"))
    assert standing(LOST, both) == "wrong when pad = 0 and stride > 1"


def test_a_boundary_of_another_criterion_says_nothing() -> None:
    other = replace(NO_PADDING, criterion="forward.value")
    assert standing(LOST, other) == "wrong in 1 of 2 kinds of case"


def test_wrong_everywhere_is_said_so() -> None:
    everywhere = replace(LOST, regimes=LOST.regimes[:1])
    assert standing(everywhere) == "wrong in every kind of case"
    assert standing(replace(LOST, regimes=())) == "wrong"


def test_kinds_that_are_partly_wrong_are_counted_by_their_cases() -> None:
    failed = replace(LOST.regimes[0], failed=("thin", "corner"), cases=3)
    partly = replace(LOST, regimes=(failed, replace(LOST.regimes[1], cases=3)))
    assert standing(partly) == "wrong in 2 of 6 cases"
    assert standing(partly, NO_PADDING) == "wrong when pad = 0"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "nothing to judge where no answer came"),
        ("ko", "답이 없는 경우에는 판단할 것이 없음"),
    ],
)
def test_inputs_of_calls_without_an_answer_are_not_called_wrong(
    language: str, said: str
) -> None:
    lost = replace(LOST, standing=Message(id="report.nothing_to_judge"))
    assert standing(lost, NO_PADDING, language=language) == said


def test_credit_for_the_own_forward_is_named() -> None:
    followed = replace(
        line("backward.dx"), regimes=(replace(WHOLE, follow_through=True),)
    )
    assert standing(followed) == "right for your own forward"


def test_korean_has_the_same_shape() -> None:
    assert standing(LOST, NO_PADDING, language="ko") == "다음 조건에서 틀림: pad = 0"


def test_points_lose_their_zeros_and_nothing_else() -> None:
    assert [wording.points(p) for p in (85.0, 2.5, 0.0, None)] == [
        "85",
        "2.5",
        "0",
        "-",
    ]


def test_a_report_with_criteria_gives_no_reason() -> None:
    assert wording.reason(wrong_dx()) is None
