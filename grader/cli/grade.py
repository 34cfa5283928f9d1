"""`convgrade grade`: many submissions into one results folder."""

from __future__ import annotations

from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import typer

from grader.batch.records import Pages
from grader.cli import options, terminal
from grader.cli.endings import FINE, UNDECIDED
from grader.errors import UsageError
from grader.records import Message, Tier
from grader.report import Outcome
from grader.reports.foreign import visible_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from grader.assignment import Assignment
    from grader.batch.grade import Batch
    from grader.batch.pool import Pool
    from grader.batch.records import Setup, Task
    from grader.corpus import Corpus
    from grader.loaders.bulk import HandedIn


def grade(  # noqa: PLR0913 (each is an option of the command line)
    paths: options.Submissions,
    *,
    out: options.Out,
    assignment: options.AssignmentFile = None,
    seed: options.Seed = None,
    corpus: options.CorpusFile = None,
    jobs: options.Jobs = None,
    scheduler: options.Scheduler = None,
    roster: options.RosterFile = None,
    same_code: options.SameCode = False,
    template: options.Template = None,
    regrade: options.Regrade = False,
    pseudonymous: options.Pseudonymous = False,
    pages: options.WantedPages = Pages.ALL,
    require_tier: options.RequireTier = None,
) -> None:
    """Grade submissions; a second run grades only what is new or changed."""
    known = options.read_assignment(assignment)
    pool = _pool(jobs, scheduler)
    with _found(paths, out=out, assignment=known) as handed_in:
        drawn, built = options.choose_corpora(known, seed=seed, corpus=corpus, out=out)
        setup = _setup(known, drawn, corpora=built, tier=require_tier)
        batch = _batch(out, setup=setup, pool=pool, pages=pages)
        with _sandbox(batch, built, terminal.remarks()):
            batch.open(built, pseudonymous=pseudonymous)
            told = _matched(handed_in, batch, roster=roster)
            _run(batch, batch.plan(told, regrade=regrade), terminal.remarks())
        if same_code or known.same_code:
            _compare(batch, told, workers=pool, template=template)
    raise typer.Exit(_ending(batch))


def _ending(batch: Batch) -> int:
    from grader.cli import summary  # noqa: PLC0415 (not for --help)

    return UNDECIDED if summary.has_undecided(batch) else FINE


def _batch(out: Path, *, setup: Setup, pool: Pool, pages: Pages) -> Batch:
    from grader.batch import work  # noqa: PLC0415 (not for --help)
    from grader.batch.grade import Batch  # noqa: PLC0415 (the same)

    return Batch(
        out=out, setup=setup, pool=pool, work=work.grade, pages=pages, shares=True
    )


def _pool(jobs: int | None, scheduler: str | None) -> Pool:
    """Return what the tasks run on: processes of this machine, or a cluster."""
    from grader.batch import cluster, processes  # noqa: PLC0415 (not for --help)

    if scheduler is None:
        return processes.Processes(jobs=jobs or processes.cores())
    if jobs is not None:
        raise UsageError(
            f"--jobs {jobs} is for this machine alone; with --scheduler there are as "
            "many submissions at a time as its workers have threads"
        )
    return cluster.Cluster(address=scheduler, say=terminal.remarks().print)


@contextmanager
def _found(
    paths: Sequence[Path], *, out: Path, assignment: Assignment
) -> Iterator[tuple[HandedIn, ...]]:
    """Yield the submissions; archives are unpacked and `out` is ours for as long."""
    from grader.batch import lock, sources  # noqa: PLC0415 (not for --help)
    from grader.loaders.extract import asked_names  # noqa: PLC0415 (the same)

    functions = asked_names(assignment)
    with TemporaryDirectory(prefix="convgrade-") as folder:
        scratch = Path(folder)
        found = sources.find(paths, out=out, scratch=scratch, functions=functions)
        terminal.say_names("not submissions", [path.name for path in found.ignored])
        with lock.held(out):
            yield found.handed_in


def _matched(
    handed_in: Sequence[HandedIn],
    batch: Batch,
    *,
    roster: Path | None,
) -> tuple[HandedIn, ...]:
    """Name the students of the roster, and give a row to who handed in nothing.

    Without a roster, those who were missing before may have handed in since.
    """
    from grader.loaders.bulk import roster as course  # noqa: PLC0415 (not for --help)

    listed = course.students_of(batch.absent.values())
    if roster is not None:
        listed = course.read_roster(roster)
    matched = course.match(listed, handed_in)
    batch.mark_missing(matched.missing)
    if roster is not None:
        terminal.say_names("not on the roster", matched.strangers)
    return matched.handed_in


def _compare(
    batch: Batch,
    handed_in: Sequence[HandedIn],
    *,
    workers: Pool,
    template: Path | None,
) -> None:
    """Write the staff's page of functions that are the same."""
    from grader.batch import same_code  # noqa: PLC0415 (not for --help)

    setup = batch.setup
    groups = same_code.compare(
        handed_in, setup=setup, workers=workers, template=template
    )
    shown = same_code.hidden(groups, handed_in, pseudonyms=batch.pseudonyms)
    same_code.write(batch.out, shown, assignment=setup.assignment)
    place = batch.out / same_code.PLACE / same_code.PAGE
    told = f"Functions that several submissions share: {len(groups)}, see {place}"
    terminal.results().print(visible_line(told), soft_wrap=True)


def _run(batch: Batch, tasks: Sequence[Task], remarks: Console) -> None:
    from grader.batch import again, settings  # noqa: PLC0415 (not for --help)
    from grader.batch.cluster import Cluster  # noqa: PLC0415 (not for --help)
    from grader.batch.processes import Processes  # noqa: PLC0415 (the same)
    from grader.cli import progress, summary  # noqa: PLC0415 (the same)

    if isinstance(batch.pool, Processes):
        batch.pool = batch.pool.at_most(len(tasks))
    try:
        with progress.bar(remarks, total=len(tasks)) as watch:
            batch.run(tasks, watch=watch)
    except KeyboardInterrupt:
        remarks.print(
            "interrupted; what is graded is kept, and the same command goes on"
        )
        raise
    if isinstance(batch.pool, Cluster):
        _say_weak_workers(batch, tasks, remarks)
    terminal.results().print(summary.of(batch, graded=len(tasks)))
    given = settings.of(batch.setup.assignment)
    terminal.say_names(again.STRANGERS, again.strangers(batch.out, given))


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


@contextmanager
def _sandbox(
    batch: Batch, corpora: Sequence[Corpus], remarks: Console
) -> Iterator[None]:
    """Try the sandbox before anything is graded, and be loud where it is weak.

    Processes of this machine grade in it.
    """
    from grader.batch import processes, work  # noqa: PLC0415 (not for --help)
    from grader.isolation.choose import open_sandbox  # noqa: PLC0415 (the same)
    from grader.messages import render  # noqa: PLC0415 (the same)

    if not isinstance(batch.pool, processes.Processes):
        yield
        return
    with closing(open_sandbox(batch.setup.tier)) as sandbox:
        if sandbox.tier is Tier.WEAK:
            remarks.print(render(Message(id="isolation.weak")), style="bold red")
        if batch.pool.jobs > work.MOST_IN_ONE_SANDBOX:
            yield
            return
        with work.shared(batch.setup, corpora, sandbox, pages=batch.pages):
            yield


def _say_weak_workers(batch: Batch, tasks: Sequence[Task], remarks: Console) -> None:
    """Be as loud about machines elsewhere; they have tried their sandboxes by now."""
    from grader.messages import render  # noqa: PLC0415 (not for --help)

    graded = [batch.entries[task.name] for task in tasks]
    weak = sum(
        entry.outcome is not Outcome.UNDECIDED and dict(entry.row)["tier"] == Tier.WEAK
        for entry in graded
    )
    if weak:
        told = render(Message(id="isolation.weak"))
        remarks.print(f"{weak} of {len(graded)}: {told}", style="bold red")
