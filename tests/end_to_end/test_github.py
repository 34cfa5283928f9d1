"""The action and the workflows, step by step as they are written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest
import validators
import yaml
from shell import convgrade
from workflows import Runner, steps_of

pytestmark = [
    pytest.mark.network,
    pytest.mark.skipif(sys.platform == "win32", reason="the steps are for bash"),
]

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "submissions"
WRONG = EXAMPLES / "wrong_dx_not_cropped_without_padding.py"
RIGHT = EXAMPLES / "correct_im2col.py"
ACTION = (ROOT / "action.yml").read_text("utf-8")
DEFAULTS = {
    f"inputs.{name}": told["default"]
    for name, told in yaml.safe_load(ACTION)["inputs"].items()
}


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python of its own, as setup-python leaves it."""
    folder = tmp_path_factory.mktemp("machine")
    venv.create(folder / "python", with_pip=True)
    return folder


@pytest.fixture
def path(machine: Path) -> str:
    return f"{machine / 'python' / 'bin'}:{os.environ['PATH']}"


@pytest.fixture(scope="module")
def tools(machine: Path) -> Path:
    """Where the action's first step leaves convgrade, with a checkout of students."""
    temp, checkout = machine / "temp", machine / "checkout"
    for folder in (temp, checkout):
        folder.mkdir()
    for stranger in ("pip", "json", "numpy", "pathlib", "venv"):
        (checkout / f"{stranger}.py").write_text("raise SystemExit(9)\n", "utf-8")
    path = f"{machine / 'python' / 'bin'}:{os.environ['PATH']}"
    environment = {"PATH": path, "GITHUB_ACTION_PATH": str(ROOT)}
    runner = Runner(workspace=checkout, temp=temp, environment=environment)
    [ended] = runner.run(steps_of(ACTION)[:2])
    assert (ended.name, ended.code) == ("Install convgrade", 0), ended.err
    return temp / "convgrade" / "bin"


def checked(tools: Path, checkout: Path, **inputs: str) -> tuple[Runner, int, str]:
    """Run the action's second step on a checkout; return the runner and the ending."""
    temp = checkout.parent / "temp"
    temp.mkdir()
    given = {f"inputs.{name.replace('_', '-')}": told for name, told in inputs.items()}
    runner = Runner(
        workspace=checkout,
        temp=temp,
        environment={"CONVGRADE_TOOLS": str(tools)},
        values={**DEFAULTS, **given},
    )
    [ended] = runner.run(steps_of(ACTION)[2:])
    assert ended.err == ""
    return runner, ended.code, ended.out


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "checkout"
    folder.mkdir()
    for stranger in ("json", "numpy", "grader"):
        (folder / f"{stranger}.py").write_text("raise SystemExit(9)\n", "utf-8")
    shutil.copy(WRONG, folder / "layers.py")
    return folder


def test_the_action_gives_summary_annotations_and_score(
    tools: Path, checkout: Path
) -> None:
    runner, code, out = checked(tools, checkout, classroom50="result.json")
    outputs = runner.outputs()
    told = {name: outputs[name] for name in ("outcome", "score", "max-score")}
    assert (code, told) == (
        1,
        {"outcome": "graded", "score": "85", "max-score": "100"},
    )
    validators.workflow_commands(out)
    assert "85 / 100" in runner.files["GITHUB_STEP_SUMMARY"].read_text("utf-8")
    assert validators.github_classroom(outputs["result"])["max_score"] == 100
    result = (checkout / "result.json").read_text("utf-8")
    assert validators.classroom50(result)["score"] == 85


def test_the_action_takes_the_instructors_files_and_a_lower_bar(
    tools: Path, checkout: Path, tmp_path: Path
) -> None:
    assignment = tmp_path / "assignment.toml"
    points = '[[exercise]]\n[exercise.points]\n"backward.dx" = 0\n'
    assignment.write_text(points, "utf-8")
    inputs = {"fail_under": "80", "seed": "7", "path": "layers.py"}
    runner, code, _ = checked(tools, checkout, assignment=str(assignment), **inputs)
    assert (code, runner.outputs()["score"], runner.outputs()["max-score"]) == (
        0,
        "75",
        "80",
    )


@pytest.mark.parametrize("path", ["-x; touch pwned", "$(touch pwned)", "`touch pwned`"])
def test_an_input_is_never_a_command(path: str, tools: Path, checkout: Path) -> None:
    temp = checkout.parent / "temp"
    temp.mkdir()
    runner = Runner(
        workspace=checkout,
        temp=temp,
        environment={"CONVGRADE_TOOLS": str(tools)},
        values={**DEFAULTS, "inputs.path": path},
    )
    [ended] = runner.run(steps_of(ACTION)[2:])
    assert (ended.code, "does not exist" in ended.err) == (2, True)
    assert not (checkout / "pwned").exists()
    assert runner.outputs() == {}


def test_the_students_workflow_checks_their_repository(
    path: str, tmp_path: Path
) -> None:
    made = tmp_path / "a2"
    convgrade(["new", made])
    shutil.copy(WRONG, made / "layers.py")
    workflow = (made / ".github" / "workflows" / "check.yml").read_text("utf-8")
    runner = Runner(workspace=made, temp=tmp_path, environment={"PATH": path})
    install, check = runner.run(steps_of(workflow))
    assert (install.code, check.code) == (0, 1), install.err
    assert "error" in validators.workflow_commands(check.out)
    assert "85 / 100" in runner.files["GITHUB_STEP_SUMMARY"].read_text("utf-8")


def repository(folder: Path, source: Path) -> None:
    """Make a student's repository, with an assignment of their own making."""
    folder.mkdir(parents=True)
    shutil.copy(source, folder / "layers.py")
    easy = '[[exercise]]\n[exercise.points]\n"forward.value" = 0\n'
    (folder / "assignment.toml").write_text(easy, "utf-8")
    git = ("git", "-c", "user.name=a", "-c", "user.email=a@example.org")
    for command in (
        ["init", "-q"],
        ["add", "."],
        ["commit", "-q", "-m", "done"],
        ["tag", "submitted"],
    ):
        subprocess.run([*git, *command], cwd=folder, check=True)


def test_the_instructors_workflow_grades_by_files_that_students_cannot_change(
    path: str, tmp_path: Path
) -> None:
    server, grading = tmp_path / "server", tmp_path / "grading"
    repository(server / "course" / "a2-ada", RIGHT)
    repository(server / "course" / "a2-bob", WRONG)
    convgrade(["new", grading, "--grading"])
    listed = "# all\nada course/a2-ada\nbob course/a2-bob submitted\neve course/a2-eve"
    (grading / "repositories.txt").write_text(listed, "utf-8")
    override = (
        "submission,criterion,points,comment,by,date\nbob,forward.value,30,,me,\n"
    )
    (grading / "overrides.csv").write_text(override, "utf-8")
    workflow = (grading / ".github" / "workflows" / "grade.yml").read_text("utf-8")
    runner = Runner(
        workspace=grading,
        temp=tmp_path,
        environment={"PATH": path, "GITHUB_SERVER_URL": server.as_uri()},
        values={"secrets.STUDENTS_TOKEN": "a-secret"},
    )
    install, fetch, grade = runner.run(steps_of(workflow))
    assert (install.code, fetch.code, grade.code) == (0, 0, 0), grade.err
    summary = runner.files["GITHUB_STEP_SUMMARY"].read_text("utf-8")
    assert "- nothing fetched for eve" in summary
    grades = (grading / "results" / "grades.csv").read_text("utf-8")
    rows = [line.split(",")[:5] for line in grades.splitlines()[1:]]
    assert [(row[0], row[3], row[4]) for row in rows] == [
        ("ada", "100", "100"),
        ("bob", "80", "100"),
    ]
    assert "a-secret" not in fetch.out + fetch.err + summary
    assert not list(grading.glob("submissions/*/.git"))


@pytest.mark.parametrize("name", ["../up", ".hidden", "-option", "a/b"])
def test_a_name_that_could_leave_the_folder_is_refused(
    name: str, tmp_path: Path
) -> None:
    convgrade(["new", tmp_path / "g", "--grading"])
    workflow = (tmp_path / "g" / ".github" / "workflows" / "grade.yml").read_text()
    (tmp_path / "g" / "repositories.txt").write_text(f"{name} course/x\n", "utf-8")
    [fetch] = [s for s in steps_of(workflow) if s.get("name", "").startswith("Fetch")]
    environment = {"GITHUB_SERVER_URL": "file:///nowhere"}
    runner = Runner(workspace=tmp_path / "g", temp=tmp_path, environment=environment)
    [ended] = runner.run([fetch])
    assert (ended.code, "not a name" in ended.out) == (1, True)
