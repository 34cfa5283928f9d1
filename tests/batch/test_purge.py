from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from written_reports import right, wrong_dx

from grader.assignment import DEFAULT, Feedback
from grader.batch import again, entries, settings
from grader.batch.files import make_folder, write_whole
from grader.report import Identity, Report


def keep(folder: Path, report: Report) -> None:
    made = entries.done(report, file=report.identity.submission, feedback=Feedback())
    for place, content in made.files:
        make_folder((folder / place).parent)
        write_whole(folder / place, content)


def test_a_student_can_be_removed_as_the_documentation_says(tmp_path: Path) -> None:
    kim = Identity(submission="kim", student="Kim", email="kim@example.org")
    keep(tmp_path, replace(wrong_dx(), identity=kim))
    keep(tmp_path, right("lee"))
    known = settings.of(DEFAULT)
    assert again.render(tmp_path, known) == 2
    for path in [*tmp_path.glob("staff/kim.*"), *tmp_path.glob("students/kim.*")]:
        path.unlink()
    assert again.render(tmp_path, known) == 1
    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    texts = [path.name + path.read_text(encoding="utf-8") for path in left]
    assert not any("kim" in text.casefold() for text in texts)
    assert any("lee" in text for text in texts)


def test_pages_that_were_handed_out_and_removed_are_made_again(tmp_path: Path) -> None:
    keep(tmp_path, right("lee"))
    shutil.rmtree(tmp_path / "students")
    assert again.render(tmp_path, settings.of(DEFAULT)) == 1
    assert (tmp_path / "students/lee.html").is_file()
