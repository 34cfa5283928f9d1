from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written_reports import ENDINGS, POINTS, right, undecided, unreadable, wrong_dx

from grader.batch import overrides
from grader.batch.overrides import Override
from grader.errors import UsageError
from grader.report import Outcome, Report

RUBRICS = {"conv2d": POINTS}
HEADER = "submission,criterion,points,comment,by,date\n"
every_ending = pytest.mark.parametrize("make", ENDINGS)


def read(tmp_path: Path, text: str) -> dict[str, tuple[Override, ...]]:
    path = tmp_path / "overrides.csv"
    path.write_bytes(text.encode("utf-8"))
    return overrides.read(path, rubrics=RUBRICS)


def given_points(points: float, criterion: str = "backward.dx") -> Override:
    return Override(criterion=criterion, points=points, comment="seen in class")


EVERYTHING = [given_points(most, name) for name, most in POINTS.items()]


@every_ending
def test_overrides_can_be_taken_back_without_a_trace(
    make: Callable[[], Report],
) -> None:
    there = overrides.apply(make(), EVERYTHING)
    assert repr(overrides.apply(there, [])) == repr(make())


@every_ending
def test_applying_twice_is_applying_once(make: Callable[[], Report]) -> None:
    once = overrides.apply(make(), EVERYTHING)
    assert repr(overrides.apply(once, EVERYTHING)) == repr(once)


@every_ending
def test_who_is_given_every_point_is_graded(make: Callable[[], Report]) -> None:
    report = overrides.apply(make(), EVERYTHING)
    assert (report.score, report.outcome) == (report.max_score, Outcome.GRADED)


@given(points=st.floats(0, 20))
def test_the_score_is_the_sum_of_the_lines(points: float) -> None:
    report = overrides.apply(wrong_dx(), [given_points(points)])
    lines = [line.points or 0.0 for e in report.exercises for line in e.criteria]
    assert report.score == sum(lines)


def test_the_machines_points_stay_beside_the_instructors() -> None:
    report = overrides.apply(wrong_dx(), [given_points(18)])
    [line] = [c for c in report.exercises[0].criteria if c.criterion == "backward.dx"]
    assert (line.points, line.automatic_points) == (18, 10)
    assert line.override == "seen in class"


def test_one_override_decides_nothing_else() -> None:
    report = overrides.apply(undecided(), [given_points(20)])
    assert (report.score, report.outcome) == (None, Outcome.UNDECIDED)


def test_a_comment_alone_changes_no_points() -> None:
    said = Override(criterion="", points=None, comment="see me")
    of_dx = Override(criterion="backward.dx", points=None, comment="nice")
    report = overrides.apply(wrong_dx(), [said, of_dx])
    assert report.comments == ("see me", "backward.dx: nice")
    assert report.score == 85


def test_with_several_layers_a_criterion_names_its_own() -> None:
    one = right().exercises[0]
    both = replace(right(), exercises=(one, replace(one, exercise="relu")))
    report = overrides.apply(both, [given_points(0, "relu.backward.dx")])
    assert report.score == 180


def test_no_file_is_no_overrides(tmp_path: Path) -> None:
    assert overrides.read(tmp_path / "overrides.csv", rubrics=RUBRICS) == {}


@pytest.mark.parametrize(
    "text",
    [
        HEADER + "kim.py,backward.dx,7.5,ok,Lee,2026-03-01\n",
        "\ufeff" + HEADER + "kim.py,backward.dx,7.5,ok,,\n\n,,,,,\n",
        HEADER.replace(",", ";") + "kim.py;backward.dx;7,5;ok;;\n",
        "criterion,points,submission,comment\nbackward.dx, 7.5 ,kim.py,ok\n",
        HEADER.replace("\n", "\r\n") + "kim.py,backward.dx,7.5,ok,,\r\n",
    ],
)
def test_what_spreadsheets_write_is_read(text: str, tmp_path: Path) -> None:
    [override] = read(tmp_path, text)["kim.py"]
    assert (override.criterion, override.points, override.comment) == (
        "backward.dx",
        7.5,
        "ok",
    )


def test_a_name_is_found_as_the_grades_write_it(tmp_path: Path) -> None:
    found = read(tmp_path, HEADER + "'=kim.py,backward.dx,1,,,\n")
    assert overrides.of("=kim.py", found)
    assert not overrides.of("kim.py", found)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a,b\n", "line 1: there is no column 'submission'; wanted submission,"),
        (HEADER + "k,dx,1,,,\n", "line 2: criterion is 'dx'; wanted one of forward"),
        (HEADER + "k,,1,,,\n", "line 2: criterion is ''; wanted one of"),
        (HEADER + "k,backward.dx,21,,,\n", "points is '21'; wanted a number from 0"),
        (HEADER + "k,backward.dx,-1,,,\n", "points is '-1'"),
        (HEADER + "k,backward.dx,nan,,,\n", "points is 'nan'"),
        (HEADER + "k,backward.dx,all,,,\n", "points is 'all'"),
        (HEADER + "k,backward.dx," + "9" * 200_000, "line 2: field larger than"),
    ],
)
def test_a_wrong_row_is_named_by_file_and_line(
    text: str, told: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError) as error:
        read(tmp_path, text)
    assert str(error.value).startswith("'overrides.csv' line")
    assert told in str(error.value)


def test_another_encoding_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("locale.getencoding", lambda: "ascii")
    path = tmp_path / "overrides.csv"
    path.write_bytes(HEADER.encode() + "홍길동,,,,,\n".encode("cp949"))
    with pytest.raises(UsageError, match=r"not text in UTF-8"):
        overrides.read(path, rubrics=RUBRICS)
    monkeypatch.setattr("locale.getencoding", lambda: "cp949")
    assert "홍길동" in overrides.read(path, rubrics=RUBRICS)


def test_a_huge_or_unreadable_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overrides, "MOST_BYTES", 10)
    with pytest.raises(UsageError, match=r"wanted at most 10"):
        read(tmp_path, HEADER)
    with pytest.raises(UsageError, match=r"directory"):
        overrides.read(tmp_path, rubrics=RUBRICS)


def test_an_unreadable_submission_can_be_given_points_in_part() -> None:
    report = overrides.apply(unreadable(), [given_points(20)])
    assert (report.score, report.automatic_outcome) == (20, Outcome.UNREADABLE)
