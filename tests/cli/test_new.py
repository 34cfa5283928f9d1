from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import Run

FUNCTIONS = ("conv_forward_naive", "conv_backward_naive")


def test_a_new_repository_can_be_checked_at_once(
    convgrade: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "a2"
    made = convgrade(["new", folder])
    assert (made.code, made.err) == (0, "")
    assert f"Next: convgrade validate {folder}" in made.out
    arguments = ["--assignment", folder / "assignment.toml"]
    ran = convgrade(["check", folder, *arguments])
    assert (ran.code, "0 / 100" in ran.out) == (1, True)
    for name in FUNCTIONS:
        assert f"{name} is still the unfilled template" in ran.out


def test_the_file_that_is_filled_in_is_the_one_that_is_graded(
    convgrade: Run, examples: Path, tmp_path: Path
) -> None:
    convgrade(["new", tmp_path])
    solution = (examples / "correct_im2col.py").read_text("utf-8")
    notebook = tmp_path / "layers.ipynb"
    cells = json.loads(notebook.read_text("utf-8"))
    cells["cells"][2]["source"] = solution
    notebook.write_text(json.dumps(cells), "utf-8")
    assert convgrade(["check", tmp_path]).code == 0
    (tmp_path / "layers.py").write_text(solution, "utf-8")
    notebook.unlink()
    assert convgrade(["check", tmp_path]).code == 0


def test_nothing_is_ever_overwritten(convgrade: Run, tmp_path: Path) -> None:
    (tmp_path / "layers.py").write_text("mine")
    ran = convgrade(["new", tmp_path])
    assert (ran.code, ran.out) == (2, "")
    assert "already has 'layers.py'; nothing was written" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["layers.py"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--layer", "pooling"], "--layer is 'pooling'; wanted"),
        (["--language", "fr"], "--language is 'fr'; wanted 'en' or 'ko'"),
        (["--gradescope", "--grading"], "wanted no more than one of --gradescope"),
    ],
)
def test_what_cannot_be_set_up_is_misuse(
    arguments: list[str], told: str, convgrade: Run, tmp_path: Path
) -> None:
    ran = convgrade(["new", tmp_path / "a2", *arguments])
    assert ran.code == 2
    assert told in ran.err
    assert not (tmp_path / "a2").exists()


@pytest.mark.parametrize(
    ("option", "word"),
    [("--gradescope", "Gradescope"), ("--classroom50", "gh student submit")],
)
def test_students_are_told_where_to_hand_in(
    option: str, word: str, convgrade: Run, tmp_path: Path
) -> None:
    convgrade(["new", tmp_path / "a2", option, "--language", "ko", "--name", "과제 2"])
    text = (tmp_path / "a2" / "README.md").read_text("utf-8")
    assert text.startswith("# 과제 2\n")
    assert word in text


def test_the_instructors_own_repository_has_another_workflow(
    convgrade: Run, tmp_path: Path
) -> None:
    ran = convgrade(["new", tmp_path / "grading", "--grading"])
    assert "Next: list the students in repositories.txt" in ran.out
    assert (tmp_path / "grading" / ".github" / "workflows" / "grade.yml").exists()
    assert not (tmp_path / "grading" / "layers.py").exists()
