"""A batch that is stopped goes on where it was, and nothing is lost or left behind."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from shell import convgrade, start

EXAMPLE = Path(__file__).parents[2] / "submissions" / "correct_im2col.py"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
COUNT = 15  # enough that some are left when the first one is done


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    folder = tmp_path / "handed_in"
    folder.mkdir()
    text = EXAMPLE.read_text(encoding="utf-8")
    head = "def conv_forward_naive(x, w, b, conv_param):\n"
    assert head in text
    for number in range(COUNT):
        # Each one a program of its own, since what is the same is graded once, and none
        # so quick that all are done before the first one is noticed.
        slow = f"{head}    time.sleep({0.005 + number / 1e6})\n"
        own = f"import time\n{text.replace(head, slow)}"
        (folder / f"s{number:02}.py").write_text(own, encoding="utf-8")
    return folder


def graded(out: Path) -> dict[str, float]:
    """When each report was written."""
    staff = (out / "staff").glob("s*.json")
    return {path.name: path.stat().st_mtime for path in staff}


def wait_for(out: Path, *, count: int) -> None:
    deadline = time.monotonic() + 120
    while len(graded(out)) < count:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def descendants(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


KILLED = pytest.param(signal.SIGKILL, marks=pytest.mark.thorough)


@pytest.mark.parametrize("number", [signal.SIGINT, KILLED], ids=str)
def test_what_is_done_is_kept_and_the_rest_is_graded_once(
    number: int, handed_in: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    arguments = ["grade", handed_in, "--out", out, "--jobs", 2]
    process = start(arguments)
    wait_for(out, count=1)
    family = descendants(process)
    os.kill(process.pid, number)
    code = process.wait(60)
    assert code == (130 if number == signal.SIGINT else -number)
    psutil.wait_procs(family, timeout=30)
    assert not any(each.is_running() for each in family)
    before = graded(out)
    again = convgrade(arguments)
    assert f"{COUNT} submissions: {COUNT} graded; 100.0 %" in again.out
    after = graded(out)
    assert len(after) == COUNT
    assert before.items() <= after.items()
    with (out / "grades.csv").open(encoding="utf-8", newline="") as file:
        assert {row["score"] for row in csv.DictReader(file)} == {"100"}
