"""Five hundred submissions, of which one in twenty hangs and one in twenty crashes."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest
from commands import Ran
from shell import convgrade

from grader.report import Report
from grader.reports import to_json

pytestmark = [
    pytest.mark.nightly,
    pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a start costs more"),
]
EXAMPLES = Path(__file__).parents[2] / "submissions"
COUNT = 500
CALL_SECONDS = 0.5
BACKWARD = "def conv_backward_naive(dout, cache):\n    return None\n"
HEAD = "def conv_forward_naive(x, w, b, conv_param):\n    "
TEXTS = {
    "right": (EXAMPLES / "correct_im2col.py").read_text(encoding="utf-8"),
    "loop": f"{HEAD}while True:\n        pass\n\n\n{BACKWARD}",
    "crash": f"import ctypes\n\n\n{HEAD}ctypes.string_at(0)\n\n\n{BACKWARD}",
}


def kind(number: int) -> str:
    return {7: "loop", 13: "crash"}.get(number % 20, "right")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("many")
    (made / "in").mkdir()
    for number in range(COUNT):
        text = f"{TEXTS[kind(number)]}\n# {number}\n"
        name = f"{kind(number)}{number:03}.py"
        (made / "in" / name).write_text(text, encoding="utf-8")
    limits = f"[limits]\ncall_seconds = {CALL_SECONDS}\n"
    (made / "assignment.toml").write_text(limits, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def ran(folder: Path) -> Ran:
    options = ["--assignment", folder / "assignment.toml", "--jobs", 2]
    command = ["grade", folder / "in", "--out", folder / "out", *options]
    return convgrade(command, seconds=1200)


def reports(folder: Path, kind: str) -> list[Report]:
    paths = (folder / "out" / "staff").glob(f"{kind}*.json")
    return [to_json.parse(path.read_bytes()) for path in paths]


def test_everyone_is_reported_and_nobody_pays_for_others(
    ran: Ran, folder: Path
) -> None:
    assert ran.code == 0, ran.err
    with (folder / "out" / "grades.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["submission"]: row["score"] for row in csv.DictReader(file)}
    handed_in = [path.name for path in (folder / "in").iterdir()]
    assert rows == {n: "100" if n.startswith("right") else "0" for n in handed_in}


def test_a_loop_costs_three_deadlines_and_a_crash_next_to_nothing(
    ran: Ran, folder: Path
) -> None:
    assert ran.code == 0, ran.err
    loops, crashes = reports(folder, "loop"), reports(folder, "crash")
    assert len(loops) == len(crashes) == COUNT // 20
    # What is seen of a clock comes a little late.
    most = 3 * CALL_SECONDS + 0.3
    assert max(loop.provenance.student_seconds for loop in loops) < most
    assert max(crash.provenance.student_seconds for crash in crashes) < most
