"""What Classroom 50's runner starts: autograder.py, in the student's checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import validators
from shell import convgrade

pytestmark = pytest.mark.network

EXAMPLES = Path(__file__).parents[2] / "submissions"
TOLD = {
    "CLASSROOM": "ml",
    "ASSIGNMENT": "a2",
    "ASSIGNMENT_TYPE": "group",
    "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d",
    "USERNAME": "ada",
    "COMMIT_URL": "https://example.org/commit",
    "RELEASE_URL": "https://example.org/release",
    "REVIEW_URL": "https://example.org/review",
}


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("course")
    convgrade(["new", made / "a2", "--classroom50"])
    out = made / "autograder.zip"
    arguments = ["--assignment", made / "a2" / "assignment.toml", "--out", out]
    assert convgrade(["package", "classroom50", *arguments]).code == 0
    zipfile.ZipFile(out).extractall(made / "bundle")
    return made / "bundle"


def test_the_runner_finds_the_result_of_our_grading_and_no_other(
    bundle: Path, tmp_path: Path
) -> None:
    checkout, temp = tmp_path / "checkout", tmp_path / "temp"
    for folder in (checkout, temp):
        folder.mkdir()
    shutil.copy(EXAMPLES / "wrong_forward_flips_the_kernel.py", checkout / "layers.py")
    for stranger in ("pip", "numpy", "grader", "json"):
        (checkout / f"{stranger}.py").write_text("raise SystemExit(9)\n", "utf-8")
    (checkout / "result.json").write_text('{"score": 100}', "utf-8")
    done = subprocess.run(
        [sys.executable, bundle / "autograder.py"],
        cwd=checkout,
        env={**os.environ, **TOLD, "RUNNER_TEMP": str(temp)},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    result = validators.classroom50((checkout / "result.json").read_text("utf-8"))
    assert (result["score"], result["max-score"]) == (65, 100)
    assert (result["assignment_type"], result["owner"]) == ("group", "ada")
    assert "65 / 100" in (checkout / "release-body.md").read_text("utf-8")
    validators.workflow_commands(done.stdout)
