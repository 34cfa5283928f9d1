"""What all tests of adequacy share."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def unwatched(untraced: None) -> None:
    """Let no coverage look: thousands of programs cover nothing that others do not."""
