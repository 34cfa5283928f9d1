"""What is the grader's own fault costs nobody a point, and stops nobody else."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final, NoReturn

import pytest
from attacking import graded, points, setting
from in_process import InProcessSandbox
from programs import RIGHT

from grader.engine.judge import Judge
from grader.errors import SandboxError
from grader.isolation.worker import ProcessWorker
from grader.messages import LANGUAGES, render
from grader.records import Limits, Program, Tier
from grader.report import Outcome, Report

EVERY: Final = 24


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    path = tmp_path / "layers.py"
    path.write_text(RIGHT, "utf-8")
    return path


class Broken:
    """A sandbox in which nothing starts."""

    tier = Tier.STRONG

    def open(self, program: Program, limits: Limits) -> ProcessWorker:
        return ProcessWorker(program, limits, start=self._start)

    def _start(self, limits: Limits) -> NoReturn:
        raise SandboxError(f"nothing starts within {limits}")

    def close(self) -> None:
        """Nothing to end."""


def check_undecided(report: Report, message: str) -> None:
    assert report.outcome is Outcome.UNDECIDED
    assert report.score is None
    assert set(points(report).values()) == {None}
    assert report.reason is not None
    assert report.reason.id == message
    for language in LANGUAGES:
        assert render(report.reason, language)


def test_a_sandbox_that_breaks_is_not_the_students_fault(handed_in: Path) -> None:
    report = graded(handed_in, setting(Broken(), every=EVERY))
    check_undecided(report, "undecided.sandbox")


def test_a_fault_of_the_judge_is_not_the_students_and_stops_nobody(
    handed_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = setting(InProcessSandbox(), every=EVERY)
    with monkeypatch.context() as patched:
        patched.setattr(Judge, "judge", lambda *_: 1 / 0)
        report = graded(handed_in, given)
    check_undecided(report, "undecided.internal")
    assert report.reason is not None
    assert "ZeroDivisionError in test_own_faults.py" in str(report.reason.values)
    assert graded(handed_in, given).score == report.max_score


def test_a_fault_of_the_loader_is_not_the_students(
    handed_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The package's `grade` is the function of that name, not the module.
    module = sys.modules["grader.session.grade"]
    monkeypatch.setattr(module, "load", lambda *_, **__: 1 / 0)
    given = setting(InProcessSandbox(), every=EVERY)
    check_undecided(graded(handed_in, given), "undecided.internal")
