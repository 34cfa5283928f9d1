"""Whatever a worker answers, there is a report, and no page is taken over."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from attacking import graded, said, setting
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lying import LyingSandbox
from programs import RIGHT

from grader.messages import LANGUAGES
from grader.report import Outcome, Report
from grader.reports import RENDERERS, renderer

chances = st.randoms(use_true_random=False, note_method_calls=False)
#: JSON carries every character; who reads it has to escape what is shown.
TAKING_OVER = ("\x1b", "\x00", "\x07", "\x9b")


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lying") / "layers.py"
    path.write_text(RIGHT, "utf-8")
    return path


def report_on(path: Path, chance: Random, *, every: int) -> Report:
    lying = setting(LyingSandbox(chance), every=every)
    return graded(path, lying)


def check(report: Report) -> None:
    assert report.outcome is not Outcome.UNDECIDED, report.reason
    assert "session.unexplained" not in said(report)
    for kind in RENDERERS:
        for language in LANGUAGES:
            shown = renderer(kind)(report, language=language)
            assert not any(mark in shown for mark in TAKING_OVER)


@pytest.mark.usefixtures("unexplained")
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chances)
def test_whatever_is_answered_there_is_a_report(
    handed_in: Path, chance: Random
) -> None:
    check(report_on(handed_in, chance, every=12))


@pytest.mark.nightly
@settings(max_examples=300)
@given(chances)
def test_whatever_is_answered_it_is_explained(handed_in: Path, chance: Random) -> None:
    check(report_on(handed_in, chance, every=6))
