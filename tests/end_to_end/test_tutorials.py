"""The tutorials with nothing left out: in an empty environment, from a clone."""

from __future__ import annotations

import os
import shutil
import sys
import venv
from pathlib import Path

import pytest
from pages import Reader

pytestmark = [
    pytest.mark.network,
    pytest.mark.skipif(sys.platform == "win32", reason="the tutorials show bash"),
]

ROOT = Path(__file__).parents[2]
TUTORIALS = ROOT / "docs" / "tutorial"
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "results", "site", "dist")


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    """Somebody with a clone, and a Python that has nothing installed."""
    folder = tmp_path / "clone"
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
    shutil.move(folder / "submissions", tmp_path / "examples")
    venv.create(tmp_path / "python", with_pip=True)
    # The tutorial for students makes an environment of its own, in its folder.
    places = (folder / "a2" / ".venv" / "bin", tmp_path / "python" / "bin")
    path = os.pathsep.join([*map(str, places), "/usr/bin", "/bin"])
    return Reader(
        folder=folder, path=path, examples=tmp_path / "examples", installs=True
    )


def test_an_instructor_gets_from_a_clone_to_a_graded_submission(
    reader: Reader,
) -> None:
    reader.visit(TUTORIALS / "instructor.md")
    grades = (reader.folder / "results" / "grades.csv").read_text("utf-8")
    assert grades.splitlines()[1].startswith("ada.py,")


def test_a_student_gets_from_the_instructors_folder_to_the_full_score(
    reader: Reader,
) -> None:
    reader.run("pip install --quiet .")
    reader.run("convgrade new a2")
    reader.folder /= "a2"
    page = (TUTORIALS / "student.md").read_text("utf-8")
    shown = reader.folder / "student.md"
    shown.write_text(page.replace("<!-- before: convgrade new . -->", ""), "utf-8")
    reader.visit(shown)
    assert (reader.folder / ".venv" / "bin" / "convgrade").exists()
