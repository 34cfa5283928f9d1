"""Folders of very many submissions: their files are spread, their pages optional."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from executors import FragilePool, grade_by_first_word

from grader.assignment import DEFAULT
from grader.batch import again, entries, settings, sources
from grader.batch.grade import Batch
from grader.batch.records import Done, Pages, Setup, Task

SETUP = Setup(assignment=DEFAULT, seed=1, corpus="c1")
Grade = Callable[..., Batch]
COUNT = 5


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "MOST_IN_A_FOLDER", 3)


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    folder = tmp_path / "handed_in"
    folder.mkdir()
    for number in range(COUNT):
        (folder / f"s{number}.py").write_text("wrong_dx", encoding="utf-8")
    return folder


def twins_too(task: Task) -> Done:
    done = grade_by_first_word(task)
    return replace(done, twins=tuple(map(grade_by_first_word, task.twins)))


@pytest.fixture
def grade(handed_in: Path, tmp_path: Path) -> Grade:
    def run(
        work: Callable[[Task], Done] = grade_by_first_word,
        *,
        pages: Pages = Pages.ALL,
        regrade: bool = False,
        pseudonymous: bool = False,
        shares: bool = False,
    ) -> Batch:
        out = tmp_path / "out"
        batch = Batch(
            out=out,
            setup=SETUP,
            pool=FragilePool(),
            work=work,
            pages=pages,
            shares=shares,
        )
        batch.open((), pseudonymous=pseudonymous)
        found = sources.find([handed_in], out=out, scratch=tmp_path / "scratch")
        batch.run(batch.plan(found.handed_in, regrade=regrade))
        return batch

    return run


def files(out: Path, ending: str) -> list[str]:
    return sorted(path.relative_to(out).as_posix() for path in out.rglob(ending))


@pytest.mark.usefixtures("few")
def test_many_submissions_are_spread_over_folders_and_found_again(grade: Grade) -> None:
    batch = grade()
    out = batch.out
    assert len(files(out, "staff/??/*.json")) == COUNT
    assert not files(out, "staff/*.json")
    for page in files(out, "staff/??/*.html"):
        text = (out / page).read_text(encoding="utf-8")
        assert 'href="../../index.html"' in text
        assert f'"./{page}"' in (out / "index.html").read_text(encoding="utf-8")
    assert [report for report, _ in entries.reports(out)] == entries.names(out)
    assert not grade().pool.started[1:]  # type: ignore[attr-defined]  # nothing again
    assert again.render(out, settings.of(DEFAULT)) == COUNT


def test_a_folder_that_grows_keeps_the_files_it_has(
    grade: Grade, handed_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = grade().out
    before = files(out, "staff/*.json")
    monkeypatch.setattr(entries, "MOST_IN_A_FOLDER", 3)
    (handed_in / "late.py").write_text("right", encoding="utf-8")
    grade(regrade=True)
    assert files(out, "staff/*.json") == before
    [late] = files(out, "staff/??/*.json")
    assert late.endswith("/late.py.json")


@pytest.mark.usefixtures("few")
def test_names_are_taken_out_of_spread_files_too(grade: Grade, tmp_path: Path) -> None:
    grade()
    grade(pseudonymous=True)
    out = tmp_path / "out"
    spread = files(out, "staff/??/*.json")
    assert len(spread) == COUNT
    assert not any("s1.py" in place for place in files(out, "*.*"))
    assert all("/s-" in place for place in spread)


@pytest.mark.usefixtures("few")
def test_what_a_killed_run_left_half_written_is_cleared_away(grade: Grade) -> None:
    out = grade().out
    shard = (out / files(out, "staff/??/*.json")[0]).parent
    (shard / ".convgrade-left").touch()
    grade()
    assert not files(out, "staff/??/.convgrade*")


@pytest.mark.parametrize(
    ("pages", "staffs", "students"),
    [
        (Pages.ALL, COUNT, COUNT),
        (Pages.STAFF, COUNT, 0),
        (Pages.STUDENTS, 0, COUNT),
        (Pages.NONE, 0, 0),
    ],
)
def test_pages_are_those_that_were_asked_for_and_no_older_ones(
    pages: Pages, staffs: int, students: int, grade: Grade
) -> None:
    out = grade().out
    grade(pages=pages, regrade=True)
    assert len(files(out, "staff/*.html")) == staffs
    assert len(files(out, "students/*.html")) == students
    linked = "./staff/s0.py.html" in (out / "index.html").read_text(encoding="utf-8")
    assert linked is bool(staffs)
    again.render(out, settings.of(DEFAULT))
    assert len(files(out, "students/*.html")) == COUNT


def test_twins_are_sent_once_and_all_have_their_row(grade: Grade) -> None:
    sent: list[str] = []

    def noted(task: Task) -> Done:
        sent.append(task.name)
        return twins_too(task)

    batch = grade(noted, shares=True)
    assert sent == ["s0.py"]
    assert sorted(batch.entries) == [f"s{number}.py" for number in range(COUNT)]


def test_twins_are_given_up_together(grade: Grade) -> None:
    def broken(task: Task) -> Done:
        raise ZeroDivisionError(task.name)

    batch = grade(broken, shares=True)
    outcomes = {entry.outcome.value for entry in batch.entries.values()}
    assert (len(batch.entries), outcomes) == (COUNT, {"undecided"})
