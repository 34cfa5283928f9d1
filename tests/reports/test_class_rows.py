from __future__ import annotations

from dataclasses import replace

import reports

from grader.records import Status
from grader.reports.class_rows import ClassRow, class_list, label_of


def row_of(name: str) -> ClassRow:
    (row,) = class_list([(reports.every_ending()[name], f"{name}.html")]).rows
    return row


def test_a_row_has_points_and_a_letter_a_kind_of_case() -> None:
    row = row_of("stride_forgotten")
    entry = row.entries[1]
    assert entry is not None
    assert (entry.points, entry.kinds) == (18, "ppppffff")


def test_half_and_undecided_kinds_have_letters_of_their_own() -> None:
    undecided = row_of("undecided").entries[-1]
    assert undecided is not None
    assert set(undecided.kinds) == {"u"}
    line = reports.criterion("forward.value", half_in=reports.REGIMES[:1])
    (exercise,) = reports.right().exercises
    half = reports.graded(replace(exercise, criteria=(line,)))
    entry = class_list([(half, "")]).rows[0].entries[0]
    assert entry is not None
    assert entry.kinds == "hppppppp"


def test_what_has_no_criteria_has_blank_places_wherever_it_stands() -> None:
    pages = [(reports.unreadable(), ""), (reports.right(), ""), (reports.missing(), "")]
    listed = class_list(pages)
    assert len(listed.columns) == len(reports.POINTS)
    assert [len(row.entries) for row in listed.rows] == [7, 7, 7]
    assert set(listed.rows[0].entries) == set(listed.rows[2].entries) == {None}


def test_a_kind_of_case_that_a_report_lacks_is_told_apart() -> None:
    report = reports.right()
    (exercise,) = report.exercises
    short = replace(
        exercise,
        criteria=tuple(replace(li, regimes=li.regimes[1:]) for li in exercise.criteria),
    )
    older = replace(report, exercises=(short,))
    entry = class_list([(report, ""), (older, "")]).rows[1].entries[0]
    assert entry is not None
    assert entry.kinds == "-ppppppp"


def test_misconceptions_are_kept_by_name_with_their_sentence() -> None:
    listed = class_list([(reports.uncropped_dx(), "")])
    assert listed.rows[0].mistakes == ("crop_with_minus_pad",)
    assert "pad:-pad" in str(listed.mistakes["crop_with_minus_pad"].values["text"])


def test_no_report_makes_an_empty_list() -> None:
    listed = class_list([])
    assert listed.rows == ()
    assert listed.provenance is None


def test_a_kind_without_words_is_called_by_its_name() -> None:
    regime = replace(reports.regime("stride-1"), label=None, status=Status.PASSED)
    assert label_of(regime).values == {"text": "stride-1"}


def test_how_safely_it_ran_is_told_of_what_was_handed_in() -> None:
    pages = [(reports.missing(), ""), (reports.right(), "")]
    assert class_list(pages).provenance == reports.right().provenance
    assert class_list(pages[:1]).provenance == reports.missing().provenance
