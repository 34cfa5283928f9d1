from __future__ import annotations

from dataclasses import replace

import reports
import validators

from grader.reports.to_markdown import render


def test_the_first_line_has_file_and_score() -> None:
    assert render(reports.uncropped_dx()).splitlines()[0] == (
        "## `layers.py`: 85 / 100 points"
    )


def test_wrong_numbers_are_in_brackets() -> None:
    assert "[-9]" in render(reports.stride_forgotten())


def test_what_was_printed_is_folded() -> None:
    html = validators.markdown(render(reports.stride_forgotten()))
    assert "<details><summary>What the program printed</summary>" in html


def test_two_layers_have_headings() -> None:
    report = reports.right()
    (exercise,) = report.exercises
    pool = replace(exercise, exercise="max_pool")
    text = render(replace(report, exercises=(exercise, pool)))
    assert "### max\\_pool" in text


def test_an_override_is_told_beside_the_line() -> None:
    assert "set by your instructor: agreed in office" in render(reports.overridden())
