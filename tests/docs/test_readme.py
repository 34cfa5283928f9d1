"""What the README shows of two commands, against what they print."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pages import appears, blocks

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "submissions"
DX_NOT_CROPPED = EXAMPLES / "wrong_dx_not_cropped_without_padding.py"

pytestmark = pytest.mark.docs


def shown(number: int) -> str:
    texts = [b.text for b in blocks(ROOT / "README.md") if b.language == "text"]
    return texts[number]


def printed(folder: Path, *arguments: str) -> str:
    return subprocess.run(
        [sys.executable, "-P", "-m", "grader", *arguments],
        cwd=folder,
        env={**os.environ, "COLUMNS": "80"},
        capture_output=True,
        text=True,
        check=False,
    ).stdout


def test_the_first_command_prints_what_is_shown(tmp_path: Path) -> None:
    output = printed(tmp_path, "grade", str(EXAMPLES), "--out", "results")
    assert appears(shown(0), output), output


def test_a_check_prints_what_is_shown(tmp_path: Path) -> None:
    output = printed(tmp_path, "check", str(DX_NOT_CROPPED))
    assert appears(shown(1), output), output
