"""Grade one task in a process of its own, whose sandbox and corpora stay for the next.

This is the function that executors run, here or on a cluster.
"""

from __future__ import annotations

import faulthandler
import platform
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from grader import session
from grader.batch import corpora, entries, keys, overrides, processes, sharing
from grader.batch.pool import MismatchError, PoolError
from grader.batch.records import Pages
from grader.errors import UsageError
from grader.isolation.choose import open_sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.batch.records import Done, Setup, Task
    from grader.corpus import Corpus
    from grader.isolation.choose import AnySandbox
    from grader.records import Tier
    from grader.report import Report

WALL_PER_CPU: Final = 5.0  # how much longer a busy machine may take
OUR_SECONDS: Final = 300.0
TRIES: Final = 3
#: Processes: its server takes 2 ms for every worker, one after the other.
MOST_IN_ONE_SANDBOX: Final = 8
#: By the key of the setup; a process of a cluster may serve several batches.
_SETTINGS: Final[dict[tuple[str, Tier | None], session.Setting]] = {}


def grade(task: Task) -> Done:
    """Grade one submission and write all of its texts; nothing is put on disk.

    Its twins get the same report, as far as it says nothing of its student.
    """
    report = _graded(task)
    twins = tuple(
        _done(sharing.shared(report, task, twin) or _graded(twin), twin)
        for twin in task.twins
    )
    return replace(_done(report, task), twins=twins)


def _graded(task: Task) -> Report:
    with _ended_after(_limit(task.setup)):
        report = session.grade_handed_in(task.handed_in, setting_of(task.setup))
    return replace(
        report,
        identity=replace(report.identity, submission=task.name),
        provenance=replace(report.provenance, key=task.key),
    )


def _done(report: Report, task: Task) -> Done:
    return entries.done(
        overrides.apply(report, task.overrides),
        file=task.file,
        feedback=task.setup.assignment.feedback,
        pseudonym=task.pseudonym,
        pages=task.pages,
    )


def _limit(setup: Setup) -> float:
    """Seconds after which it must be us who hang: the student's are all counted."""
    student = WALL_PER_CPU * setup.assignment.limits.submission_seconds
    return len(setup.assignment.exercises) * student + OUR_SECONDS


@contextmanager
def _ended_after(seconds: float) -> Iterator[None]:
    """End this whole process if what is in here takes longer.

    The timer is a thread of C that no loop of ours can starve. It prints where we
    hang; the batch tries again, and at last calls the submission undecided.
    """
    faulthandler.dump_traceback_later(seconds, exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


def setting_of(setup: Setup) -> session.Setting:
    """Return what this process grades with; it is opened once and ends with it.

    Raises:
        PoolError: isolation here is weaker than required.
        MismatchError: this machine does not pose the cases that the batch is about.
    """
    known = _name(setup)
    if known not in _SETTINGS:
        built = corpora.build(setup.assignment, seed=setup.seed)
        if corpora.digest(built) != setup.corpus:
            raise MismatchError(
                f"{platform.node()!r} has other cases (digest "
                f"{corpora.digest(built)[:12]!r}) than this batch "
                f"({setup.corpus[:12]!r}); wanted the same convgrade, NumPy and "
                "Hypothesis on every machine"
            )
        sandbox = _opened(setup)
        processes.at_exit(sandbox.close)
        _SETTINGS[known] = _setting(setup, built, sandbox)
    return _SETTINGS[known]


def _name(setup: Setup) -> tuple[str, Tier | None]:
    return keys.key(setup, ""), setup.tier


def _setting(
    setup: Setup, built: Sequence[Corpus], sandbox: AnySandbox
) -> session.Setting:
    return session.Setting(
        assignment=setup.assignment,
        corpora=tuple(built),
        sandbox=sandbox,
        seed=setup.seed,
        corpus_digest=setup.corpus,
    )


@contextmanager
def shared(
    setup: Setup, built: Sequence[Corpus], sandbox: AnySandbox, *, pages: Pages
) -> Iterator[None]:
    """Have the processes that are forked in here grade with what is open already."""
    known = _name(setup)
    _SETTINGS[known] = _setting(setup, built, sandbox)
    _prepare_writing(pages)
    try:
        yield
    finally:
        del _SETTINGS[known]


def _prepare_writing(pages: Pages) -> None:
    """Import what writing takes, once for all processes that are forked afterwards."""
    from grader.reports import to_json  # noqa: F401, PLC0415 (a front end may not need it)

    if pages is not Pages.NONE:
        from grader.reports import to_html  # noqa: PLC0415 (the same)

        to_html.prepare()


def _opened(setup: Setup) -> AnySandbox:
    """Open the sandbox; on a busy machine a canary may need more than one try."""
    for _ in range(TRIES - 1):
        with suppress(UsageError):
            return open_sandbox(setup.tier)
    try:
        return open_sandbox(setup.tier)
    except UsageError as error:
        # A machine that fails at once would draw all tasks to itself, and lose them.
        raise PoolError(f"{platform.node()!r}: {error}") from error
