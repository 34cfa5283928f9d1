"""The report of a submission that the grader itself failed on: blank, never zero."""

from __future__ import annotations

import platform
from importlib.metadata import version
from typing import TYPE_CHECKING

from grader.batch.rubrics import maximum
from grader.records import Message, Status, Tier
from grader.report import (
    CriterionScore,
    ExerciseReport,
    Outcome,
    Provenance,
    Report,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grader.batch.overrides import Rubrics
    from grader.batch.records import Setup, Task


def running_version() -> str:
    """Return the version of convgrade that runs; it is looked up in a file."""
    return version("convgrade")


def report(task: Task, reason: str, *, rubrics: Rubrics) -> Report:
    """Return a report that says what broke, and that it costs no points."""
    return Report(
        identity=task.handed_in.identity,
        outcome=Outcome.UNDECIDED,
        score=None,
        max_score=maximum(rubrics),
        exercises=exercises(rubrics),
        reason=Message(id="batch.broke", values={"reason": reason}),
        provenance=provenance(task.setup, key=task.key),
        notes=task.handed_in.notes,
    )


def exercises(rubrics: Rubrics) -> tuple[ExerciseReport, ...]:
    """Return every line of the rubric, blank."""
    return tuple(
        ExerciseReport(exercise=name, criteria=tuple(_blank(rubric)))
        for name, rubric in rubrics.items()
    )


def provenance(setup: Setup, *, key: str) -> Provenance:
    """Return what is known where no worker has run."""
    return Provenance(
        convgrade=running_version(),
        python=platform.python_version(),
        numpy=version("numpy"),
        tier=Tier.WEAK,  # nothing was observed, so nothing stronger is claimed
        seed=setup.seed,
        corpus=setup.corpus,
        assignment=setup.assignment.name,
        assignment_digest=setup.assignment.digest,
        key=key,
    )


def _blank(rubric: Mapping[str, float]) -> Iterator[CriterionScore]:
    for criterion, points in rubric.items():
        yield CriterionScore(
            criterion=criterion,
            status=Status.UNDECIDED,
            points=None,
            max_points=points,
        )
