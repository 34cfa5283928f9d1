"""Who handed in nothing has a row, until something is handed in."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from executors import FragilePool, grade_by_first_word

from grader.assignment import DEFAULT
from grader.batch import again, settings
from grader.batch.grade import Batch
from grader.batch.records import Setup
from grader.loaders.bulk import HandedIn
from grader.report import Identity

SETUP = Setup(assignment=DEFAULT, seed=1, corpus="c1")
KIM = Identity(submission="Kim", student="Kim", platform_id="101")
OVERRIDES = "submission,criterion,points,comment\n"
FULL = "".join(
    f"Kim,{name},{points},by e-mail\n"
    for name, points in {
        "forward.shape": 10,
        "forward.value": 35,
        "backward.shape": 10,
        "backward.dx": 20,
        "backward.dw": 15,
        "backward.db": 8,
        "hygiene.inputs_unchanged": 2,
    }.items()
)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "results"


def opened(out: Path) -> Batch:
    batch = Batch(out=out, setup=SETUP, pool=FragilePool(), work=grade_by_first_word)
    batch.open(())
    return batch


def rows(out: Path) -> dict[str, dict[str, str]]:
    with (out / "grades.csv").open(encoding="utf-8") as file:
        return {row["submission"]: row for row in csv.DictReader(file)}


def run(out: Path, *missing: Identity) -> Batch:
    batch = opened(out)
    batch.mark_missing(missing)
    batch.run(batch.plan(()))
    return batch


def test_a_row_says_who_is_missing(out: Path) -> None:
    run(out, KIM)
    row = rows(out)["Kim"]
    assert (row["status"], row["score"], row["max_score"]) == ("missing", "", "100")
    assert (row["student"], row["platform_id"]) == ("Kim", "101")
    assert (out / "students/Kim.html").exists()


def test_who_is_missing_no_more_has_no_such_row(out: Path) -> None:
    run(out, KIM)
    assert list(run(out).absent) == []
    assert "Kim" not in rows(out)
    assert list((out / "staff").iterdir()) == []


def test_who_is_still_missing_keeps_the_report(out: Path) -> None:
    run(out, KIM)
    report = out / "staff/Kim.json"
    before = report.stat().st_mtime_ns
    run(out, KIM)
    assert report.stat().st_mtime_ns == before


def test_an_instructor_may_give_points_for_nothing(out: Path) -> None:
    run(out, KIM)
    (out / "overrides.csv").write_text(OVERRIDES + FULL, encoding="utf-8")
    run(out, KIM)
    assert (rows(out)["Kim"]["status"], rows(out)["Kim"]["score"]) == ("graded", "100")
    again.render(out, settings.of(DEFAULT))
    assert rows(out)["Kim"]["score"] == "100"
    (out / "overrides.csv").unlink()
    run(out, KIM)
    assert (rows(out)["Kim"]["status"], rows(out)["Kim"]["score"]) == ("missing", "")


def test_a_name_that_is_known_later_is_written_without_grading(
    out: Path, tmp_path: Path
) -> None:
    path = tmp_path / "kim.py"
    path.write_text("right", encoding="utf-8")
    for student in ("", "Kim, Min-su", ""):
        identity = Identity(submission="kim.py", student=student, late="LATE")
        batch = opened(out)
        tasks = batch.plan([HandedIn(identity=identity, path=path)])
        batch.run(tasks)
        assert len(tasks) == (not rows(out)["kim.py"]["student"])
    assert rows(out)["kim.py"]["student"] == "Kim, Min-su"
