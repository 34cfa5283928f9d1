from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from grader.assignment import DEFAULT
from grader.batch import corpora, work
from grader.batch.overrides import Override
from grader.batch.pool import MismatchError, PoolError
from grader.batch.records import Setup, Task
from grader.errors import UsageError
from grader.loaders.bulk import HandedIn
from grader.records import Tier
from grader.report import Identity, Outcome
from grader.reports import to_json

EXAMPLES = Path(__file__).parents[2] / "submissions"
CORPUS = corpora.digest(corpora.build(DEFAULT, seed=4))
SETUP = Setup(assignment=DEFAULT, seed=4, corpus=CORPUS)


@pytest.fixture(scope="module", autouse=True)
def _close_sandboxes() -> Iterator[None]:
    yield
    for setting in work._SETTINGS.values():
        setting.sandbox.close()
    work._SETTINGS.clear()


def task(path: Path) -> Task:
    handed_in = HandedIn(identity=Identity(submission="kim"), path=path)
    return Task(setup=SETUP, handed_in=handed_in, file="kim", key="k1")


def test_a_task_is_graded_under_the_name_of_its_row() -> None:
    done = work.grade(task(EXAMPLES / "correct_im2col.py"))
    assert (done.entry.name, done.entry.score, done.entry.key) == ("kim", 100, "k1")
    report = to_json.parse(dict(done.files)["staff/kim.json"])
    assert (report.provenance.seed, report.provenance.corpus) == (4, CORPUS)


def test_overrides_are_laid_over_it() -> None:
    given = Override(criterion="backward.dx", points=0.0, comment="")
    known = replace(task(EXAMPLES / "correct_im2col.py"), overrides=(given,))
    assert work.grade(known).entry.score == 80


def test_what_is_gone_is_unreadable(tmp_path: Path) -> None:
    assert work.grade(task(tmp_path / "gone.py")).entry.outcome is Outcome.UNREADABLE


def test_the_sandbox_stays_for_the_next_task(tmp_path: Path) -> None:
    work.grade(task(tmp_path / "gone.py"))
    [setting] = work._SETTINGS.values()
    work.grade(task(tmp_path / "gone.py"))
    assert [*work._SETTINGS.values()] == [setting]


def test_a_machine_with_other_cases_grades_nothing(tmp_path: Path) -> None:
    other = replace(task(tmp_path / "gone.py"), setup=replace(SETUP, corpus="other"))
    with pytest.raises(MismatchError, match="wanted the same convgrade"):
        work.grade(other)


def test_a_weak_machine_is_tried_again_and_then_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[int] = []

    def weak(tier: Tier) -> None:
        tried.append(1)
        raise UsageError(f"isolation here is not {tier.value!r}")

    monkeypatch.setattr(work, "open_sandbox", weak)
    strong = replace(task(tmp_path / "gone.py"), setup=replace(SETUP, tier=Tier.STRONG))
    with pytest.raises(PoolError, match="isolation here is not 'strong'"):
        work.grade(strong)
    assert len(tried) == work.TRIES


def test_a_process_of_ours_that_hangs_ends_and_says_where() -> None:
    code = (
        "from grader.batch import work\n"
        "with work._ended_after(0.2):\n"
        "    7 ** 10 ** 9  # holds the interpreter\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert 'File "<string>", line 3' in ended.stderr
