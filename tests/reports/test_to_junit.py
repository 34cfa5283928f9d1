from __future__ import annotations

from dataclasses import replace

import reports
import validators

from grader.reports.to_junit import render


def test_there_is_a_test_for_each_criterion_and_kind_of_case() -> None:
    root = validators.junit(render(reports.stride_forgotten()))
    assert root.get("tests") == str(len(reports.POINTS) * len(reports.REGIMES))
    assert root.get("failures") == "4"


def test_a_failure_says_why_and_how_to_see_it() -> None:
    root = validators.junit(render(reports.stride_forgotten()))
    failure = root.find(".//failure")
    assert failure is not None
    assert "17 forward.value" in failure.get("message", "")
    assert "import numpy as np" in (failure.text or "")


def test_what_was_not_judged_is_an_error_and_no_failure() -> None:
    root = validators.junit(render(reports.undecided()))
    assert (root.get("failures"), root.get("errors")) == ("0", "9")


def test_an_unreadable_submission_is_one_failed_test() -> None:
    root = validators.junit(render(reports.unreadable()))
    assert (root.get("tests"), root.get("failures")) == ("1", "1")


def test_a_missing_submission_is_skipped() -> None:
    root = validators.junit(render(reports.missing()))
    assert (root.get("tests"), root.get("skipped")) == ("1", "1")


def test_a_criterion_without_kinds_is_one_test() -> None:
    (exercise,) = reports.uncropped_dx().exercises
    bare = tuple(replace(line, regimes=()) for line in exercise.criteria)
    report = reports.graded(replace(exercise, criteria=bare, counterexamples=()))
    root = validators.junit(render(report))
    assert (root.get("tests"), root.get("failures")) == ("7", "2")
