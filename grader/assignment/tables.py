"""The file's own shape: one record a TOML table, as pydantic validates it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal

from annotated_types import Ge

from grader.assignment.records import (
    STRICT,
    Count,
    Feedback,
    GradedExercise,
    Name,
    Positive,
    Rules,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvidedTable:
    """`[provided]`: course files that win over the submission's own."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    files: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitsTable:
    """`[limits]`: what a submission may use, and the weakest tier to run at."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    call_seconds: Positive = 1.0
    submission_seconds: Positive = 60.0
    memory_mb: Annotated[int, Ge(64)] = 1024
    tier: Literal["strong", "medium", "weak"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentTable:
    """The whole file."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    name: str = ""
    file: str = ""
    seed: Count | None = None
    same_code: bool = False
    exercise: tuple[GradedExercise, ...] = (GradedExercise(),)
    provided: ProvidedTable = field(default_factory=ProvidedTable)
    rules: Rules = field(default_factory=Rules)
    limits: LimitsTable = field(default_factory=LimitsTable)
    feedback: Feedback = field(default_factory=Feedback)
