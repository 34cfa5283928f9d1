from __future__ import annotations

from dataclasses import replace

import pytest
import reports

from grader.errors import UsageError
from grader.export.canvas import fill
from grader.export.filling import Filled
from grader.report import Report

GRADEBOOK = """\
Student,ID,SIS User ID,SIS Login ID,Section,A1 (11),A2 conv (22),Current Score
    Points Possible,,,,,10,100,(read only)
"Kim, Min-jun",4711,s1,minjun,Morning,9,,88
"Lee, Seo-yeon",4712,s2,seoyeon,Morning,8,EX,
"Park, Ji-woo",4713,s3,jiwoo@example.org,Evening,7,55,
"Choi, Ha",4714,s4,choi,Evening,,12,
"Jung, In",4715,s5,jung,Evening,,13,
"Han, Na",4716,s6,han,Evening,,,
"""


def handed_in(kind: str, platform_id: str, *, email: str = "") -> Report:
    report = reports.every_ending()[kind]
    identity = replace(report.identity, platform_id=platform_id, email=email)
    return replace(report, identity=identity)


BATCH = (
    handed_in("uncropped_dx", "4711"),
    handed_in("right", "4712"),
    handed_in("stride_forgotten", "", email="JiWoo@example.org"),
    handed_in("undecided", "4714"),
    handed_in("unreadable", "4715"),
    handed_in("missing", "4716"),
    handed_in("right", "9999"),
)


def filled(text: str = GRADEBOOK, assignment: str = "A2 conv") -> Filled:
    return fill(text, BATCH, assignment=assignment)


def cells(text: str, student: str) -> list[str]:
    line = next(li for li in text.splitlines() if li.startswith(f'"{student}'))
    return line.split('"')[2].split(",")


def test_scores_go_into_the_assignments_column() -> None:
    result = filled()
    assert result.count == 2
    assert cells(result.text, "Kim")[6] == "85"
    assert cells(result.text, "Park")[6] == "83"


def test_everything_else_stays_as_it_is() -> None:
    changed = zip(GRADEBOOK.splitlines(), filled().text.splitlines(), strict=True)
    assert sum(old != new for old, new in changed) == 2


def test_what_has_no_score_keeps_its_value_and_is_named() -> None:
    kept = {it.student: it.reason for it in filled().kept}
    assert kept == {
        "Lee, Seo-yeon": "excused",
        "Choi, Ha": "undecided",
        "Jung, In": "unreadable",
    }
    assert cells(filled().text, "Choi")[6] == "12"


def test_missing_students_and_unknown_submissions_are_listed() -> None:
    assert filled().without_submission == ("Han, Na",)
    assert filled().without_row == ("park_jiwoo",)


@pytest.mark.parametrize("name", ["A2 conv", "22", "A2 conv (22)"])
def test_the_column_may_be_named_by_title_or_id(name: str) -> None:
    assert filled(assignment=name).count == 2


@pytest.mark.parametrize("name", ["", "A3"])
def test_an_unclear_column_is_refused_with_the_choices(name: str) -> None:
    with pytest.raises(UsageError, match=r"A1 \(11\)"):
        filled(assignment=name)


def test_without_a_column_the_option_is_named() -> None:
    with pytest.raises(UsageError, match="with --column"):
        filled(assignment="")


def test_the_only_assignment_needs_no_name() -> None:
    text = GRADEBOOK.replace("A1 (11)", "Notes")
    assert filled(text, assignment="").count == 2


def test_other_points_possible_are_told() -> None:
    text = GRADEBOOK.replace(",10,100,", ",10,50,")
    assert filled(text).other_maximum == ("Kim, Min-jun", "Park, Ji-woo")


def test_semicolons_and_decimal_commas_stay() -> None:
    text = "Student;ID;Section;A2 (22)\n Points Possible;;;100,0\nKim;4711;M;\n"
    batch = [replace(BATCH[0], score=84.5)]
    assert fill(text, batch).text.splitlines()[-1] == "Kim;4711;M;84,5"


def test_two_submissions_of_one_student_are_left_to_the_instructor() -> None:
    batch = [BATCH[0], BATCH[0], *BATCH[2:]]
    (kept, *_) = fill(GRADEBOOK, batch, assignment="22").kept
    assert kept.reason == "2 submissions: 'kim_minjun', 'kim_minjun'"


def test_a_short_row_gets_its_cell() -> None:
    text = "Student,ID,Section,A2 (22)\nKim,4711\n"
    assert fill(text, BATCH[:1]).text.splitlines()[-1] == "Kim,4711,,85"


def test_a_file_without_ids_is_refused() -> None:
    with pytest.raises(UsageError, match="no column 'ID'"):
        filled("Student,Section,A2 (22)\n")
