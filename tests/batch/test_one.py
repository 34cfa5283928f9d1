from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from programs import RIGHT

import grader
from grader import grade_one
from grader.assignment import DEFAULT
from grader.batch import work
from grader.errors import UsageError
from grader.report import Outcome

EXAMPLES = Path(__file__).parents[2] / "submissions"
RIGHT_BYTES = RIGHT.encode()


@pytest.fixture(scope="module", autouse=True)
def _close_sandboxes() -> Iterator[None]:
    yield
    for setting in work._SETTINGS.values():
        setting.sandbox.close()
    work._SETTINGS.clear()


def test_a_right_program_gets_everything_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    report = grade_one(RIGHT_BYTES)
    assert (report.outcome, report.score) == (Outcome.GRADED, 100)
    assert report.identity.files == ("layers.py",)
    assert not list(tmp_path.iterdir())


def test_a_notebook_is_known_by_what_it_is() -> None:
    notebook = next(EXAMPLES.glob("correct*.ipynb"))
    report = grade_one(notebook.read_bytes())
    assert (report.score, report.identity.files) == (100, ("notebook.ipynb",))


def test_whatever_the_bytes_are_there_is_a_report() -> None:
    for content in (b"", b"\xff\xfe\x00", b"PK\x03\x04 cut off", b"{", b"def f(:"):
        assert grade_one(content).outcome is Outcome.UNREADABLE


def test_without_a_seed_two_calls_are_still_comparable() -> None:
    assert grade_one(b"").provenance.corpus == grade_one(b"1").provenance.corpus
    assert grade_one(b"", seed=5).provenance.seed == 5
    assert grade_one(b"", replace(DEFAULT, seed=6)).provenance.seed == 6


def test_an_assignment_may_be_named_by_its_file(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_text("seed = 7\nname = 'mine'\n")
    for assignment in (file, str(file)):
        assert grade_one(b"", assignment).provenance.assignment == "mine"
    with pytest.raises(UsageError, match="gone"):
        grade_one(b"", tmp_path / "gone.toml")


def test_text_is_not_what_was_handed_in() -> None:
    with pytest.raises(TypeError, match="'str', wanted bytes"):
        grade_one("def f(): ...")  # type: ignore[arg-type]


def test_it_is_a_public_name() -> None:
    assert "grade_one" in grader.__all__
