"""List every exercise's criteria and points, as the assignment has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.assignment import Assignment
    from grader.batch.overrides import Rubrics


def of(assignment: Assignment) -> Rubrics:
    """Return points by criterion by exercise, in the assignment's order."""
    return {
        graded.title: graded.points_for(assignment.exercise_of(graded))
        for graded in assignment.exercises
    }


def columns(rubrics: Rubrics) -> list[str]:
    """Return the columns of grades.csv; several layers have their names in front."""
    several = len(rubrics) > 1
    return [
        f"{exercise}.{criterion}" if several else criterion
        for exercise, rubric in rubrics.items()
        for criterion in rubric
    ]


def maximum(rubrics: Rubrics) -> float:
    """Return the points that can be had in all."""
    return sum(sum(rubric.values()) for rubric in rubrics.values())
