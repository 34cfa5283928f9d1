"""`convgrade validate`: the solution gets everything, the template nothing."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Optional, TypeAlias

import typer

from grader.cli import options, terminal
from grader.cli.endings import BELOW, FINE, UNDECIDED
from grader.errors import UsageError
from grader.reports.foreign import visible_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.assignment import Assignment
    from grader.course.soundness import Role, Trial
    from grader.session import Setting

NAME: Final = "assignment.toml"
DRAWN: Final = 100  # cases beyond the published ones that the solution is tried on
TEMPLATES: Final = (".py", ".ipynb")

Place: TypeAlias = Annotated[
    Path, typer.Argument(metavar="[PATH]", help="An assignment.toml, or its folder.")
]
Solutions: TypeAlias = Annotated[
    Optional[list[Path]],  # noqa: UP045 (older typers do not know `X | None`)
    typer.Option("--solution", metavar="FILE", help="Must get everything."),
]
Templates: TypeAlias = Annotated[
    Optional[list[Path]],  # noqa: UP045 (the same)
    typer.Option(
        "--template",
        metavar="FILE",
        help="Must get nothing; the files beside the assignment without it.",
    ),
]


def validate(
    path: Place = Path(),
    *,
    solutions: Solutions = None,
    templates: Templates = None,
    seed: options.Seed = None,
) -> None:
    """Try an assignment before students do: is it sound, and does it work here?

    Exit codes: 0 sound, 1 not sound, 2 a fault in the file, 3 something undecided.
    """
    from grader.course.soundness import Role  # noqa: PLC0415 (not for --help)

    file = path / NAME if path.is_dir() else path
    assignment = options.read_assignment(file)
    given = [_there(each) for each in solutions or ()]
    beside = _beside(file, others=given) if templates is None else templates
    tried = {Role.SOLUTION: given, Role.TEMPLATE: [_there(each) for each in beside]}
    with _setting(assignment, seed) as setting:
        trials = [
            _try(each, role, setting) for role, paths in tried.items() for each in paths
        ]
    raise typer.Exit(_tell(trials, assignment))


def _there(path: Path) -> Path:
    if not path.exists():
        raise UsageError(f"path {str(path)!r} does not exist; wanted a submission")
    return path


def _beside(file: Path, *, others: Sequence[Path]) -> list[Path]:
    """Return the Python files and notebooks that are handed out with the assignment."""
    from grader.course import named_files  # noqa: PLC0415 (not for --help)

    named = [file.parent / each.path for each in named_files.gathered(file)]
    ours = {each.resolve() for each in (*named, *others)}
    return [
        each
        for each in sorted(file.parent.iterdir())
        if each.suffix in TEMPLATES and each.resolve() not in ours
    ]


@contextmanager
def _setting(assignment: Assignment, seed: int | None) -> Iterator[Setting]:
    """Yield what all trials are graded with, as students' submissions will be."""
    from grader.batch import setting  # noqa: PLC0415 (not for --help)

    drawn, built = options.choose_corpora(assignment, seed=seed, corpus=None)
    with setting.opened(assignment, seed=drawn, built=built) as ready:
        yield ready


def _try(path: Path, role: Role, setting: Setting) -> Trial:
    """Grade a submission as students' are; a right solution again, on more cases."""
    from grader import session  # noqa: PLC0415 (not for --help)
    from grader.course.soundness import Role, Trial  # noqa: PLC0415 (the same)
    from grader.report import Identity  # noqa: PLC0415 (the same)

    name = path.resolve().name
    identity = Identity(submission=name)
    report = session.grade_path(path, setting, identity=identity, siblings=True)
    if role is Role.SOLUTION and report.score == report.max_score:
        seconds = report.provenance.student_seconds
        longer = replace(setting, search=DRAWN)
        report = session.grade_path(path, longer, identity=identity, siblings=True)
        known = replace(report.provenance, student_seconds=seconds)
        report = replace(report, provenance=known)
    return Trial(role=role, name=name, report=report)


def _tell(trials: Sequence[Trial], assignment: Assignment) -> int:
    """Print every trial and its complaints; return the exit code."""
    from grader.course import soundness  # noqa: PLC0415 (not for --help)
    from grader.reports.words import Words  # noqa: PLC0415 (the same)

    feedback = assignment.feedback
    words = Words(language=feedback.language, own=feedback.messages)
    lines, found = [], 0
    for trial in trials:
        told = soundness.complaints(trial, assignment.limits, words=words)
        lines += [_line(trial), *(f"    {sentence}" for sentence in told)]
        found += len(told)
    tried = {trial.role for trial in trials}
    lines += [
        f"no {role.value} was tried" for role in soundness.Role if role not in tried
    ]
    undecided = [trial for trial in trials if soundness.is_undecided(trial)]
    lines += [f"not judged: {trial.name}, by a fault of ours" for trial in undecided]
    sound = "the assignment is sound" if trials else "the assignment can be read"
    wrong = f"not sound, for {found} reason{terminal.plural(found)}"
    lines.append(wrong if found else sound)
    console = terminal.results()
    for line in lines:
        console.print(visible_line(line), soft_wrap=True)
    if undecided:
        return UNDECIDED
    return BELOW if found else FINE


def _line(trial: Trial) -> str:
    from grader.reports import wording  # noqa: PLC0415 (not for --help)

    points = wording.out_of(trial.report.score, trial.report.max_score)
    return f"{trial.role.value:<8} {points:>10}  {trial.name}"
