"""The command line in this process, as `convgrade` runs it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from commands import Ran, Run

from grader import cli

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "submissions"


@pytest.fixture
def convgrade(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    # Under coverage the checkout may run, beside the installed copy.
    monkeypatch.setattr(cli, "refuse_strangers", lambda: None)
    monkeypatch.setenv("COLUMNS", "80")

    def run(arguments: Sequence[object]) -> Ran:
        code = cli.run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ran(code=code, out=captured.out, err=captured.err)

    return run


@pytest.fixture(scope="session")
def examples() -> Path:
    return EXAMPLES
