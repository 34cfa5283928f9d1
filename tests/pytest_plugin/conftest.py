"""A folder with a submission, and pytest run in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from in_process import InProcessSandbox

# NumPy can be loaded once only; what is loaded here stays for every run inside.
import grader.pytest_plugin.functions
import grader.pytest_plugin.items
from grader.batch import setting
from grader.exercises.conv2d import strategy
from grader.records import Tier

LOADED = (grader.pytest_plugin.functions, grader.pytest_plugin.items, strategy)
Tests: TypeAlias = Callable[..., pytest.RunResult]


@pytest.fixture
def tests(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Tests:
    """Write a submission and run pytest on it in this process, without walls."""

    def opened(_: Tier | None) -> InProcessSandbox:
        return InProcessSandbox()

    monkeypatch.setattr(setting, "open_sandbox", opened)

    def run(source: str, *options: str) -> pytest.RunResult:
        pytester.path.joinpath("layers.py").write_text(source, "utf-8")
        return pytester.runpytest_inprocess(
            "--submission",
            "layers.py",
            "-p",
            "no:xdist",
            "-p",
            "no:cacheprovider",
            *options,
        )

    return run
