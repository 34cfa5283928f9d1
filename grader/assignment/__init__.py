"""The instructor's file: which exercises are graded, how, and what is shown."""

from __future__ import annotations

from grader.assignment.read import load_assignment, parse_assignment
from grader.assignment.records import (
    DEFAULT,
    Assignment,
    Feedback,
    GradedExercise,
    Rules,
)

__all__ = [
    "DEFAULT",
    "Assignment",
    "Feedback",
    "GradedExercise",
    "Rules",
    "load_assignment",
    "parse_assignment",
]
