"""The table of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from grader.cli import (
    check,
    corpus,
    doctor,
    export,
    grade,
    new,
    package,
    report,
    validate,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

COMMANDS: Final[Mapping[str, Callable[..., None]]] = {
    "check": check.check,
    "grade": grade.grade,
    "report": report.report,
    "export": export.export,
    "new": new.new,
    "validate": validate.validate,
    "package": package.package,
    "corpus": corpus.corpus,
    "doctor": doctor.doctor,
}


def application() -> typer.Typer:
    """Return the application; tracebacks are `main`'s business, not rich's."""
    made = typer.Typer(
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    made.callback()(convgrade)
    for name, command in COMMANDS.items():
        made.command(name)(command)
    return made


def _show_version(wanted: bool) -> None:  # noqa: FBT001 (typer calls it so)
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415 (seldom)

        typer.echo(f"convgrade {version('convgrade')}")
        raise typer.Exit


def convgrade(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            is_eager=True,
            callback=_show_version,
            help="Show the version and leave.",
        ),
    ] = False,
) -> None:
    """Test and grade student NumPy layers by their properties.

    Exit codes: 0 fine, 1 below --fail-under, 2 wrong use, 3 something stayed undecided.
    """
    del version  # the callback has seen to it
