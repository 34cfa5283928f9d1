from __future__ import annotations

import json
from dataclasses import replace

import reports
import validators
from hypothesis import given
from hypothesis import strategies as st

from grader.reports.to_classroom50 import render

RUNNER = {
    "CLASSROOM": "cs231n",
    "ASSIGNMENT": "a2",
    "MODE": "group",
    "USERNAME": "kim",
    "SUBMISSION_TAG": "submit/2026-09-01T10-00-00Z-abc1234",
    "COMMIT_URL": "https://example.org/c",
    "RELEASE_URL": "https://example.org/r",
    "REVIEW_URL": "https://example.org/v",
    "DATETIME": "2026-09-01T10:00:00Z",
}


def test_what_the_runner_tells_is_in_the_result() -> None:
    result = validators.classroom50(render(reports.right(), environment=RUNNER))
    told = {key: result[key] for key in result if result[key] in RUNNER.values()}
    assert len(told) == len(RUNNER)


@given(environment=st.dictionaries(st.sampled_from(sorted(RUNNER)), st.text()))
def test_any_environment_gives_a_valid_result(environment: dict[str, str]) -> None:
    validators.classroom50(render(reports.right(), environment=environment))


def test_without_a_score_the_result_is_nothing_out_of_nothing() -> None:
    result = validators.classroom50(render(reports.undecided()))
    assert (result["score"], result["max-score"]) == (0, 0)
    assert result["tests"][0]["status"] == "undecided"


def test_an_unreadable_submission_has_no_points_of_a_hundred() -> None:
    result = validators.classroom50(render(reports.unreadable()))
    assert (result["score"], result["max-score"]) == (0, 100)


def test_fractions_become_whole_points_and_stay_beside_them() -> None:
    report = reports.right()
    (exercise,) = report.exercises
    first, second, *rest = exercise.criteria
    halves = (replace(first, points=7.5), replace(second, points=32.5), *rest)
    changed = replace(
        report, score=95.0, exercises=(replace(exercise, criteria=halves),)
    )
    result = validators.classroom50(render(changed))
    assert result["score"] == 95
    assert [test["points"] for test in result["tests"]][:2] == [7.5, 32.5]
    assert json.dumps(result)
