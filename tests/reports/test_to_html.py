from __future__ import annotations

import re
from dataclasses import replace

import pytest
import reports
import validators
from reports import said

from grader.records import Message, Status
from grader.reports import to_html
from grader.reports.words import Words


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_hostile_report_is_shown_and_does_nothing(language: str) -> None:
    text = validators.html(
        to_html.render(reports.hostile(), language=language, staff=True)
    )
    assert "document.title='owned'" in text
    assert "{{ 7*7 }}" in text
    assert "\\x1b[31m" in text


def test_the_page_says_what_to_fix_before_anything_else() -> None:
    text = validators.html(to_html.render(reports.uncropped_dx()))
    order = ["85 / 100", "What to fix", "[pad:-pad]", "dx has shape", "Points"]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_the_lines_add_up_to_what_was_lost() -> None:
    report = reports.uncropped_dx()
    (exercise,) = report.exercises
    assert (
        to_html.lost(exercise.criteria) == report.max_score - (report.score or 0) == 15
    )


def test_nobody_says_what_was_lost_while_something_is_undecided() -> None:
    (exercise,) = reports.undecided().exercises
    assert to_html.lost(exercise.criteria) is None


def test_counterexamples_that_show_the_same_are_one() -> None:
    (exercise,) = reports.uncropped_dx().exercises
    (only,) = to_html.examples(exercise)
    assert only.criteria == ("backward.dx", "backward.shape")


def test_what_is_told_at_the_top_is_not_told_again_at_the_drawing() -> None:
    (exercise,) = reports.uncropped_dx().exercises
    (only,) = to_html.examples(exercise)
    assert only.told == (exercise.counterexamples[0].problem,)
    silent = replace(exercise, summary=())
    (only,) = to_html.examples(silent)
    assert len(only.told) == 4


def test_each_kind_of_mistake_begins_a_paragraph() -> None:
    ids = ["where.x", "tensor.x", "where.y", "look.x"]
    found = to_html.paragraphs([Message(id=name) for name in ids], Words())
    assert found == [ids[:2], ids[2:]]


def test_a_hint_that_two_mistakes_share_is_said_once() -> None:
    hint, where = said("Look at pad."), Message(id="where.x")
    found = to_html.paragraphs(
        [where, hint, replace(where, id="where.y"), hint], Words()
    )
    assert found == [["where.x", "Look at pad."], ["where.y"]]


def test_a_sentence_about_no_place_is_a_paragraph_too() -> None:
    assert to_html.paragraphs([said("all right")], Words()) == [["all right"]]


def test_kinds_of_case_are_rows_and_half_credit_is_a_half() -> None:
    line = reports.criterion("forward.value", half_in=reports.REGIMES[:1])
    (exercise,) = reports.right().exercises
    rows = to_html.kinds(replace(exercise, criteria=(line,)))
    assert len(rows) == len(reports.REGIMES)
    page = to_html.render(reports.graded(replace(exercise, criteria=(line,))))
    assert validators.html(page).count("half right") == 1


def test_every_status_has_a_sign_and_a_word() -> None:
    for report, sign, word in (
        (reports.right(), "✓", "right"),
        (reports.uncropped_dx(), "✗", "wrong"),
        (reports.undecided(), "?", "not judged"),
    ):
        text = validators.html(to_html.render(report))
        assert sign in text
        assert word in text


def test_only_the_staffs_page_has_what_is_for_the_staff() -> None:
    report = reports.uncropped_dx()
    assert "crop_with_minus_pad" not in to_html.render(report)
    assert "crop_with_minus_pad" in to_html.render(report, staff=True)


def test_a_link_leads_home_where_there_is_one() -> None:
    assert 'href="../index.html"' in to_html.render(
        reports.right(), home="../index.html"
    )


def test_the_instructors_own_sentence_is_used() -> None:
    sentences = {"page.fix": "Bitte beheben"}
    page = to_html.render(reports.uncropped_dx(), sentences=sentences)
    assert "Bitte beheben" in page


def test_two_layers_are_two_articles() -> None:
    report = reports.right()
    (exercise,) = report.exercises
    pool = replace(exercise, exercise="max_pool")
    page = to_html.render(replace(report, exercises=(exercise, pool)))
    assert page.count("<article>") == 2
    assert "max_pool" in validators.html(page)


def test_a_flagged_search_is_told_to_the_staff() -> None:
    report = reports.right()
    (exercise,) = report.exercises
    flagged = replace(exercise, searched=200, flagged=True)
    page = to_html.render(replace(report, exercises=(flagged,)), staff=True)
    assert "the search found a mistake" in validators.html(page)


def test_a_report_of_nothing_is_still_a_page() -> None:
    report = reports.right()
    (exercise,) = report.exercises
    bare = replace(exercise, criteria=(), summary=())
    validators.html(to_html.render(replace(report, exercises=(bare,))))


def test_no_style_and_no_event_stands_in_an_element() -> None:
    page = to_html.render(reports.stride_forgotten())
    body = re.sub(r"<(style|script)>.*?</\1>", "", page, flags=re.DOTALL)
    assert "style=" not in body
    assert not re.search(r"\son\w+=", body)


def test_a_line_without_kinds_has_an_empty_cell() -> None:
    report = reports.undecided()
    (exercise,) = report.exercises
    first, second, *rest = exercise.criteria
    bare = replace(second, regimes=(), status=Status.PASSED)
    rows = to_html.kinds(replace(exercise, criteria=(first, bare, *rest)))
    assert {row.cells[1] for row in rows} == {None}


def test_what_is_right_is_a_fact_beside_the_mistakes() -> None:
    report = reports.uncropped_dx()
    (exercise,) = report.exercises
    right = Message(id="right.forward", values={"cases": 24})
    summary = (right, Message(id="where.x"), right)
    assert to_html.paragraphs(summary, Words()) == [["where.x"]]
    told = replace(report, exercises=(replace(exercise, summary=summary),))
    page = to_html.render(told)
    assert page.count("✓</span> forward is right in all 24 cases.</p>") == 2


def test_two_functions_that_reading_says_all_about_are_two_mistakes() -> None:
    hints = [Message(id=f"loading.hint.{name}") for name in ("one", "two")]
    assert len(to_html.paragraphs(hints, Words())) == 2


def test_a_reason_is_not_told_again_by_its_layer() -> None:
    report = replace(reports.uncropped_dx(), reason=said("line 14 is not Python"))
    (exercise,) = report.exercises
    told = replace(exercise, summary=(said("line 14 is not Python"),))
    page = to_html.render(replace(report, exercises=(told,)))
    assert page.count("line 14 is not Python") == 1


@pytest.mark.parametrize(
    ("problem", "told"),
    [("call.timed_out", "no answer came"), ("tensor.absent", "no numbers that")],
)
def test_an_answer_that_is_not_there_is_named(problem: str, told: str) -> None:
    report = reports.uncropped_dx()
    (exercise,) = report.exercises
    example = replace(
        exercise.counterexamples[0], got=None, problem=Message(id=problem)
    )
    wrong = replace(exercise, counterexamples=(example,))
    page = to_html.render(replace(report, exercises=(wrong,)))
    assert told in validators.html(page)


def test_a_name_is_not_told_twice() -> None:
    report = reports.right()
    same = replace(report.identity, student="", submission="layers.py")
    page = to_html.render(replace(report, identity=same))
    assert validators.html(page).count("layers.py") == 2  # the title and the heading
