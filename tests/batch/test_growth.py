"""A course of ten thousand: what a batch itself costs stays what it is for a thousand.

The programs are not run here; `benchmarks/growth.py` runs real ones.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import many
import pytest

pytestmark = [
    pytest.mark.nightly,
    pytest.mark.skipif(sys.platform == "win32", reason="it cannot tell its memory"),
]
FEW, MANY = 1_000, 10_000
MOST_MEMORY = 200  # MB of the parent


def run(folder: Path, count: int) -> dict[str, float]:
    words = [sys.executable, many.__file__, str(folder), str(count)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout)
    return told


def test_ten_thousand_submissions_cost_ten_times_a_thousand(tmp_path: Path) -> None:
    few, more = run(tmp_path / "few", FEW), run(tmp_path / "more", MANY)
    assert more["graded"] == MANY
    assert more["memory"] < MOST_MEMORY
    # A few processes' worth of noise; what is quadratic would take ten times as much.
    assert more["cpu"] / MANY < 1.5 * few["cpu"] / FEW
    again = run(tmp_path / "more", MANY)
    assert again["graded"] == 0
    assert again["cpu"] < 1.5 * more["cpu"]
    assert again["memory"] < MOST_MEMORY
    names = {path.name for path in (tmp_path / "more" / "out" / "staff").iterdir()}
    assert len(names) == 256
    rows = (tmp_path / "more" / "out" / "grades.csv").read_text("utf-8").splitlines()
    assert len(rows) == 1 + MANY
