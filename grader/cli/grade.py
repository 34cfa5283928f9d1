"""`convgrade grade`: many submissions into one results folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from grader.cli import options, terminal
from grader.cli.endings import FINE, UNDECIDED
from grader.records import Message, Tier
from grader.reports.foreign import visible_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rich.console import Console

    from grader.assignment import Assignment
    from grader.batch.grade import Batch
    from grader.batch.records import Setup, Task
    from grader.corpus import Corpus


def grade(  # noqa: PLR0913 (each is an option of the command line)
    paths: options.Submissions,
    *,
    out: options.Out,
    assignment: options.AssignmentFile = None,
    seed: options.Seed = None,
    corpus: options.CorpusFile = None,
    jobs: options.Jobs = None,
    regrade: options.Regrade = False,
    require_tier: options.RequireTier = None,
) -> None:
    """Grade submissions; a second run grades only what is new or changed."""
    from grader.batch import processes, sources, work  # noqa: PLC0415 (not for --help)
    from grader.batch.grade import Batch  # noqa: PLC0415 (the same)
    from grader.cli import summary  # noqa: PLC0415 (the same)

    remarks = terminal.remarks()
    found = sources.find(paths, out=out)
    _say_ignored(found.ignored, remarks)
    known = options.read_assignment(assignment)
    drawn, corpora = options.choose_corpora(known, seed=seed, corpus=corpus, out=out)
    setup = _setup(known, drawn, corpora=corpora, tier=require_tier)
    _say_tier(setup.tier, remarks)
    pool = processes.Processes(jobs=jobs or processes.cores())
    batch = Batch(out=out, setup=setup, pool=pool, work=work.grade)
    batch.open(corpora)
    tasks = batch.plan(found.sources, regrade=regrade)
    _run(batch, tasks, remarks)
    terminal.results().print(summary.of(batch, graded=len(tasks)))
    raise typer.Exit(UNDECIDED if summary.has_undecided(batch) else FINE)


def _run(batch: Batch, tasks: Sequence[Task], remarks: Console) -> None:
    from grader.cli import progress  # noqa: PLC0415 (not for --help)

    try:
        with progress.bar(remarks, total=len(tasks)) as watch:
            batch.run(tasks, watch=watch)
    except KeyboardInterrupt:
        remarks.print(
            "interrupted; what is graded is kept, and the same command goes on"
        )
        raise


def _say_ignored(ignored: Sequence[Path], remarks: Console) -> None:
    if ignored:
        names = ", ".join(repr(path.name) for path in ignored)
        remarks.print(visible_line(f"not submissions: {names}"))


def _setup(
    assignment: Assignment, seed: int, *, corpora: Sequence[Corpus], tier: Tier | None
) -> Setup:
    from grader.batch.corpora import digest  # noqa: PLC0415 (not for --help)
    from grader.batch.records import Setup  # noqa: PLC0415 (the same)

    return Setup(
        assignment=assignment,
        seed=seed,
        corpus=digest(corpora),
        tier=tier or assignment.tier,
    )


def _say_tier(require: Tier | None, remarks: Console) -> None:
    """Try the sandbox before anything is graded, and be loud where it is weak."""
    from grader.isolation.choose import open_sandbox  # noqa: PLC0415 (not for --help)
    from grader.messages import render  # noqa: PLC0415 (the same)

    sandbox = open_sandbox(require)
    sandbox.close()
    if sandbox.tier is Tier.WEAK:
        remarks.print(render(Message(id="isolation.weak")), style="bold red")
