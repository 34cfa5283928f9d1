from __future__ import annotations

from dataclasses import replace

import pytest
import reports
import validators
from reports import said

from grader.records import Message
from grader.report import Report
from grader.reports import (
    to_github_annotations,
    to_github_classroom,
    to_github_summary,
)


def commands_of(report: Report) -> dict[str, list[str]]:
    return validators.workflow_commands(to_github_annotations.render(report))


def test_every_wrong_criterion_is_an_error_in_the_file() -> None:
    errors = commands_of(reports.uncropped_dx())["error"]
    assert len(errors) == 2
    assert all(error.startswith("::error file=layers.py,line=1,") for error in errors)


def test_the_line_that_a_message_names_is_annotated() -> None:
    (error,) = commands_of(reports.unreadable())["error"]
    assert error.startswith("::error file=layers.py,line=14,title=convgrade::line 14")


def test_a_line_inside_another_message_is_found_with_its_file() -> None:
    inner = Message(id="call.raised_at", values={"line": 7, "unit": "im2col.py"})
    outer = Message(id="page.plain", values={"text": inner})
    (exercise,) = reports.uncropped_dx().exercises
    lines = tuple(
        replace(line, lines=(outer,)) if line.lines else line
        for line in exercise.criteria
    )
    report = reports.graded(replace(exercise, criteria=lines))
    assert "file=im2col.py,line=7," in commands_of(report)["error"][0]


def test_our_own_fault_is_a_warning_and_no_error() -> None:
    found = commands_of(reports.undecided())
    assert "error" not in found
    assert len(found["warning"]) == 2


def test_a_report_without_files_is_annotated_without_one() -> None:
    report = reports.uncropped_dx()
    nameless = replace(report, identity=replace(report.identity, files=()))
    assert commands_of(nameless)["error"][0].startswith("::error title=")


def test_at_most_ten_errors_are_written() -> None:
    report = reports.uncropped_dx()
    report = replace(report, exercises=report.exercises * 8)
    assert len(commands_of(report)["error"]) == 10


def test_of_a_long_summary_whole_blocks_are_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(to_github_summary, "MOST_BYTES", 600)
    text = to_github_summary.render(reports.stride_forgotten())
    assert len(text.encode()) < 700
    validators.markdown(text)
    assert "83 / 100" in text


def test_the_summary_of_a_flood_stays_below_the_limit() -> None:
    flood = replace(reports.right(), output="☃\n" * 60_000, notes=(said("x" * 2000),))
    text = to_github_summary.render(flood)
    assert len(text.encode()) < 1024 * 1024


def test_the_old_reporter_gets_parts_of_equal_size() -> None:
    result = validators.github_classroom(
        to_github_classroom.render(reports.uncropped_dx())
    )
    scores = {test["score"] for test in result["tests"] if test["status"] == "pass"}
    assert scores == {1}
    assert result["status"] == "fail"


def test_the_old_reporter_is_told_of_an_error_without_a_score() -> None:
    text = to_github_classroom.render(reports.undecided())
    result = validators.github_classroom(text)
    assert (result["status"], result["max_score"]) == ("error", 0)
