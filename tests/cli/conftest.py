"""The command line in this process, as `convgrade` runs it."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import Run, run_here

EXAMPLES = Path(__file__).parents[2] / "submissions"


@pytest.fixture
def convgrade() -> Run:
    return run_here


@pytest.fixture(scope="session")
def examples() -> Path:
    return EXAMPLES
