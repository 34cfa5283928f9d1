"""Whatever a teaching assistant could run without editing it runs, and is right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from downloads import write
from in_process import InProcessSandbox
from judging import corpus_of
from unusual import DEAD_ENDS, RUNS, Files

from grader import session
from grader.assignment import DEFAULT
from grader.messages import render
from grader.report import Identity, Report

CORPUS = corpus_of()
# Running is what is asked here, so a few of the cases will do.
FEW = replace(CORPUS, entries=CORPUS.entries[::5])
SETTING = session.Setting(
    assignment=DEFAULT,
    corpora=(FEW,),
    sandbox=InProcessSandbox(),
    seed=1,
    corpus_digest="few",
)


def graded(files: Files, folder: Path) -> Report:
    write(folder, files)
    alone = folder / next(iter(files))
    path = alone if len(files) == 1 else folder
    return session.grade_path(path, SETTING, identity=Identity(submission="kim"))


def told(report: Report) -> str:
    summaries = [m for exercise in report.exercises for m in exercise.summary]
    reasons = [report.reason] if report.reason else []
    return " ".join(render(m) for m in (*reasons, *summaries, *report.notes))


@pytest.mark.parametrize("name", RUNS)
def test_what_can_be_run_is_run(name: str, tmp_path: Path) -> None:
    report = graded(RUNS[name], tmp_path)
    assert report.score == report.max_score, told(report)


@pytest.mark.parametrize("name", DEAD_ENDS)
def test_a_dead_end_is_named(name: str, tmp_path: Path) -> None:
    files, sentence = DEAD_ENDS[name]
    report = graded(files, tmp_path)
    assert sentence in told(report)
    assert report.score is not None
    assert report.score < report.max_score
