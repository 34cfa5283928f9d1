"""`convgrade check`: one submission, its official score, and what is wrong."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from grader.cli import options, terminal
from grader.cli.endings import BELOW, FINE, UNDECIDED
from grader.errors import UsageError
from grader.report import Identity, Outcome
from grader.reports import RENDERERS, renderer
from grader.reports.shown import for_student

if TYPE_CHECKING:
    from grader.assignment import Assignment, Feedback
    from grader.report import Report


def check(  # noqa: PLR0913 (each is an option of the command line)
    path: options.Submission,
    *,
    assignment: options.AssignmentFile = None,
    seed: options.Seed = None,
    search: options.Search = None,
    corpus: options.CorpusFile = None,
    fmt: options.Format = "text",
    also: options.Also = None,
    watch: options.Watch = False,
    fail_under: options.FailUnder = 100.0,
) -> None:
    """Check one submission as it will be graded, and show what is wrong."""
    if fmt not in RENDERERS:
        raise UsageError(f"--format is {fmt!r}; wanted one of {', '.join(RENDERERS)}")
    files = [_format_and_file(text) for text in also or ()]
    if not path.exists():
        raise UsageError(f"path {str(path)!r} does not exist; wanted a submission")
    known = options.with_search(options.read_assignment(assignment), search)
    if watch:
        if fmt != "text" or files:
            raise UsageError("--watch shows text; wanted no --format and no --also")
        _watch(path, known, seed=seed, corpus=corpus)
    report = _grade(path, known, seed=seed, corpus=corpus)
    shown = for_student(report, known.feedback)
    for name, file in files:
        _write(file, _rendered(shown, name, feedback=known.feedback))
    _show(shown, fmt, feedback=known.feedback)
    raise typer.Exit(_exit_code(report, fail_under))


def _grade(
    path: Path, assignment: Assignment, *, seed: int | None, corpus: Path | None
) -> Report:
    from grader import session  # noqa: PLC0415 (NumPy, which --help must not load)
    from grader.batch import setting  # noqa: PLC0415 (the same)

    seed, built = options.choose_corpora(assignment, seed=seed, corpus=corpus)
    identity = Identity(submission=path.resolve().name)
    with setting.opened(assignment, seed=seed, built=built) as ready:
        return session.grade_path(path, ready, identity=identity, siblings=True)


def _watch(
    path: Path, assignment: Assignment, *, seed: int | None, corpus: Path | None
) -> NoReturn:
    """Check at every save, on the same data; only an interrupt ends it."""
    from grader.batch import setting  # noqa: PLC0415 (NumPy, which --help must not load)
    from grader.cli import saves, watch  # noqa: PLC0415 (the same)

    seed, built = options.choose_corpora(assignment, seed=seed, corpus=corpus)
    with setting.opened(assignment, seed=seed, built=built) as ready:
        watch.watch(path, ready, moments=saves.moments(path))
    raise KeyboardInterrupt  # watching has no other end


def _format_and_file(text: str) -> tuple[str, Path]:
    fmt, _, file = text.partition("=")
    if fmt not in RENDERERS or not file:
        raise UsageError(
            f"--also is {text!r}; wanted FORMAT=FILE, with a FORMAT of "
            f"{', '.join(RENDERERS)}"
        )
    return fmt, Path(file)


def _show(report: Report, fmt: str, *, feedback: Feedback) -> None:
    if fmt == "text":
        from grader.reports import to_text  # noqa: PLC0415 (rich only where needed)

        text = to_text.layout(
            report, language=feedback.language, sentences=feedback.messages
        )
        terminal.results().print(text, crop=False)
    else:
        sys.stdout.write(_rendered(report, fmt, feedback=feedback))


def _rendered(report: Report, fmt: str, *, feedback: Feedback) -> str:
    language, sentences = feedback.language, feedback.messages
    if fmt == "classroom50":
        # Classroom 50's runner tells by its environment whose submission this is.
        from grader.reports import to_classroom50  # noqa: PLC0415 (the only one)

        return to_classroom50.render(
            report, language=language, sentences=sentences, environment=os.environ
        )
    return renderer(fmt)(report, language=language, sentences=sentences)


def _write(path: Path, text: str) -> None:
    from grader.batch import files  # noqa: PLC0415 (not for --help)

    files.write_whole(path, text.encode("utf-8"))


def _exit_code(report: Report, fail_under: float) -> int:
    if report.outcome is Outcome.UNDECIDED or report.score is None:
        return UNDECIDED
    reached = 100 * report.score >= fail_under * report.max_score
    return FINE if reached else BELOW
