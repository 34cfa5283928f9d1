"""`convgrade corpus`: the published cases, the same for everyone."""

from __future__ import annotations

from importlib import import_module
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Annotated, Final

import typer

from grader.cli import options, terminal
from grader.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.table import Table

    from grader.exercise import Domain, Exercise

#: Layer -> the module that chooses its table anew, and the file that holds it.
TABLES: Final[Mapping[str, tuple[str, str]]] = {
    "conv2d": ("grader.exercises.conv2d.table", "conv2d.json"),
}


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
    from grader.exercises import load_exercise  # noqa: PLC0415 (NumPy, not for --help)

    known = options.read_assignment(assignment)
    console = terminal.results()
    for graded in known.exercises:
        if freeze:
            console.print(_freeze(graded.layer), soft_wrap=True)
        else:
            exercise = load_exercise(graded.layer)
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


def _freeze(layer: str) -> str:
    if layer not in TABLES:
        raise UsageError(
            f"layer {layer!r} has no table to freeze; wanted one of {', '.join(TABLES)}"
        )
    module, name = TABLES[layer]
    text = import_module(module).regenerate().encode("utf-8")
    with as_file(files(module.rpartition(".")[0]) / name) as path:
        if path.read_bytes() == text:
            return f"{name} holds what the strategy gives; nothing to write"
        try:
            path.write_bytes(text)
        except OSError as error:
            raise UsageError(f"cannot write {str(path)!r}: {error.strerror}") from error
    return f"wrote {path}"
