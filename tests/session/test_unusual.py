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


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("numba_that_is_not_here", "numba is not installed here; a stand-in"),
        ("types_of_a_framework", "torch is not installed here; only annotations"),
        ("under_the_main_guard", '`if __name__ == "__main__":` was used'),
        ("executed_from_a_text", "the whole file was run"),
        ("other_letters_in_the_name", "Helper was found as helper.py"),
        ("a_name_taken_by_a_later_trial", "makes something else of pad4"),
        ("python_called_ipynb", "is Python under another name"),
        ("a_notebook_called_py", "is a notebook under another name"),
        ("utf_16", "is not UTF-8; it was read as utf-16-le"),
        ("defined_twice", "is defined more than once"),
        ("two_halves", "both were used"),
    ],
)
def test_what_was_done_about_it_is_told(
    name: str, sentence: str, tmp_path: Path
) -> None:
    assert sentence in told(graded(RUNS[name], tmp_path))
