from __future__ import annotations

from pathlib import Path

import pytest
from commands import Run
from written_reports import undecided

from grader import session
from grader.exercise import Domain
from grader.exercises import load_exercise

WRONG = "wrong_dx_not_cropped_without_padding.py"


@pytest.fixture
def course(convgrade: Run, tmp_path: Path) -> Path:
    convgrade(["new", tmp_path / "a2"])
    return tmp_path / "a2"


def test_a_new_course_is_sound(convgrade: Run, course: Path, examples: Path) -> None:
    ran = convgrade(["validate", course, "--solution", examples / "correct_im2col.py"])
    assert (ran.code, ran.err) == (0, "")
    assert "100 / 100  correct_im2col.py" in ran.out
    assert "0 / 100  layers.py" in ran.out
    assert "0 / 100  layers.ipynb" in ran.out
    assert ran.out.endswith("the assignment is sound\n")


def test_a_wrong_solution_and_a_filled_template_are_not(
    convgrade: Run, course: Path, examples: Path
) -> None:
    filled = ["--template", examples / "correct_fft.py"]
    file = course / "assignment.toml"
    ran = convgrade(["validate", file, "--solution", examples / WRONG, *filled])
    assert ran.code == 1
    assert "conv2d backward.dx 10 / 20: wrong when pad = 0" in ran.out
    assert "it gets 100 points as it is handed out" in ran.out
    assert ran.out.endswith("not sound, for 4 reasons\n")


def test_a_solution_in_the_same_folder_is_no_template(
    convgrade: Run, course: Path, examples: Path
) -> None:
    solution = course / "solution.py"
    solution.write_bytes((examples / "correct_im2col.py").read_bytes())
    assert convgrade(["validate", course, "--solution", solution]).code == 0
    assert convgrade(["validate", course]).code == 1


def test_what_was_not_tried_is_said(convgrade: Run, tmp_path: Path) -> None:
    (tmp_path / "assignment.toml").write_text("", "utf-8")
    ran = convgrade(["validate", tmp_path])
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "no solution was tried",
        "no template was tried",
        "the assignment can be read",
    ]


def test_a_faulty_assignment_is_misuse(convgrade: Run, tmp_path: Path) -> None:
    (tmp_path / "assignment.toml").write_text("[limit]\n", "utf-8")
    ran = convgrade(["validate", tmp_path])
    assert (ran.code, "there is no 'limit' here" in ran.err) == (2, True)


def test_a_solution_that_is_not_there_is_misuse(convgrade: Run, course: Path) -> None:
    ran = convgrade(["validate", course, "--solution", course / "gone.py"])
    assert (ran.code, "does not exist; wanted a submission" in ran.err) == (2, True)


def test_a_fault_of_ours_has_an_exit_code_of_its_own(
    convgrade: Run, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "grade_path", lambda *_, **__: undecided())
    ran = convgrade(["validate", course])
    assert ran.code == 3
    assert "not judged: layers.py, by a fault of ours" in ran.out


LEARNT = """

def conv_forward_naive(x, w, b, conv_param):
    out, cache = right_forward(x, w, b, conv_param)
    return (out if x.shape in {shapes!r} else out + 1), cache
"""


def test_a_solution_that_knows_the_published_shapes_is_found_out(
    convgrade: Run, course: Path, examples: Path
) -> None:
    conv2d = load_exercise("conv2d")
    published = [conv2d.shapes(case.axes)["x"] for case in conv2d.published(Domain())]
    right = (examples / "correct_im2col.py").read_text("utf-8")
    text = right.replace("def conv_forward_naive", "def right_forward")
    solution = course.parent / "solution.py"
    solution.write_text(text + LEARNT.format(shapes=published), "utf-8")
    ran = convgrade(["validate", course, "--solution", solution, "--seed", 1])
    assert ran.code == 1
    assert "right in all published cases, and wrong in one that was drawn" in ran.out
