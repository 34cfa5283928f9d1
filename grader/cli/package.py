"""`convgrade package`: an autograder that a platform takes as it is."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 (typer reads the annotations)
from typing import TYPE_CHECKING, Annotated, Final, Optional

import typer

from grader.cli import options, terminal
from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.assignment import Assignment

TARGETS: Final = ("gradescope", "classroom50")


def package(
    target: Annotated[
        str, typer.Argument(metavar="TARGET", help=f"One of {', '.join(TARGETS)}.")
    ],
    *,
    assignment: Annotated[
        Path, typer.Option(metavar="FILE", help="The instructor's assignment.toml.")
    ],
    out: Annotated[Path, typer.Option(metavar="FILE", help="The zip to write.")],
    python: Annotated[
        Optional[str],  # noqa: UP045 (older typers do not know `X | None`)
        typer.Option(help="The platform's Python, such as 3.12; this one without it."),
    ] = None,
) -> None:
    """Pack convgrade, the assignment and all it needs into a zip for a platform."""
    from grader.batch import files  # noqa: PLC0415 (not for --help)

    if target not in TARGETS:
        raise UsageError(f"no target {target!r}, wanted one of {', '.join(TARGETS)}")
    known = options.read_assignment(assignment)
    content = _packed(target, assignment, python=python)
    files.make_folder(out.parent)
    files.write_whole(out, content)
    console = terminal.results()
    size = f"{len(content) / 1e6:.1f} MB"
    console.print(f"{size} written to {out} for {target}", soft_wrap=True)
    for remark in _remarks(target, known):
        console.print(remark, soft_wrap=True)


def _packed(target: str, assignment: Path, *, python: str | None) -> bytes:
    from grader.course import (  # noqa: PLC0415 (not for --help)
        classroom50,
        dependencies,
        gradescope,
        named_files,
    )
    from grader.course.own_wheel import own_wheel  # noqa: PLC0415 (the same)
    from grader.course.pins import running  # noqa: PLC0415 (the same)

    pins, wheel = running(python=python), own_wheel()
    named = named_files.gathered(assignment)
    if target == "classroom50":
        return classroom50.packed(named, wheel, pins)
    return gradescope.packed(named, dependencies.fetched(wheel, pins), pins)


def _remarks(target: str, assignment: Assignment) -> tuple[str, ...]:
    from grader.course import gradescope  # noqa: PLC0415 (not for --help)

    return gradescope.remarks(assignment) if target == "gradescope" else ()
