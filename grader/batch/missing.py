"""The rows of those on the roster who handed in nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from grader.batch import overrides, undecided
from grader.batch.rubrics import maximum
from grader.report import Outcome, Report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.batch.overrides import Override, Rubrics
    from grader.batch.records import Setup
    from grader.report import Identity

KEY: Final = "missing"  # of no submission; the roster alone has made the report


def report(identity: Identity, setup: Setup, *, rubrics: Rubrics) -> Report:
    """Return the report of somebody who handed in nothing: a blank score."""
    return Report(
        identity=identity,
        outcome=Outcome.MISSING,
        score=None,
        max_score=maximum(rubrics),
        provenance=undecided.provenance(setup, key=KEY),
    )


def is_missing(report: Report) -> bool:
    """Tell whether the roster alone has made this report."""
    return report.provenance.key == KEY


def laid_over(
    report: Report, given: Mapping[str, tuple[Override, ...]], *, rubrics: Rubrics
) -> Report:
    """Return the report with the overrides of its row, as `overrides.apply` does.

    Where nothing was handed in there are no lines to lay points over; they are made
    when an instructor gives such points.
    """
    own = overrides.of(report.identity.submission, given)
    if is_missing(report) and any(override.points is not None for override in own):
        lines = report.exercises or undecided.exercises(rubrics)
        report = replace(report, exercises=lines)
    return overrides.apply(report, own)
