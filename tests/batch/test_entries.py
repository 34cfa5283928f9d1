from __future__ import annotations

from pathlib import Path

import pytest
from written_reports import ENDINGS, right, wrong_dx

from grader.assignment import DEFAULT, Feedback
from grader.batch import again, entries, settings
from grader.batch.files import make_folder, write_whole
from grader.report import Report


def put(report: Report, folder: Path, *, file: str) -> None:
    for below in (entries.STAFF, entries.STUDENTS):
        make_folder(folder / below)
    for place, content in entries.done(report, file=file, feedback=Feedback()).files:
        write_whole(folder / place, content)


@pytest.fixture
def results(tmp_path: Path) -> Path:
    for make in ENDINGS:
        put(make(make.__name__), tmp_path, file=make.__name__)
    return tmp_path


def test_every_report_is_found_again(results: Path) -> None:
    found = dict(entries.reports(results))
    assert sorted(found) == sorted(make.__name__ for make in ENDINGS)
    assert found["wrong_dx"] == wrong_dx("wrong_dx")


def test_what_is_no_report_is_left_out(results: Path) -> None:
    (results / entries.STAFF / "half.json").write_text("{", encoding="utf-8")
    (results / entries.STAFF / "folder.json").mkdir()
    assert len(list(entries.reports(results))) == len(ENDINGS)


def test_a_students_page_leads_nowhere_and_a_staff_page_home(results: Path) -> None:
    home = f"../{entries.CLASS_PAGE}"
    for_staff = (results / entries.STAFF / "right.html").read_text("utf-8")
    for_students = (results / entries.STUDENTS / "right.html").read_text("utf-8")
    assert home in for_staff
    assert home not in for_students


def test_the_class_page_names_everyone(results: Path) -> None:
    page = entries.class_page(results, Feedback())
    assert all(make.__name__ in page for make in ENDINGS)


def test_rendering_again_follows_overrides_without_grading(results: Path) -> None:
    (results / "overrides.csv").write_text(
        "submission,criterion,points\nwrong_dx,backward.dx,20\n", encoding="utf-8"
    )
    assert again.render(results, settings.of(DEFAULT)) == len(ENDINGS)
    grades = (results / "grades.csv").read_text("utf-8")
    assert "wrong_dx,,graded,95,100" in grades
    assert (results / entries.CLASS_PAGE).exists()


def test_a_folder_without_reports_stays_as_it_is(tmp_path: Path) -> None:
    assert again.render(tmp_path, settings.of(DEFAULT)) == 0
    assert list(tmp_path.iterdir()) == []


def test_an_entry_holds_the_row_of_the_table() -> None:
    entry = entries.entry(right("kim"), file="kim", feedback=Feedback())
    assert (entry.name, entry.score, dict(entry.row)["score"]) == ("kim", 100, "100")
