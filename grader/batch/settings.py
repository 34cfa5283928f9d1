"""Remember what a results folder was graded for: its points, and what pages show.

Without it, pages that are rendered again would show what the instructor has hidden.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from grader.assignment import Feedback
from grader.batch import rubrics
from grader.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from grader.assignment import Assignment

NAME: Final = "assignment.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The part of an assignment that rendering needs."""

    rubrics: dict[str, dict[str, float]]
    feedback: Feedback = field(default_factory=Feedback)


def of(assignment: Assignment) -> Settings:
    """Return what rendering needs of this assignment."""
    return Settings(rubrics=rubrics.of(assignment), feedback=assignment.feedback)


def write(settings: Settings) -> bytes:
    """Return assignment.json."""
    from pydantic_core import to_json  # noqa: PLC0415 (not needed to show help)

    return to_json(settings, indent=1) + b"\n"


def read(folder: Path) -> Settings | None:
    """Return what a results folder was graded for, None if it does not say.

    Raises:
        UsageError: its assignment.json is broken.
    """
    from pydantic import (  # noqa: PLC0415 (not needed to show help)
        TypeAdapter,
        ValidationError,
    )

    path = folder / NAME
    try:
        return TypeAdapter(Settings).validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"{str(path)!r}: {error.strerror or error}") from error
    except ValidationError as error:
        raise UsageError(
            f"{str(path)!r} is not what 'convgrade grade' wrote; name the assignment "
            "by --assignment"
        ) from error
