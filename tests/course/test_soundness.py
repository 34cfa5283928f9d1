from __future__ import annotations

from dataclasses import replace

import pytest
from written_reports import right, undecided, unreadable, wrong_dx

from grader.course.soundness import Role, Trial, complaints, is_undecided
from grader.records import Limits, Message
from grader.report import Report
from grader.reports.words import Words

LIMITS = Limits()
UNFILLED = Message(
    id="loading.hint.unfilled", values={"name": "conv_forward_naive", "line": 4}
)


def told(role: Role, report: Report, limits: Limits = LIMITS) -> tuple[str, ...]:
    trial = Trial(role=role, name="it.py", report=report)
    return complaints(trial, limits, words=Words())


def with_summary(report: Report, *summary: Message) -> Report:
    exercises = tuple(replace(e, summary=summary) for e in report.exercises)
    return replace(report, exercises=exercises)


def test_a_right_solution_has_nothing_to_complain_of() -> None:
    assert told(Role.SOLUTION, right()) == ()


def test_a_wrong_solution_is_told_line_by_line() -> None:
    shape, dx = told(Role.SOLUTION, wrong_dx())
    assert shape.startswith("conv2d backward.shape 5 / 10: wrong")
    assert dx.startswith("conv2d backward.dx 10 / 20: wrong")


def test_a_solution_that_cannot_be_read_says_why() -> None:
    assert told(Role.SOLUTION, unreadable())


def test_what_only_a_drawn_case_shows_is_told() -> None:
    report = right()
    exercises = tuple(replace(e, flagged=True) for e in report.exercises)
    [sentence] = told(Role.SOLUTION, replace(report, exercises=exercises))
    assert "wrong in one that was drawn" in sentence


def test_a_solution_that_needs_most_of_the_time_is_told() -> None:
    report = right()
    slow = replace(report, provenance=replace(report.provenance, student_seconds=31.0))
    [sentence] = told(Role.SOLUTION, slow)
    assert sentence.startswith("it needs 31.0 s of the 60 s")


def test_a_template_that_earns_points_is_told() -> None:
    points, unfilled = told(Role.TEMPLATE, right())
    assert points == "it gets 100 points as it is handed out"
    assert unfilled.endswith("it is not recognised as unfilled")


def test_an_unfilled_template_is_as_it_should_be() -> None:
    nothing = with_summary(replace(right(), score=0.0), UNFILLED)
    assert told(Role.TEMPLATE, nothing) == ()


def test_a_template_that_cannot_be_read_earns_nothing_for_a_wrong_reason() -> None:
    sentences = told(Role.TEMPLATE, unreadable())
    assert len(sentences) >= 2


def test_an_unfilled_template_may_be_unreadable_for_that() -> None:
    assert told(Role.TEMPLATE, replace(unreadable(), reason=UNFILLED)) == ()


@pytest.mark.parametrize("role", Role)
def test_what_is_undecided_is_no_complaint(role: Role) -> None:
    report = undecided()
    assert is_undecided(Trial(role=role, name="it.py", report=report))
    assert told(role, report) == ()
