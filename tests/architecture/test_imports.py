"""What a front end may load before it is asked for anything."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import grader

ROOT = Path(__file__).parents[2]
HEAVY = {"hypothesis", "nbformat", "numpy", "jinja2"}


def python(
    *arguments: str, cwd: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("command", [[], ["check"], ["grade"]])
def test_help_loads_nothing_heavy(command: list[str], tmp_path: Path) -> None:
    run = python("-X", "importtime", "-m", "grader", *command, "--help", cwd=tmp_path)
    assert run.returncode == 0
    loaded = {line.rpartition("|")[2].strip() for line in run.stderr.splitlines()}
    assert "typer" in loaded
    assert not {name.partition(".")[0] for name in loaded} & HEAVY


@pytest.mark.parametrize("name", ["grader", "reference"])
def test_a_strangers_package_of_our_name_stops_the_start(
    name: str, tmp_path: Path
) -> None:
    ours = Path(grader.__file__).parents[1]
    shutil.copytree(ours / "grader", tmp_path / "grader")
    shutil.copytree(ours / name, tmp_path / name, dirs_exist_ok=True)
    run = python("-m", "grader", "--version", cwd=tmp_path)
    assert run.returncode == 2
    assert run.stdout == ""
    assert run.stderr.startswith("convgrade: package 'grader' would come from")
    assert len(run.stderr.splitlines()) == 1


def test_a_students_own_reference_is_never_imported(tmp_path: Path) -> None:
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "__init__.py").write_text("raise SystemExit(9)\n")
    run = python("-m", "grader", "--version", cwd=tmp_path)
    assert (run.returncode, run.stdout[:9]) == (0, "convgrade")


@pytest.mark.parametrize("name", ["random.py", "json.py", "rich.py", "numpy.py"])
def test_modules_beside_a_submission_are_not_taken_for_ours(
    name: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text("raise SystemExit(9)\n")
    run = python("-m", "grader", "doctor", cwd=tmp_path)
    assert (run.returncode, run.stderr) == (0, "")


def test_a_reference_before_ours_on_the_path_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "__init__.py").write_text("")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    run = python("-m", "grader", "--help", cwd=elsewhere, PYTHONPATH=str(tmp_path))
    assert run.returncode == 2
    assert "package 'reference' would come from" in run.stderr
