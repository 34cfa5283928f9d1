from __future__ import annotations

from dataclasses import replace

import pytest
import reports

from grader.assignment import Feedback
from grader.messages.en import explaining, judging
from grader.records import Message
from grader.report import Report
from grader.reports import shown, to_html
from grader.reports.shown import for_student

SCORE_ONLY = Feedback(
    boundaries=False,
    counterexamples=False,
    diagnosis=False,
    footprint=False,
    output=False,
)


def summary_of(report: Report) -> tuple[Message, ...]:
    (exercise,) = report.exercises
    return exercise.summary


def saying(*names: str) -> Report:
    """Return a wrong report whose summary is these messages."""
    report = reports.uncropped_dx()
    (exercise,) = report.exercises
    summary = tuple(Message(id=name) for name in names)
    return replace(report, exercises=(replace(exercise, summary=summary),))


def test_by_default_a_student_sees_everything() -> None:
    for report in reports.every_ending().values():
        assert for_student(report, Feedback()) == report


def test_score_only_leaves_points_and_no_reason() -> None:
    shown = for_student(reports.stride_forgotten(), SCORE_ONLY)
    (exercise,) = shown.exercises
    assert shown.score == 83
    assert not exercise.summary
    assert not exercise.counterexamples
    assert not exercise.boundaries
    assert exercise.footprint is None
    assert not any(line.lines or line.regimes for line in exercise.criteria)
    assert not shown.output


def test_the_page_of_a_score_gives_nothing_away() -> None:
    page = to_html.render(for_student(reports.stride_forgotten(), SCORE_ONLY))
    assert "stride &gt; 1" not in page
    assert "np.array" not in page
    assert "starting" not in page


def test_why_something_is_unreadable_is_always_told() -> None:
    report = reports.unreadable()
    assert for_student(report, SCORE_ONLY) == report


def test_a_right_program_is_told_so() -> None:
    report = reports.right()
    assert summary_of(for_student(report, SCORE_ONLY)) == summary_of(report)


@pytest.mark.parametrize(
    ("hidden", "name"),
    [
        (Feedback(boundaries=False), "where.one.always"),
        (Feedback(counterexamples=False), "tensor.value"),
        (Feedback(footprint=False), "footprint.shifted"),
        (Feedback(diagnosis=False), "look.x"),
    ],
)
def test_parts_are_hidden_one_by_one(hidden: Feedback, name: str) -> None:
    names = ["where.one.always", "tensor.value", "footprint.shifted", "look.x"]
    kept = summary_of(for_student(saying(*names), hidden))
    assert [message.id for message in kept] == [it for it in names if it != name]


def test_a_sentence_that_nobody_knows_is_hidden_with_any_part() -> None:
    report = saying("my.own.sentence", "look.footprint")
    kept = summary_of(for_student(report, Feedback(diagnosis=False)))
    assert [message.id for message in kept] == ["look.footprint"]


def test_a_diagnosis_is_known_by_its_own_sentences() -> None:
    report = reports.uncropped_dx()
    shown = for_student(report, Feedback(diagnosis=False))
    (exercise,) = report.exercises
    (diagnosis,) = exercise.diagnoses
    assert diagnosis.hint not in summary_of(shown)
    assert diagnosis.behaves_like not in summary_of(shown)
    assert exercise.boundaries[0].message in summary_of(shown)


def test_a_problem_and_a_footprint_are_known_by_their_own_sentences() -> None:
    report = reports.stride_forgotten()
    (exercise,) = report.exercises
    assert exercise.footprint is not None
    told = (exercise.counterexamples[0].problem, exercise.footprint.message)
    report = replace(report, exercises=(replace(exercise, summary=told),))
    shown = for_student(report, replace(SCORE_ONLY, footprint=True))
    assert summary_of(shown) == told[1:]


#: Parts of other sentences, and lines of the points.
NO_SENTENCES = ("axis.", "condition.", "lost.", "shift.")


def test_every_sentence_of_a_summary_is_known_for_what_it_tells() -> None:
    told = shown.TELLS.keys() | {"undecided", "value"}
    known = (*NO_SENTENCES, *(f"{start}." for start in told))
    names = (*explaining.TEMPLATES, *judging.TEMPLATES)
    assert [name for name in names if not name.startswith(known)] == []


def test_a_note_that_tells_of_an_exception_is_hidden_with_where_it_is() -> None:
    names = ("session.documented_cache", "loading.note.whole")
    report = replace(reports.right(), notes=tuple(Message(id=name) for name in names))
    shown = for_student(report, Feedback(boundaries=False))
    assert [note.id for note in shown.notes] == ["loading.note.whole"]
    assert for_student(report, Feedback()) == report
