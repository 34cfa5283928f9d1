from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from executors import FragilePool, grade_by_first_word

from grader.assignment import DEFAULT, Feedback
from grader.batch import sources
from grader.batch.grade import Batch, Progress
from grader.batch.records import Done, Setup, Task
from grader.errors import UsageError
from grader.records import Limits
from grader.report import Outcome
from grader.reports import to_json

SETUP = Setup(assignment=DEFAULT, seed=1, corpus="c1")
Grade = Callable[..., list[str]]


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    folder = tmp_path / "handed_in"
    folder.mkdir()
    for name in ("right", "wrong_dx", "undecided", "unreadable", "missing", "deadly"):
        (folder / f"{name}.py").write_text(name, encoding="utf-8")
    return folder


@pytest.fixture
def grade(handed_in: Path, tmp_path: Path) -> Grade:
    """Run a batch as the command line would; return the names that were graded."""

    def run(
        *,
        setup: Setup = SETUP,
        regrade: bool = False,
        work: Callable[[Task], Done] = grade_by_first_word,
        watch: Callable[[Progress], None] = lambda _: None,
    ) -> list[str]:
        out = tmp_path / "results"
        batch = Batch(out=out, setup=setup, pool=FragilePool(), work=work)
        batch.open(())
        found = sources.find([handed_in], out=out, scratch=tmp_path / "scratch")
        tasks = batch.plan(found.handed_in, regrade=regrade)
        batch.run(tasks, watch=watch)
        return [task.name for task in tasks]

    return run


@pytest.fixture
def rows(tmp_path: Path) -> Callable[[], dict[str, dict[str, str]]]:
    def read() -> dict[str, dict[str, str]]:
        with (tmp_path / "results" / "grades.csv").open(encoding="utf-8") as file:
            return {row["submission"]: row for row in csv.DictReader(file)}

    return read


def test_every_submission_has_a_row_whatever_happens_to_it(
    grade: Grade, rows: Callable[[], dict[str, dict[str, str]]]
) -> None:
    grade()
    seen = {name: (row["status"], row["score"]) for name, row in rows().items()}
    assert seen == {
        "deadly.py": ("undecided", ""),
        "missing.py": ("missing", ""),
        "right.py": ("graded", "100"),
        "undecided.py": ("undecided", ""),
        "unreadable.py": ("unreadable", "0"),
        "wrong_dx.py": ("graded", "85"),
    }


def test_what_was_graded_is_not_graded_twice(grade: Grade) -> None:
    grade()
    assert grade() == ["deadly.py", "undecided.py"]


def test_what_changed_is_graded_again(grade: Grade, handed_in: Path) -> None:
    grade()
    (handed_in / "right.py").write_text("wrong_dx", encoding="utf-8")
    assert "right.py" in grade()
    assert "unreadable.py" not in grade()


@pytest.mark.parametrize(
    "setup",
    [
        replace(SETUP, seed=2, corpus="c2"),
        replace(SETUP, assignment=replace(DEFAULT, limits=Limits(call_seconds=2.0))),
    ],
)
def test_other_data_or_limits_grade_everything_again(
    grade: Grade, setup: Setup
) -> None:
    grade()
    assert len(grade(setup=setup)) == 6


def test_feedback_and_names_are_no_reason_to_grade_again(grade: Grade) -> None:
    grade()
    other = replace(
        DEFAULT, name="b", path="x", digest="y", feedback=Feedback(language="ko")
    )
    assert "right.py" not in grade(setup=replace(SETUP, assignment=other))


def test_another_versions_cases_are_no_reason_to_grade_again(
    grade: Grade, monkeypatch: pytest.MonkeyPatch
) -> None:
    grade()
    monkeypatch.setattr("grader.batch.undecided.version", lambda _: "9.9")
    newer = replace(SETUP, corpus="other cases")
    assert "right.py" not in grade(setup=newer)
    assert len(grade(setup=newer, regrade=True)) == 6


def test_an_interrupted_run_keeps_what_is_done_and_goes_on_from_there(
    grade: Grade, rows: Callable[[], dict[str, dict[str, str]]]
) -> None:
    def interrupt(progress: Progress) -> None:
        if progress.done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        grade(watch=interrupt)
    kept = {n for n, row in rows().items() if row["status"] != "undecided"}
    again = set(grade())
    assert kept
    assert not kept & again
    assert kept | again == {f"{n}.py" for n in ENDINGS_AND_DEADLY}


ENDINGS_AND_DEADLY = (
    "right",
    "wrong_dx",
    "undecided",
    "unreadable",
    "missing",
    "deadly",
)


def test_a_half_written_report_is_graded_again(grade: Grade, tmp_path: Path) -> None:
    grade()
    report = tmp_path / "results" / "staff" / "right.py.json"
    report.write_bytes(report.read_bytes()[:100])
    assert "right.py" in grade()
    assert to_json.parse(report.read_bytes()).score == 100


def test_progress_counts_to_the_end(grade: Grade) -> None:
    seen: list[Progress] = []
    grade(watch=seen.append)
    assert [p.done for p in seen] == list(range(7))
    assert {p.total for p in seen} == {6}


def test_a_submission_that_is_gone_keeps_its_row(
    grade: Grade, handed_in: Path, rows: Callable[[], dict[str, dict[str, str]]]
) -> None:
    grade()
    (handed_in / "right.py").unlink()
    grade()
    assert rows()["right.py"]["score"] == "100"


def test_overrides_survive_every_regrade_and_can_be_taken_back(
    grade: Grade, tmp_path: Path, rows: Callable[[], dict[str, dict[str, str]]]
) -> None:
    grade()
    table = tmp_path / "results" / "overrides.csv"
    table.write_text(
        "submission,criterion,points,comment,by,date\n"
        "wrong_dx.py,backward.dx,20,seen in class,Kim,2026-03-01\n",
        encoding="utf-8",
    )
    assert "wrong_dx.py" not in grade()
    assert rows()["wrong_dx.py"]["score"] == "95"
    grade(regrade=True)
    assert rows()["wrong_dx.py"]["score"] == "95"
    table.unlink()
    grade()
    assert rows()["wrong_dx.py"]["score"] == "85"


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "results").write_text("a file", encoding="utf-8")
    batch = Batch(
        out=tmp_path / "results",
        setup=SETUP,
        pool=FragilePool(),
        work=grade_by_first_word,
    )
    with pytest.raises(UsageError, match=r"cannot write into the folder"):
        batch.open(())


def test_a_fault_of_ours_is_told_as_ours(
    grade: Grade, rows: Callable[[], dict[str, dict[str, str]]]
) -> None:
    def broken(task: Task) -> Done:
        raise OSError(f"disk full while reading {task.name}")

    grade(work=broken)
    row = rows()["right.py"]
    assert row["status"] == Outcome.UNDECIDED
    assert "our fault" in row["note"]
    assert "disk full" in row["note"]


def test_a_regrade_keeps_the_old_reports_and_lists_what_it_changed(
    grade: Grade, handed_in: Path, tmp_path: Path
) -> None:
    grade()
    results = tmp_path / "results"
    assert not (results / "changes.csv").exists()
    (handed_in / "right.py").write_text("wrong_dx", encoding="utf-8")
    grade(regrade=True)
    assert (results / "changes.csv").read_text("utf-8").splitlines() == [
        "submission,old,new,why",
        'right.py,100,85,"the submission, limits or points have changed"',
    ]
    [kept] = (results / "previous").iterdir()
    assert to_json.parse((kept / "right.py.json").read_bytes()).score == 100
