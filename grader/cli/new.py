"""`convgrade new`: an assignment's repository that works at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional, TypeAlias

import typer

from grader.cli import terminal
from grader.errors import UsageError
from grader.exercises import DEFAULT
from grader.messages import LANGUAGES
from grader.reports.foreign import visible_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.course.repository import Platform

Folder: TypeAlias = Annotated[
    Path, typer.Argument(metavar="DIR", help="Where to; nothing is overwritten.")
]
Name: TypeAlias = Annotated[
    str, typer.Option(help="The assignment's name; the folder's without it.")
]
Layers: TypeAlias = Annotated[
    Optional[list[str]],  # noqa: UP045 (older typers do not know `X | None`)
    typer.Option("--layer", help="What is to be written; can be given several times."),
]
Language: TypeAlias = Annotated[
    str, typer.Option(help=f"What students read: {' or '.join(LANGUAGES)}.")
]
Gradescope: TypeAlias = Annotated[
    bool, typer.Option("--gradescope", help="Students hand in on Gradescope.")
]
Classroom50: TypeAlias = Annotated[
    bool, typer.Option("--classroom50", help="Students hand in on Classroom 50.")
]
Grading: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--grading",
        help="Your own repository instead, which grades the students'.",
    ),
]


def new(  # noqa: PLR0913 (each is an option of the command line)
    folder: Folder,
    *,
    name: Name = "",
    layers: Layers = None,
    language: Language = "en",
    gradescope: Gradescope = False,
    classroom50: Classroom50 = False,
    grading: Grading = False,
) -> None:
    """Set up an assignment: templates, assignment.toml, workflow, pinned versions."""
    from grader.course import repository, writing  # noqa: PLC0415 (not for --help)
    from grader.course.own_wheel import own_wheel  # noqa: PLC0415 (the same)
    from grader.course.pins import running  # noqa: PLC0415 (the same)

    if gradescope + classroom50 + grading > 1:
        raise UsageError(
            "wanted no more than one of --gradescope, --classroom50, --grading"
        )
    plan = repository.Plan(
        name=name or folder.resolve().name,
        layers=_known_layers(layers or [DEFAULT]),
        platform=_platform(gradescope=gradescope, classroom50=classroom50),
        language=_known_language(language),
        pins=running(),
        wheel=own_wheel(),
    )
    compose = repository.for_grading if grading else repository.for_students
    files = compose(plan)
    writing.write_new(folder, files)
    _say(folder, [file.path for file in files], grading=grading)


def _platform(*, gradescope: bool, classroom50: bool) -> Platform:
    from grader.course.repository import Platform  # noqa: PLC0415 (not for --help)

    if gradescope:
        return Platform.GRADESCOPE
    return Platform.CLASSROOM50 if classroom50 else Platform.GITHUB


def _known_layers(wanted: Sequence[str]) -> tuple[str, ...]:
    from grader.exercises import EXERCISES  # noqa: PLC0415 (not for --help)

    for layer in wanted:
        if layer not in EXERCISES:
            shown = " or ".join(map(repr, EXERCISES))
            raise UsageError(f"--layer is {layer!r}; wanted {shown}")
    return tuple(dict.fromkeys(wanted))


def _known_language(language: str) -> str:
    if language not in LANGUAGES:
        known = " or ".join(map(repr, LANGUAGES))
        raise UsageError(f"--language is {language!r}; wanted {known}")
    return language


def _say(folder: Path, paths: Sequence[str], *, grading: bool) -> None:
    console = terminal.results()
    told = [*(f"  {path}" for path in sorted(paths))]
    told.append(f"{len(paths)} files written into {folder}")
    following = (
        "list the students in repositories.txt, and push it as a private repository"
        if grading
        else f"convgrade validate {folder} --solution YOUR_SOLUTION.py"
    )
    for line in (*told, f"Next: {following}"):
        console.print(visible_line(line), soft_wrap=True)
