from __future__ import annotations

from dataclasses import replace

import reports
from reports import said

from grader.records import Message
from grader.report import CriterionScore, ExerciseReport
from grader.reports import findings
from grader.reports.words import Words


def wrong_line() -> tuple[CriterionScore, ExerciseReport]:
    (exercise,) = reports.uncropped_dx().exercises
    return next(c for c in exercise.criteria if c.criterion == "backward.dx"), exercise


def test_everything_known_of_a_criterion_is_told_once() -> None:
    told = findings.findings(*wrong_line(), words=Words())
    assert len(set(told)) == len(told) == 5
    assert "10 backward.dx" in told[0]


def test_a_condition_that_a_line_has_told_is_not_told_again() -> None:
    line, exercise = wrong_line()
    condition = exercise.boundaries[0].message
    nested = Message(id="page.title", values={"name": condition})
    told = findings.findings(replace(line, lines=(nested,)), exercise, words=Words())
    assert not any(sentence.startswith("wrong when") for sentence in told)


def test_a_right_criterion_is_right() -> None:
    (exercise,) = reports.right().exercises
    assert findings.findings(exercise.criteria[0], exercise, words=Words()) == (
        "right",
    )


def test_a_criterion_is_named_with_its_layer_where_there_are_several() -> None:
    report = reports.right()
    (exercise,) = report.exercises
    both = replace(report, exercises=(exercise, replace(exercise, exercise="pool")))
    name = findings.name_of(exercise.criteria[0], exercise, both)
    assert name == "conv2d.forward.shape"


def test_the_first_sentences_are_reason_summary_notes_and_comments() -> None:
    report = replace(reports.overridden(), reason=said("why"), notes=(said("note"),))
    told = findings.overall(report, words=Words())
    assert told[0] == "why"
    assert told[-3] == "note"
    assert told[-1] == "Your instructor writes: Nice im2col!"


def test_what_is_wrong_always_has_no_condition() -> None:
    line, exercise = wrong_line()
    always = replace(exercise.boundaries[0], literals=(), message=said("always"))
    told = findings.findings(
        line, replace(exercise, boundaries=(always,)), words=Words()
    )
    assert "wrong when always" not in told
