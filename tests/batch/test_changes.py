from __future__ import annotations

from dataclasses import replace

import pytest
from written_reports import right, undecided, wrong_dx

from grader.assignment import Feedback
from grader.batch import changes, entries
from grader.batch.records import Entry
from grader.report import Report


def entry(report: Report) -> Entry:
    return entries.entry(report, file="kim", feedback=Feedback())


OLD = entry(right("kim"))
NEW = entry(wrong_dx("kim"))


def row(new: Entry) -> list[str]:
    _, *rows = changes.table({"kim": OLD}, {"kim": new}).splitlines()
    return rows


def test_the_same_result_is_no_change() -> None:
    assert row(replace(OLD, version="9.9")) == []


@pytest.mark.parametrize(
    ("new", "why"),
    [
        (NEW, "graded once more"),
        (replace(NEW, version="9.9"), "convgrade 0.1.0 -> 9.9"),
        (replace(NEW, corpus="c2", key="k2"), "other cases or data"),
        (replace(NEW, key="k2"), '"the submission, limits or points have changed"'),
    ],
)
def test_a_change_has_its_reason(new: Entry, why: str) -> None:
    assert row(new) == [f"kim,100,85,{why}"]


def test_what_could_not_be_judged_is_named_so() -> None:
    assert row(entry(undecided("kim"))) == ["kim,100,undecided,graded once more"]
