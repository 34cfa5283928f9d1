"""Take one submission from its file to its Report."""

from __future__ import annotations

import platform
import time
import traceback
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib.metadata import version
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

import numpy as np

from grader import scoring
from grader.errors import SubmissionError
from grader.loaders import load, load_bytes, load_handed_in
from grader.records import Message
from grader.report import Identity, Outcome, Provenance, Report
from grader.session.one_exercise import (
    Graded,
    grade_exercise,
    not_judged,
    nothing_earned,
)
from grader.session.start import Task

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from grader.assignment import Assignment
    from grader.corpus import Corpus
    from grader.isolation.sandbox import Sandbox
    from grader.loaders import Submission
    from grader.loaders.bulk import HandedIn

LONGEST_REASON: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What every submission of a batch is graded with.

    There is a corpus for each exercise of the assignment, in its order, all of one
    seed. `search` stands in for what the assignment says, where it is given.
    """

    assignment: Assignment
    corpora: tuple[Corpus, ...]
    sandbox: Sandbox
    seed: int
    corpus_digest: str
    search: int | None = None
    explain: bool = True  # else the points alone, which take a tenth of the time


def grade_path(
    path: Path, setting: Setting, *, identity: Identity, siblings: bool = False
) -> Report:
    """Read one submission and grade it; what cannot be read gets 0 and the reason.

    `siblings` as for `grader.loaders.load`.
    """
    read = partial(load, path, setting.assignment, identity=identity, siblings=siblings)
    return _grade_read(read, setting, identity=identity)


def grade_bytes(
    name: str, content: bytes, setting: Setting, *, identity: Identity
) -> Report:
    """Read one submission that is in memory and grade it, as `grade_path` does."""
    read = partial(load_bytes, name, content, setting.assignment, identity=identity)
    return _grade_read(read, setting, identity=identity)


def grade_handed_in(handed_in: HandedIn, setting: Setting) -> Report:
    """Read one submission of a bulk download and grade it, as `grade_path` does."""
    read = partial(load_handed_in, handed_in, setting.assignment)
    report = _grade_read(read, setting, identity=handed_in.identity)
    # What cannot be read has no notes of its own, but it may have been handed in again.
    return replace(report, notes=_once([*handed_in.notes, *report.notes]))


def _grade_read(
    read: Callable[[], Submission], setting: Setting, *, identity: Identity
) -> Report:
    try:
        submission = read()
    except SubmissionError as error:
        return unreadable(identity, error.message, setting)
    except Exception as error:  # noqa: BLE001 (a fault of ours takes no points)
        return undecided(identity, _broken(error), setting)
    return grade(submission, setting)


def grade(submission: Submission, setting: Setting) -> Report:
    """Grade every exercise of one submission."""
    started = time.monotonic()
    graded = [
        _one(submission, setting, number) for number in range(len(setting.corpora))
    ]
    reasons = [g.reason for g in graded if g.reason is not None]
    unread = len(reasons) == len(graded)
    lines = [line for g in graded for line in g.report.criteria]
    score = scoring.total(lines)
    outcome = Outcome.UNREADABLE if unread else Outcome.GRADED
    return Report(
        identity=submission.identity,
        outcome=Outcome.UNDECIDED if score is None else outcome,
        score=score,
        max_score=scoring.maximum(lines),
        provenance=replace(
            _provenance(setting),
            seconds=round(time.monotonic() - started, 3),
            student_seconds=round(sum(g.seconds for g in graded), 3),
            calls=sum(g.calls for g in graded),
        ),
        exercises=tuple(g.report for g in graded),
        reason=reasons[0] if unread else _why_undecided(graded),
        notes=_once([*submission.notes, *(n for g in graded for n in g.notes)]),
        output="".join(g.output for g in graded),
    )


def unreadable(identity: Identity, reason: Message, setting: Setting) -> Report:
    """Return the report of a submission that cannot be read: 0 points, and why."""
    exercises = tuple(
        nothing_earned(graded, corpus)
        for graded, corpus in zip(
            setting.assignment.exercises, setting.corpora, strict=True
        )
    )
    lines = [line for exercise in exercises for line in exercise.criteria]
    return Report(
        identity=identity,
        outcome=Outcome.UNREADABLE,
        score=0.0,
        max_score=scoring.maximum(lines),
        provenance=_provenance(setting),
        exercises=exercises,
        reason=reason,
    )


def undecided(identity: Identity, reason: Message, setting: Setting) -> Report:
    """Return the report of a submission that we failed to read: a blank score."""
    exercises = tuple(
        not_judged(graded, corpus, reason).report
        for graded, corpus in zip(
            setting.assignment.exercises, setting.corpora, strict=True
        )
    )
    lines = [line for exercise in exercises for line in exercise.criteria]
    return Report(
        identity=identity,
        outcome=Outcome.UNDECIDED,
        score=None,
        max_score=scoring.maximum(lines),
        provenance=_provenance(setting),
        exercises=exercises,
        reason=reason,
    )


def _broken(error: Exception) -> Message:
    """Say what failed in the grader, and where, for whoever mends it."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{PurePath(last.filename).name}, line {last.lineno}"
    reason = f"{type(error).__name__} in {where}: {error}"[:LONGEST_REASON]
    return Message(id="undecided.internal", values={"reason": reason})


def _one(submission: Submission, setting: Setting, number: int) -> Graded:
    assignment, corpus = setting.assignment, setting.corpora[number]
    graded = assignment.exercises[number]
    task = Task(
        submission=submission,
        assignment=assignment,
        graded=graded,
        exercise=corpus.exercise,
        sandbox=setting.sandbox,
        explain=setting.explain,
    )
    count = graded.search if setting.search is None else setting.search
    try:
        # What a program returned may overflow wherever one calculates with it.
        with np.errstate(all="ignore"):
            return grade_exercise(task, corpus, count=count)
    except SubmissionError as error:
        nothing = nothing_earned(graded, corpus)
        report = replace(nothing, summary=(error.message,))
        return Graded(report=report, reason=error.message)
    except Exception as error:  # noqa: BLE001 (a fault of ours takes no points)
        return not_judged(graded, corpus, _broken(error))


def _provenance(setting: Setting) -> Provenance:
    return Provenance(
        convgrade=_version(),
        python=platform.python_version(),
        numpy=np.__version__,
        tier=setting.sandbox.tier,
        seed=setting.seed,
        corpus=setting.corpus_digest,
        assignment=setting.assignment.name,
        assignment_digest=setting.assignment.digest,
    )


@cache
def _version() -> str:
    return version("convgrade")


def _why_undecided(graded: Sequence[Graded]) -> Message | None:
    return next((g.undecided for g in graded if g.undecided is not None), None)


def _once(messages: Sequence[Message]) -> tuple[Message, ...]:
    """Leave out what was said before; messages hold dicts and have no hash."""
    return tuple(m for i, m in enumerate(messages) if m not in messages[:i])
