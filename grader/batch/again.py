"""Render a results folder again, without grading anything."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from grader.batch import (
    entries,
    files,
    overrides,
    pseudonyms,
    renaming,
    settings,
)
from grader.batch.grade import GRADES, OVERRIDES, write_class_page, write_grades
from grader.batch.missing import laid_over
from grader.reports import to_csv

if TYPE_CHECKING:
    from pathlib import Path

    from grader.batch.settings import Settings

#: What is said of the names that `strangers` returns.
STRANGERS: Final = "no such submission, but in overrides.csv"


def strangers(folder: Path, known: Settings) -> tuple[str, ...]:
    """Return the names in overrides.csv that no row of grades.csv has.

    Raises:
        UsageError: overrides.csv is wrong.
    """
    given = overrides.read(folder / OVERRIDES, rubrics=known.rubrics)
    names = pseudonyms.of_folder(folder)
    text = (folder / GRADES).read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    shown = {row["submission"] for row in rows}
    return tuple(
        name
        for name in given
        if shown.isdisjoint({name, to_csv.cell(name), names.of(name)})
    )


def render(folder: Path, known: Settings, *, pseudonymous: bool = False) -> int:
    """Write every file of the folder anew from its reports; return how many there are.

    `pseudonymous` takes the names out of all that the folder shows, for good.

    Raises:
        UsageError: overrides.csv is wrong.
    """
    given = overrides.read(folder / OVERRIDES, rubrics=known.rubrics)
    if any(entries.reports(folder)):  # what was handed out may be gone
        files.make_folder(folder / entries.STUDENTS)
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
        entries.write(folder, done)
        found[done.entry.name] = done.entry
    if found:
        write_grades(folder, found, known.rubrics)
        write_class_page(folder, known.feedback)
        files.write_whole(folder / settings.NAME, settings.write(known))
    return len(found)
