from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from grader.assignment import DEFAULT
from grader.course import filling, gradescope
from grader.course.pins import Pins
from grader.records import Limits

BASH = shutil.which("bash") or "bash"
needs_bash = pytest.mark.skipif(sys.platform == "win32", reason="they run on Linux")


@needs_bash
@pytest.mark.parametrize("name", gradescope.SCRIPTS)
def test_a_script_is_valid_bash(name: str, pins: Pins) -> None:
    script = filling.filled(f"gradescope/{name}", pins.values)
    assert script.startswith("#!/usr/bin/env bash\n")
    subprocess.run([BASH, "-n"], input=script, text=True, check=True)


@needs_bash
def test_an_image_without_the_python_is_told_what_to_do(
    pins: Pins, tmp_path: Path
) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "apt-get").write_text(f"#!{BASH}\nexit 100\n")
    (tools / "apt-get").chmod(0o755)
    (tmp_path / "source").mkdir()
    old = replace(pins, python="3.99")
    done = subprocess.run(
        [BASH, "-c", filling.filled("gradescope/setup.sh", old.values)],
        env={"PATH": str(tools), "AUTOGRADER_ROOT": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "packed for Python 3.99, which this image does not have" in done.stdout
    assert "--python 3.x" in done.stdout


@needs_bash
def test_no_results_of_a_run_before_are_taken_for_those_of_this_one(
    pins: Pins, tmp_path: Path
) -> None:
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "results.json").write_text("{}")
    script = filling.filled("gradescope/run_autograder", pins.values)
    environment = {"AUTOGRADER_ROOT": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [BASH, "-c", script], env=environment, capture_output=True, check=False
    )
    assert done.returncode == 127
    assert list((tmp_path / "results").iterdir()) == []


@pytest.mark.parametrize(("memory", "count"), [(512, 0), (513, 1)])
def test_what_does_not_fit_into_the_container_is_remarked(
    memory: int, count: int
) -> None:
    assignment = replace(DEFAULT, limits=Limits(memory_mb=memory))
    assert len(gradescope.remarks(assignment)) == count
