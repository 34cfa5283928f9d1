"""Turn verdicts into points; pure arithmetic.

A criterion's points are shared equally by the regimes. A regime earns its whole
share if all its cases hold, half if its general case holds, else nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from grader.records import Status
from grader.report import CriterionScore, RegimeScore

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from grader.records import Case, Verdict

Partial: TypeAlias = Literal["regimes", "all"]

GENERAL: Final = "general"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """Points by criterion, how they are shared, and the step they come in."""

    points: Mapping[str, float]
    partial: Partial = "regimes"
    points_step: float = 1.0


def score(
    verdicts: Sequence[Verdict], cases: Sequence[Case], rubric: Rubric
) -> tuple[CriterionScore, ...]:
    """Return one line for every criterion of the rubric, in its order."""
    return tuple(
        _criterion(
            criterion,
            [v for v in verdicts if v.criterion == criterion],
            cases,
            rubric,
        )
        for criterion in rubric.points
    )


def total(scores: Sequence[CriterionScore]) -> float | None:
    """Return the sum of the points; None if a criterion is undecided."""
    points = [s.points for s in scores]
    known = [p for p in points if p is not None]
    return sum(known) if len(known) == len(points) else None


def maximum(scores: Sequence[CriterionScore]) -> float:
    """Return the points that could be had."""
    return sum(s.max_points for s in scores)


def _criterion(
    criterion: str, verdicts: Sequence[Verdict], cases: Sequence[Case], rubric: Rubric
) -> CriterionScore:
    by_case = {v.case: v for v in verdicts}
    regimes = tuple(
        _regime(regime, [c for c in cases if c.regime == regime], by_case)
        for regime in dict.fromkeys(case.regime for case in cases)
    )
    maximum_points = rubric.points[criterion]
    status = _status(r.status for r in regimes)
    points = _points([r.earned for r in regimes], maximum_points, rubric)
    return CriterionScore(
        criterion=criterion,
        status=status,
        points=None if status is Status.UNDECIDED else points,
        max_points=maximum_points,
        regimes=regimes,
    )


def _regime(
    regime: str, cases: Sequence[Case], by_case: Mapping[str, Verdict]
) -> RegimeScore:
    verdicts = {case.name: by_case[case.name] for case in cases}
    failed = tuple(n for n, v in verdicts.items() if v.status is not Status.PASSED)
    general = [
        v for c, v in zip(cases, verdicts.values(), strict=True) if c.role == GENERAL
    ]
    if not failed:
        earned = 1.0
    elif general and all(v.status is Status.PASSED for v in general):
        earned = 0.5
    else:
        earned = 0.0
    return RegimeScore(
        regime=regime,
        status=_status(v.status for v in verdicts.values()),
        earned=earned,
        failed=failed,
        cases=len(cases),
        follow_through=any(v.follow_through for v in verdicts.values()),
    )


def _status(statuses: Iterable[Status]) -> Status:
    seen = set(statuses)
    for status in (Status.UNDECIDED, Status.FAILED):
        if status in seen:
            return status
    return Status.PASSED


def _points(earned: Sequence[float], maximum_points: float, rubric: Rubric) -> float:
    """Round once, to the step; what lost a share never rounds up to everything."""
    if all(share == 1.0 for share in earned):
        return maximum_points
    if rubric.partial == "all":
        return 0.0
    exact = maximum_points * sum(earned) / len(earned)
    step = rubric.points_step
    # Half a step counts as a whole one; 1e-9 takes the rounding out of the division.
    rounded = step * math.floor(exact / step + 0.5 + 1e-9)
    if rounded >= maximum_points:
        rounded = step * (math.ceil(maximum_points / step - 1e-9) - 1)
    return max(0.0, round(rounded, 9))
