from __future__ import annotations

import sys

import numpy as np
import pytest

from grader.course.pins import running
from grader.errors import UsageError


def test_what_runs_here_is_pinned() -> None:
    pins = running()
    assert pins.numpy == np.__version__
    assert pins.python == f"{sys.version_info.major}.{sys.version_info.minor}"


def test_another_python_can_be_asked_for() -> None:
    assert running(python="3.12").python == "3.12"


@pytest.mark.parametrize("wanted", ["3", "3.10", "3.12.1", "4.1", "", "3.x"])
def test_a_python_that_cannot_be_is_refused(wanted: str) -> None:
    with pytest.raises(UsageError, match=f"--python is {wanted!r}; wanted"):
        running(python=wanted)
