"""What all tests of adequacy share."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def untraced() -> Iterator[None]:
    """Let no coverage look: thousands of programs cover nothing that others do not."""
    trace = sys.gettrace()
    sys.settrace(None)
    yield
    sys.settrace(trace)
