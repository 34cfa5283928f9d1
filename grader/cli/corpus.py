"""`convgrade corpus`: the published cases, the same for everyone."""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import options, terminal
from grader.errors import UsageError

if TYPE_CHECKING:
    from rich.table import Table

    from grader.exercise import Domain, Exercise


def corpus(
    *,
    assignment: options.AssignmentFile = None,
    freeze: Annotated[
        bool,
        typer.Option(
            "--freeze",
            help="Choose the cases anew from the strategy, and write their table.",
        ),
    ] = False,
) -> None:
    """Show the published cases; their data comes from a seed, fresh in every run."""
    known = options.read_assignment(assignment)
    console = terminal.results()
    for graded in known.exercises:
        exercise = known.exercise_of(graded)
        if freeze:
            console.print(_freeze(exercise), soft_wrap=True)
        else:
            console.print(_table(exercise, graded.domain_for(exercise)))


def _table(exercise: Exercise, domain: Domain) -> Table:
    from rich.table import Table  # noqa: PLC0415 (not for --help)

    cases = exercise.published(domain)
    table = Table(title=f"{exercise.name}: {len(cases)} cases", box=None)
    table.add_column("case", no_wrap=True)
    for axis in exercise.axes:
        table.add_column(axis, justify="right", no_wrap=True)
    regime = ""
    for case in cases:
        if case.regime != regime:
            regime = case.regime
            table.add_row(regime, *[""] * len(exercise.axes), style="bold")
        table.add_row(f"  {case.role}", *(str(case.axes[a]) for a in exercise.axes))
    return table


def _freeze(exercise: Exercise) -> str:
    frozen = exercise.frozen
    if frozen is None:
        return f"{exercise.name} has its cases in its code; nothing to write"
    text = frozen.regenerate().encode("utf-8")
    with as_file(files(frozen.package) / frozen.file) as path:
        if path.read_bytes() == text:
            return f"{frozen.file} holds what the strategy gives; nothing to write"
        try:
            path.write_bytes(text)
        except OSError as error:
            raise UsageError(f"cannot write {str(path)!r}: {error.strerror}") from error
    return f"wrote {path}"
