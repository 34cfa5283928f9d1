"""`convgrade grade` on what each platform gives, and back to it."""

from __future__ import annotations

import csv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import downloads
import pytest
from commands import Run
from downloads import Files

ROSTER = """\
Student,ID,SIS User ID,Section,A2 conv (22)
    Points Possible,,,,100
"Kim, Min-su",101,s1,M,
"Lee, Yuna",102,s2,M,
"Park, Ji-ho",103,s3,M,
"Choi, Ha",104,s4,M,
"""
WORKSHEET = """\
Identifier,Full name,Grade,Maximum Grade
Participant 501,Min-su Kim,,100.00
Participant 504,Ha Choi,,100.00
"""


@dataclass(frozen=True)
class Course:
    """A folder with a download, the platform's list, and the results."""

    convgrade: Run
    home: Path

    def grade(self, files: Files, *, roster: str = "") -> str:
        """Grade a zip of the files; return the remarks."""
        path = downloads.zipped(self.home / "class.zip", files)
        options: list[object] = ["--out", self.home / "out", "--jobs", 1]
        if roster:
            (self.home / "list.csv").write_text(roster, encoding="utf-8")
            options += ["--roster", self.home / "list.csv"]
        ran = self.convgrade(["grade", path, *options])
        assert ran.code == 0, ran.err
        return ran.err

    def rows(self) -> dict[str, dict[str, str]]:
        """Return grades.csv by submission."""
        with (self.home / "out" / "grades.csv").open(encoding="utf-8") as file:
            return {row["submission"]: row for row in csv.DictReader(file)}

    def column(self, name: str) -> dict[str, str]:
        """Return one column by submission."""
        return {submission: row[name] for submission, row in self.rows().items()}

    def filled(self, target: str, option: str, *, column: int) -> list[str]:
        """Return the column of the list after it was filled."""
        given = ["export", self.home / "out", target, option, self.home / "list.csv"]
        self.convgrade(given)
        with (self.home / "out" / "list-filled.csv").open(encoding="utf-8") as file:
            return [row[column] for row in csv.reader(file)][1:]

    def feedback(self) -> set[str]:
        """Return the names in the zip that the platform takes back."""
        self.convgrade(["export", self.home / "out", "feedback-zip"])
        with zipfile.ZipFile(self.home / "out" / "feedback.zip") as archive:
            return set(archive.namelist())


@pytest.fixture
def course(convgrade: Run, tmp_path: Path) -> Course:
    return Course(convgrade=convgrade, home=tmp_path)


@pytest.fixture
def code(examples: Path) -> str:
    return (examples / "correct_im2col.py").read_text("utf-8")


def test_canvas_there_and_back(course: Course, code: str) -> None:
    course.grade(downloads.canvas(code), roster=ROSTER)
    assert course.column("status") == {
        "Choi, Ha": "missing",
        "kimminsu_101": "graded",
        "leeyuna_102": "graded",
        "parkjiho_103": "unreadable",
    }
    filled = course.filled("canvas", "--gradebook", column=4)
    assert filled == ["100", "100", "100", "", ""]
    assert course.feedback() == {
        "kimminsu_101_2001_feedback.html",
        "leeyuna_LATE_102_2003_feedback.html",
        "parkjiho_103_2004_feedback.html",
    }
    lee = course.rows()["leeyuna_102"]
    told = (lee["student"], lee["platform_id"], lee["late"])
    assert told == ("Lee, Yuna", "102", "LATE")
    assert "layers.py was handed in again as" in lee["note"]


def test_moodle_there_and_back(course: Course, code: str) -> None:
    told = course.grade(downloads.moodle(code), roster=WORKSHEET)
    assert "not on the roster: 'Jiho Park_503', 'Yuna Lee_502'" in told
    assert course.column("status")["Ha Choi"] == "missing"
    assert course.filled("moodle", "--worksheet", column=2) == ["100", ""]
    assert course.feedback() == {
        "Min-su Kim_501_assignsubmission_file_feedback.html",
        "Yuna Lee_502_assignsubmission_file_feedback.html",
        "Jiho Park_503_assignsubmission_file_feedback.html",
    }


def test_gradescope(course: Course, code: str) -> None:
    course.grade(downloads.gradescope(code))
    lee = course.rows()["submission_12"]
    assert lee["student"] == 'Lee Yuna, Park "Jiho"'
    assert lee["platform_id"] == "20260002, 20260003"
    assert (lee["late"], lee["score"]) == ("01:30:00", "100")


def test_nbgrader_there_and_back(course: Course, examples: Path) -> None:
    notebook = (examples / "correct_two_loops_with_dots.ipynb").read_text("utf-8")
    course.grade(downloads.nbgrader(notebook))
    assert course.column("score") == {"kim": "100", "lee": "100"}
    assert course.feedback() == {
        "feedback/kim/a2/feedback.html",
        "feedback/lee/a2/feedback.html",
    }


def test_who_hands_in_later_is_missing_no_more(course: Course, code: str) -> None:
    course.grade({"kimminsu_101_2001_a.py": code}, roster=ROSTER)
    assert list(course.column("status").values()).count("missing") == 3
    course.grade({"kimminsu_101_2001_a.py": code, "choiha_104_2009_a.py": code})
    assert course.column("status") == {
        "Lee, Yuna": "missing",
        "Park, Ji-ho": "missing",
        "choiha_104": "graded",
        "kimminsu_101": "graded",
    }


def test_an_archive_of_student_folders_is_a_class(course: Course, code: str) -> None:
    course.grade({"class/kim/layers.py": code, "class/lee/cs231n/layers.py": code})
    assert [*course.rows()] == ["kim", "lee"]
