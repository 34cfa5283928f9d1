"""Render a results folder again, without grading anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.batch import entries, files, overrides, renaming, settings
from grader.batch.grade import OVERRIDES, write_class_page, write_grades
from grader.batch.missing import laid_over

if TYPE_CHECKING:
    from pathlib import Path

    from grader.batch.settings import Settings


def render(folder: Path, known: Settings, *, pseudonymous: bool = False) -> int:
    """Write every file of the folder anew from its reports; return how many there are.

    `pseudonymous` takes the names out of all that the folder shows, for good.

    Raises:
        UsageError: overrides.csv is wrong.
    """
    given = overrides.read(folder / OVERRIDES, rubrics=known.rubrics)
    names = renaming.prepare(folder, wanted=pseudonymous, feedback=known.feedback)
    given = names.by_name(given)
    found = {}
    for file, kept in entries.reports(folder):
        report = names.restored(kept)
        today = laid_over(report, given, rubrics=known.rubrics)
        done = entries.done(
            today,
            file=file,
            feedback=known.feedback,
            pseudonym=names.of(report.identity.submission),
        )
        for place, content in done.files:
            files.write_whole(folder / place, content)
        found[done.entry.name] = done.entry
    if found:
        write_grades(folder, found, known.rubrics)
        write_class_page(folder, known.feedback)
        files.write_whole(folder / settings.NAME, settings.write(known))
    return len(found)
