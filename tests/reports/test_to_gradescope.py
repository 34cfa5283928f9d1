from __future__ import annotations

import reports
import validators

from grader.reports.to_gradescope import render


def test_a_test_has_the_points_of_its_criterion() -> None:
    result = validators.gradescope(render(reports.uncropped_dx()))
    dx = next(test for test in result["tests"] if test["name"] == "backward.dx")
    assert (dx["score"], dx["max_score"], dx["status"]) == (10, 20, "failed")


def test_without_a_score_no_line_has_one() -> None:
    result = validators.gradescope(render(reports.undecided()))
    assert "score" not in result
    assert not any("score" in test for test in result["tests"])
    assert "status" not in result["tests"][-1]


def test_what_a_submission_printed_is_not_in_the_result() -> None:
    assert "starting" not in render(reports.stride_forgotten())


def test_an_instructors_points_count() -> None:
    result = validators.gradescope(render(reports.overridden()))
    assert result["score"] == 93
