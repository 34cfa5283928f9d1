from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written_reports import ENDINGS, right, undecided, unreadable, wrong_dx

from grader.records import Message
from grader.report import Outcome, Report
from grader.reports import to_csv


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_columns_stand_in_the_promised_order() -> None:
    assert to_csv.render(wrong_dx()).splitlines()[0] == (
        "submission,student,status,score,max_score,forward.shape,forward.value,"
        "backward.shape,backward.dx,backward.dw,backward.db,hygiene.inputs_unchanged,"
        "tier,seed,seconds,note,late,platform_id,email"
    )


def test_points_are_numbers_without_a_tail_of_zeros() -> None:
    [found] = read(to_csv.render(wrong_dx()))
    assert (found["score"], found["backward.dx"], found["seconds"]) == (
        "85",
        "10",
        "0.31",
    )


def test_an_undecided_score_is_blank_and_so_is_its_criterion() -> None:
    [found] = read(to_csv.render(undecided()))
    assert (found["score"], found["forward.value"]) == ("", "")


def test_an_unreadable_one_has_no_points_and_its_reason() -> None:
    [found] = read(to_csv.render(unreadable()))
    assert (found["score"], found["note"]) == ("0", r"wrong when \x1b[2J <b>")


@pytest.mark.parametrize("make", ENDINGS)
def test_every_ending_has_a_row_in_one_table(make: Callable[[], Report]) -> None:
    columns = to_csv.columns(right())
    [found] = read(to_csv.table([to_csv.row(make())], columns))
    assert found["status"] == make().outcome


def test_with_several_layers_a_criterion_names_its_own() -> None:
    one = right().exercises[0]
    both = replace(right(), exercises=(one, replace(one, exercise="relu")))
    assert "relu.forward.value" in to_csv.columns(both)


def test_a_note_that_explains_no_points_stands_on_the_page_only() -> None:
    notes = tuple(Message(id=it) for it in ("session.documented_cache", "my.note"))
    [found] = read(to_csv.render(replace(right(), notes=notes)))
    assert found["note"] == "my.note"


def test_a_note_tells_a_crash_from_an_exit() -> None:
    told = (Message(id="where.ends.always"), Message(id="call.died.signal"))
    report = wrong_dx()
    exercise = replace(report.exercises[0], summary=(*told, Message(id="look.x")))
    [found] = read(to_csv.render(replace(report, exercises=(exercise,))))
    assert found["note"] == "where.ends.always call.died.signal"


@given(name=st.text(st.characters(codec="utf-8")))
def test_no_cell_is_a_formula_and_no_name_breaks_the_table(name: str) -> None:
    report = replace(right(name), identity=replace(right(name).identity, student=name))
    [found] = read(to_csv.render(report))
    for column in ("submission", "student"):
        assert not found[column].lstrip().startswith(to_csv.FORMULA)
        assert "\n" not in found[column]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@a", " =1", "\t=1", "\uff1d1", "\u3000\uff20a"]
)
def test_a_formula_is_made_text(text: str) -> None:
    assert not to_csv.cell(text).lstrip().startswith(tuple("=+-@\uff1d\uff20"))


def test_a_formula_after_a_semicolon_is_made_text_too() -> None:
    assert to_csv.cell("a;=1+1; -2;b") == "a;'=1+1; '-2;b"


def test_plain_names_stay_as_they_are() -> None:
    assert to_csv.cell("홍길동, a_layers.py") == "홍길동, a_layers.py"


def test_nothing_that_ran_has_no_tier() -> None:
    absent = replace(right(), outcome=Outcome.MISSING, score=None, exercises=())
    assert read(to_csv.render(absent))[0]["tier"] == ""
    assert read(to_csv.render(right()))[0]["tier"] == "strong"
