from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from grader.assignment import DEFAULT, Assignment, GradedExercise
from grader.batch import corpora
from grader.errors import UsageError

FLOOR = GradedExercise(name="again", remainder="floor")
TWO = replace(DEFAULT, exercises=(GradedExercise(), FLOOR))


def written(path: Path, assignment: Assignment, *, seed: int) -> Path:
    built = corpora.build(assignment, seed=seed)
    path.write_bytes(corpora.write(built, seed=seed))
    return path


@pytest.mark.parametrize("assignment", [DEFAULT, TWO], ids=["one", "two"])
def test_what_is_written_can_be_replayed(
    assignment: Assignment, tmp_path: Path
) -> None:
    path = written(tmp_path / "corpus.json", assignment, seed=5)
    seed, built = corpora.replay(path, assignment)
    assert seed == 5
    assert corpora.write(built, seed=seed) == path.read_bytes()


def test_every_case_and_its_sizes_can_be_read_by_others(tmp_path: Path) -> None:
    path = written(tmp_path / "corpus.json", DEFAULT, seed=5)
    [known] = json.loads(path.read_text("utf-8"))["corpora"]
    assert len(known["cases"]) == 24
    assert known["seed"] == 5


def test_other_cases_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "corpus.json", DEFAULT, seed=5)
    with pytest.raises(UsageError, match=r"has other cases \(digest '\w{12}'\)"):
        corpora.replay(path, replace(DEFAULT, exercises=(FLOOR,)))


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"seed": "1", "digest": ""}', '{"seed": -1, "digest": ""}',
     '{"seed": true, "digest": ""}', "[" * 100_000, "\x00"],
)  # fmt: skip
def test_what_is_no_corpus_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "corpus.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"is no corpus\.json"):
        corpora.replay(path, DEFAULT)


def test_a_folder_keeps_its_seed(tmp_path: Path) -> None:
    assert corpora.seed_of_folder(tmp_path) != corpora.seed_of_folder(None)
    written(tmp_path / corpora.NAME, DEFAULT, seed=7)
    assert corpora.seed_of_folder(tmp_path) == 7


def test_a_fresh_seed_fits_a_spreadsheet() -> None:
    seeds = {corpora.fresh_seed() for _ in range(20)}
    assert len(seeds) == 20
    assert max(seeds) < 10**15
