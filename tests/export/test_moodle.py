from __future__ import annotations

from dataclasses import replace

import pytest
import reports

from grader.errors import UsageError
from grader.export.filling import Filled
from grader.export.moodle import fill
from grader.report import Report

HEADER = (
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade,"
    "Grade can be changed,Last modified (submission),Last modified (grade),"
    "Feedback comments"
)
LINES = (
    "Participant 101,Kim Min-jun,kim@example.org,Submitted,,100.00,Yes,-,-,",
    "Participant 102,Lee Seo-yeon,lee@example.org,Submitted,40.00,100.00,Yes,-,-,hm",
    "Participant 103,Park Ji-woo,park@example.org,No submission,,100.00,Yes,-,-,",
)
WORKSHEET = "\ufeff" + "\r\n".join((HEADER, *LINES)) + "\r\n"


def handed_in(kind: str, platform_id: str, *, email: str = "") -> Report:
    report = reports.every_ending()[kind]
    identity = replace(report.identity, platform_id=platform_id, email=email)
    return replace(report, identity=identity)


BATCH = (handed_in("uncropped_dx", "101"), handed_in("undecided", "102"))


def grades(result: Filled) -> list[str]:
    return [line.split(",")[4] for line in result.text.splitlines()[1:]]


def test_scores_are_filled_by_the_participants_number() -> None:
    result = fill(WORKSHEET, BATCH)
    assert grades(result) == ["85", "40.00", ""]
    assert result.count == 1


def test_what_keeps_its_grade_and_who_is_missing_is_named() -> None:
    result = fill(WORKSHEET, BATCH)
    assert [(it.student, it.reason) for it in result.kept] == [
        ("Lee Seo-yeon", "undecided")
    ]
    assert result.without_submission == ("Park Ji-woo",)


def test_the_byte_order_mark_and_line_ends_stay() -> None:
    result = fill(WORKSHEET, ())
    assert result.text == WORKSHEET


def test_a_translated_worksheet_is_understood_by_where_its_columns_stand() -> None:
    header = HEADER.replace("Grade,Maximum Grade", "Bewertung,Bestwertung")
    translated = WORKSHEET.replace(HEADER, header).replace(
        "Participant", "Teilnehmer/in"
    )
    assert grades(fill(translated, BATCH)) == ["85", "40.00", ""]


def test_an_address_finds_the_student_where_no_number_does() -> None:
    batch = [handed_in("right", "", email="park@example.org")]
    assert grades(fill(WORKSHEET, batch)) == ["", "40.00", "100"]


def test_decimal_commas_stay() -> None:
    text = WORKSHEET.replace("100.00", '"100,00"').replace("40.00", '"40,00"')
    result = fill(text, [replace(BATCH[0], score=84.5)])
    assert '"84,5"' in result.text


def test_another_maximum_is_told() -> None:
    result = fill(WORKSHEET.replace("100.00", "10.00"), BATCH)
    assert result.other_maximum == ("Kim Min-jun",)


def test_the_column_may_be_named() -> None:
    result = fill(WORKSHEET, BATCH, column="Feedback comments")
    assert result.text.splitlines()[1].endswith("85")


def test_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(UsageError, match="'Points'"):
        fill(WORKSHEET, BATCH, column="Points")


def test_an_unclear_worksheet_is_refused() -> None:
    text = "Identifier,Full name,Status\nParticipant 101,Kim,Submitted\n"
    with pytest.raises(UsageError, match="name one of"):
        fill(text, BATCH)


def test_a_line_without_a_participant_is_left_alone() -> None:
    result = fill(WORKSHEET + "Sum,,,,,100.00,,,,\r\n", BATCH)
    assert result.text.splitlines()[-1] == "Sum,,,,,100.00,,,,"
