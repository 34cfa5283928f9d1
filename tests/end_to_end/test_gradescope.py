"""The whole way: a new course is packed, set up as Gradescope does it, and grades."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import validators
from shell import convgrade

pytestmark = [
    pytest.mark.network,
    pytest.mark.skipif(
        sys.platform != "linux", reason="Gradescope's machines are Linux"
    ),
]

ROOT = Path(__file__).parents[2]
CONTAINER = ROOT / "tests" / "support" / "container.py"
PYTHON = f"python{sys.version_info.major}.{sys.version_info.minor}"
#: Whatever asks for a package is sent where nobody answers.
NO_NETWORK = dict.fromkeys(("http_proxy", "https_proxy"), "http://127.0.0.1:9")
Grade = Callable[[str], dict[str, Any]]


def inside(
    root: Path, *command: str, is_root: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run a command in the container that we emulate, at Gradescope's place."""
    drops = python_for_nobody() and not is_root
    nobody = {"CONTAINER_NOBODY": "1"} if drops else {}
    return subprocess.run(
        [sys.executable, str(CONTAINER), *command],
        cwd=root,
        env={
            "PATH": python_for_nobody() or os.environ["PATH"],
            "HOME": str(root),
            "AUTOGRADER_ROOT": str(root),
            **NO_NETWORK,
            **nobody,
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


def python_for_nobody() -> str:
    """Return a PATH with this Python for everybody, if we are root and there is one."""
    system = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"
    found = shutil.which(PYTHON, path=system)
    if os.geteuid() != 0 or found is None:
        return ""
    whole = subprocess.run([found, "-c", "import ensurepip"], check=False)
    return system if whole.returncode == 0 else ""


@pytest.fixture(scope="module")
def autograder() -> Iterator[Path]:
    """A tree as Gradescope builds it, after `setup.sh` has run."""
    # pytest's own folders are closed to others, and each run closes them again.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        made = Path(folder)
        made.chmod(0o755)
        root = packed_and_unpacked(made)
        done = inside(root, str(root / "source" / "setup.sh"))
        assert done.returncode == 0, done.stderr
        yield root


def packed_and_unpacked(made: Path) -> Path:
    assert convgrade(["new", made / "a2", "--gradescope"]).code == 0
    assignment = made / "a2" / "assignment.toml"
    zipped = made / "autograder.zip"
    arguments = ["--assignment", assignment, "--out", zipped]
    packed = convgrade(["package", "gradescope", *arguments])
    assert (packed.code, packed.err) == (0, "")
    return unpacked(zipped)


def unpacked(zipped: Path) -> Path:
    """Unpack as Gradescope does, where the user that it runs as can read and write."""
    root = zipped.parent / "autograder"
    for name in ("submission", "results"):
        (root / name).mkdir(parents=True)
    with zipfile.ZipFile(zipped) as archive:
        archive.extractall(root / "source")
        for known in archive.infolist():
            (root / "source" / known.filename).chmod(known.external_attr >> 16 & 0o777)
    shutil.copy(root / "source" / "run_autograder", root)
    for path in (root, *root.rglob("*")):
        path.chmod(path.stat().st_mode | 0o066 | 0o111 * path.is_dir())
    return root


@pytest.fixture
def grade(autograder: Path) -> Grade:
    def grade(name: str) -> dict[str, Any]:
        submission = autograder / "submission"
        shutil.rmtree(submission)
        submission.mkdir()
        shutil.copy(ROOT / "submissions" / name, submission / "layers.py")
        done = inside(autograder, str(autograder / "run_autograder"))
        assert done.returncode == 0, done.stderr
        results = autograder / "results" / "results.json"
        return validators.gradescope(results.read_text("utf-8"))

    return grade


@pytest.mark.parametrize(
    ("name", "score"),
    [
        ("correct_im2col.py", 100),
        ("wrong_dx_not_cropped_without_padding.py", 85),
        ("template_unfilled.py", 0),
        ("hostile_exits_with_a_fake_pass.py", 0),
        ("hostile_infinite_loop.py", 0),
    ],
)
def test_a_submission_gets_its_official_score(
    name: str, score: int, grade: Grade
) -> None:
    assert grade(name)["score"] == score


def test_student_code_is_shut_in_without_namespaces(grade: Grade) -> None:
    assert grade("hostile_looks_for_the_answers.py")["extra_data"]["tier"] == "medium"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="it takes root")
def test_it_is_the_same_as_root_as_gradescopes_own_containers_are(
    autograder: Path,
) -> None:
    source = ROOT / "submissions" / "correct_fft.py"
    shutil.copy(source, autograder / "submission" / "layers.py")
    done = inside(autograder, str(autograder / "run_autograder"), is_root=True)
    written = (autograder / "results" / "results.json").read_text("utf-8")
    results = validators.gradescope(written)
    assert (done.returncode, results["score"]) == (0, 100)
    assert results["extra_data"]["tier"] == "medium"


def test_without_a_sandbox_the_autograder_fails_and_keeps_no_score(
    autograder: Path, grade: Grade
) -> None:
    grade("correct_im2col.py")
    assignment = autograder / "source" / "assignment.toml"
    text = assignment.read_text("utf-8")
    assignment.write_text(
        text.replace("[limits]", '[limits]\ntier = "strong"'), "utf-8"
    )
    done = inside(autograder, str(autograder / "run_autograder"))
    assignment.write_text(text, "utf-8")
    assert done.returncode == 2
    assert not (autograder / "results" / "results.json").exists()
