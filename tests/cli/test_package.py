from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from commands import Run

from grader.course import dependencies
from grader.course.archive import File


@pytest.fixture
def course(convgrade: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    wheel = File(path="wheels/numpy.whl", content=b"a wheel")
    monkeypatch.setattr(dependencies, "fetched", lambda *_: (wheel,))
    convgrade(["new", tmp_path / "a2", "--gradescope"])
    return tmp_path / "a2"


def packed(path: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(path.read_bytes()))


def test_gradescope_finds_its_scripts_at_the_root(
    convgrade: Run, course: Path, tmp_path: Path
) -> None:
    out = tmp_path / "new" / "autograder.zip"
    assignment = ["--assignment", course / "assignment.toml"]
    ran = convgrade(["package", "gradescope", *assignment, "--out", out])
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith("for gradescope\n")
    found = {known.filename: known for known in packed(out).infolist()}
    scripts = {"setup.sh", "run_autograder"}
    assert found.keys() == {*scripts, "assignment.toml", "wheels/numpy.whl"}
    assert all(found[name].external_attr >> 16 == 0o100755 for name in scripts)


def test_too_much_memory_for_the_container_is_told(
    convgrade: Run, course: Path, tmp_path: Path
) -> None:
    (course / "assignment.toml").write_text("[limits]\nmemory_mb = 1024\n", "utf-8")
    assignment = ["--assignment", course / "assignment.toml"]
    out = ["--out", tmp_path / "autograder.zip"]
    ran = convgrade(["package", "gradescope", *assignment, *out])
    assert "memory_mb is 1024, and Gradescope's container has 768 MB" in ran.out


def test_classroom50_gets_the_script_the_wheel_and_its_python(
    convgrade: Run, course: Path, tmp_path: Path
) -> None:
    out = tmp_path / "autograder.zip"
    assignment = ["--assignment", course / "assignment.toml"]
    arguments = [*assignment, "--out", out, "--python", "3.13"]
    assert convgrade(["package", "classroom50", *arguments]).code == 0
    archive = packed(out)
    assert json.loads(archive.read("runtime.json"))["python"] == "3.13"
    [wheel] = [name for name in archive.namelist() if name.endswith(".whl")]
    assert f"./{wheel}" in archive.read("autograder.py").decode()
    compile(archive.read("autograder.py"), "autograder.py", "exec")
    assert out.stat().st_size < 5_000_000


def test_an_unknown_platform_is_misuse(
    convgrade: Run, course: Path, tmp_path: Path
) -> None:
    assignment = ["--assignment", course / "assignment.toml"]
    out = ["--out", tmp_path / "a.zip"]
    ran = convgrade(["package", "moodle", *assignment, *out])
    assert (ran.code, ran.out) == (2, "")
    assert "no target 'moodle', wanted one of gradescope, classroom50" in ran.err
