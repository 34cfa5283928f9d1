from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from rich.console import Console
from written_reports import ENDINGS, right

from grader.assignment import Feedback
from grader.batch import entries
from grader.batch.records import Entry
from grader.cli import summary


def shown(*found: Entry, width: int = 80) -> str:
    target = io.StringIO()
    known: Any = SimpleNamespace(
        entries={entry.name: entry for entry in found}, out=Path("results")
    )
    Console(file=target, width=width).print(summary.of(known, graded=len(found)))
    return target.getvalue()


def all_endings() -> list[Entry]:
    return [
        entries.entry(make(make.__name__), file=make.__name__, feedback=Feedback())
        for make in ENDINGS
    ]


def test_each_submission_has_its_line_and_its_reason() -> None:
    text = shown(*all_endings(), width=100)
    assert "5 submissions: 3 graded, 1 undecided, 1 unreadable" in text
    assert "1 handed in nothing." in text
    assert "83.3 % on average" in text  # of those that were graded
    assert r"wrong when \x1b[2J <b>" in text


def test_a_narrow_window_is_enough() -> None:
    assert max(map(len, shown(*all_endings(), width=50).splitlines())) <= 50


def test_a_big_class_gets_its_totals_only() -> None:
    entry = entries.entry(right(), file="kim", feedback=Feedback())
    many = [replace(entry, name=f"s{number}") for number in range(51)]
    text = shown(*many)
    assert "51 submissions: 51 graded; 100.0 % on average." in text
    assert "s50" not in text


def test_one_submission_is_no_plural() -> None:
    entry = entries.entry(right(), file="kim", feedback=Feedback())
    assert "1 submission: 1 graded" in shown(entry)
