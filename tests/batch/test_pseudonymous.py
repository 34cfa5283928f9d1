from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from executors import FragilePool, grade_by_first_word

from grader.assignment import DEFAULT, Feedback
from grader.batch import again, pseudonyms, settings, sources
from grader.batch.grade import Batch
from grader.batch.records import Setup
from grader.report import Identity

SETUP = Setup(assignment=DEFAULT, seed=1, corpus="c1")
NAMES = {"right": "kim_minjun", "wrong_dx": "lee_seoyeon", "deadly": "park_jiwoo"}
ABSENT = Identity(submission="Choi Hana", student="Choi Hana", email="hana@ex.org")
Grade = Callable[..., list[str]]


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    folder = tmp_path / "handed_in"
    folder.mkdir()
    for word, name in NAMES.items():
        (folder / f"{name}.py").write_text(word, encoding="utf-8")
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "results"


@pytest.fixture
def grade(handed_in: Path, out: Path, tmp_path: Path) -> Grade:
    def run(*, pseudonymous: bool = True, regrade: bool = False) -> list[str]:
        batch = Batch(
            out=out, setup=SETUP, pool=FragilePool(), work=grade_by_first_word
        )
        batch.open((), pseudonymous=pseudonymous)
        found = sources.find([handed_in], out=out, scratch=tmp_path / "scratch")
        batch.mark_missing([ABSENT])
        tasks = batch.plan(found.handed_in, regrade=regrade)
        batch.run(tasks)
        return [task.name for task in tasks]

    return run


def naming(out: Path) -> list[str]:
    """Return the files that tell a name, but for the one that may."""
    words = [*NAMES.values(), "Choi", "Hana", "hana@"]
    found = []
    for path in sorted(out.rglob("*")):
        place = path.relative_to(out).as_posix()
        text = place + (path.read_text(encoding="utf-8") if path.is_file() else "")
        if any(word in text for word in words) and path.name != pseudonyms.NAME:
            found.append(place)
    return found


def rows(out: Path) -> dict[str, str]:
    """Return the status of every row, by whom its pseudonym stands for."""
    known = pseudonyms.of_folder(out).known
    with (out / "grades.csv").open(encoding="utf-8") as file:
        return {
            known[row["submission"]].submission: row["status"]
            for row in csv.DictReader(file)
        }


def test_only_the_list_of_identities_tells_a_name(grade: Grade, out: Path) -> None:
    grade()
    assert naming(out) == []
    assert rows(out) == {
        "kim_minjun.py": "graded",
        "lee_seoyeon.py": "graded",
        "park_jiwoo.py": "undecided",
        "Choi Hana": "missing",
    }


def test_a_second_run_knows_whom_it_has_graded(grade: Grade, out: Path) -> None:
    grade()
    before = sorted(path.name for path in (out / "staff").iterdir())
    assert grade(pseudonymous=False) == ["park_jiwoo.py"]
    assert sorted(path.name for path in (out / "staff").iterdir()) == before
    assert naming(out) == []


def test_a_folder_with_names_can_be_given_pseudonyms(
    grade: Grade, handed_in: Path, out: Path
) -> None:
    grade(pseudonymous=False)
    (handed_in / "kim_minjun.py").write_text("wrong_dx", encoding="utf-8")
    grade(pseudonymous=False, regrade=True)
    assert naming(out)
    assert again.render(out, settings.of(DEFAULT), pseudonymous=True) == 4
    assert naming(out) == []
    changed = (out / "changes.csv").read_text(encoding="utf-8").splitlines()
    assert changed[1].startswith("s-")
    assert grade(pseudonymous=False) == ["park_jiwoo.py"]
    assert set(rows(out)) == {*(f"{it}.py" for it in NAMES.values()), "Choi Hana"}


def test_a_regrade_keeps_what_was_without_names(
    grade: Grade, handed_in: Path, out: Path
) -> None:
    grade()
    (handed_in / "kim_minjun.py").write_text("wrong_dx", encoding="utf-8")
    grade(regrade=True)
    assert naming(out) == []
    assert "85" in (out / "changes.csv").read_text(encoding="utf-8")
    assert len(list(out.glob("previous/*/s-*.json"))) == 3


@pytest.mark.parametrize("by", ["name", "pseudonym"])
def test_overrides_find_their_row(by: str, grade: Grade, out: Path) -> None:
    grade()
    pseudonym = pseudonyms.of_folder(out).of("lee_seoyeon.py")
    name = {"name": "lee_seoyeon.py", "pseudonym": pseudonym}[by]
    (out / "overrides.csv").write_text(
        f"submission,criterion,points\n{name},backward.dx,18\n", encoding="utf-8"
    )
    known = settings.of(replace(DEFAULT, feedback=Feedback(language="ko")))
    again.render(out, known)
    with (out / "grades.csv").open(encoding="utf-8") as file:
        points = {row["submission"]: row["score"] for row in csv.DictReader(file)}
    assert points[pseudonym] == "93"


def test_who_hands_in_after_all_is_missing_no_more(grade: Grade, out: Path) -> None:
    grade()
    batch = Batch(out=out, setup=SETUP, pool=FragilePool(), work=grade_by_first_word)
    batch.open(())
    assert batch.absent == {"Choi Hana": ABSENT}
    batch.mark_missing([])
    batch.run([])
    assert "Choi Hana" not in rows(out)
