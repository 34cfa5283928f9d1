"""Render a results folder again, without grading anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.batch import entries, files, overrides, rubrics
from grader.batch.grade import OVERRIDES, write_class_page, write_grades

if TYPE_CHECKING:
    from pathlib import Path

    from grader.assignment import Assignment


def render(folder: Path, assignment: Assignment) -> int:
    """Write every file of the folder anew from its reports; return how many there are.

    Raises:
        UsageError: overrides.csv is wrong.
    """
    rubric = rubrics.of(assignment)
    given = overrides.read(folder / OVERRIDES, rubrics=rubric)
    found = {}
    for file, report in entries.reports(folder):
        today = overrides.apply(report, overrides.of(report.identity.submission, given))
        done = entries.done(today, file=file, feedback=assignment.feedback)
        for place, content in done.files:
            files.write_whole(folder / place, content)
        found[done.entry.name] = done.entry
    if found:
        write_grades(folder, found, rubric)
        write_class_page(folder, assignment.feedback)
    return len(found)
