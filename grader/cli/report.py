"""`convgrade report`: render a results folder again, without grading."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 (typer reads the annotations)
from typing import Annotated

import typer

from grader.cli import options, terminal
from grader.errors import UsageError


def report(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="What 'convgrade grade' wrote into.")
    ],
    *,
    assignment: options.AssignmentFile = None,
    pseudonymous: options.Pseudonymous = False,
) -> None:
    """Render results again after a change of overrides, feedback or language."""
    from grader.batch import again, entries, lock  # noqa: PLC0415 (not for --help)

    if not any(entries.reports(folder)):
        raise UsageError(
            f"no reports in {str(folder)!r}; wanted a folder of 'convgrade grade --out'"
        )
    with lock.held(folder):
        known = options.read_settings(folder, assignment)
        count = again.render(folder, known, pseudonymous=pseudonymous)
        strangers = again.strangers(folder, known)
    terminal.say_names(again.STRANGERS, strangers)
    reports = f"{count} report{terminal.plural(count)}"
    terminal.results().print(f"{reports} rendered again in {folder}")
