"""Pack an autograder for Gradescope: a zip that sets itself up without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.course import filling
from grader.course.archive import File, zipped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.assignment import Assignment
    from grader.course.pins import Pins

#: In MB: what the container has by default, and what the grader itself needs of it.
CONTAINER: Final = 768
OURS: Final = 256
SCRIPTS: Final = ("setup.sh", "run_autograder")


def packed(named: Sequence[File], wheels: Sequence[File], pins: Pins) -> bytes:
    """Return the zip: scripts, the assignment with its files, and all wheels."""
    scripts = [
        File(
            path=name,
            content=filling.filled(f"gradescope/{name}", pins.values).encode("utf-8"),
            is_executable=True,
        )
        for name in SCRIPTS
    ]
    return zipped([*scripts, *named, *wheels])


def remarks(assignment: Assignment) -> tuple[str, ...]:
    """Return what the staff has to choose on Gradescope, for this assignment."""
    most = CONTAINER - OURS
    if assignment.limits.memory_mb <= most:
        return ()
    told = (
        f"memory_mb is {assignment.limits.memory_mb}, and Gradescope's container has "
        f"{CONTAINER} MB in all by default: choose a larger one in the autograder's "
        f"settings, or set memory_mb to {most} or less"
    )
    return (told,)
