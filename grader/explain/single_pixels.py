"""Say what single output pixels count in a wrong gradient, whichever it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.explain.passing import read_passing
from grader.explain.taking import read_taking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.engine.attempts import Attempts
    from grader.exercise import Exercise
    from grader.records import Case, Message

READERS: Final = (read_passing, read_taking)


def read_single_pixels(
    exercise: Exercise,
    attempts: Attempts,
    cases: Sequence[Case],
    *,
    gradients: Sequence[str],
) -> Message | None:
    """Return what is seen of the first gradient of which something is.

    Raise SandboxError.
    """
    for gradient in gradients:
        for read in READERS:
            seen = read(exercise, attempts, cases, gradient=gradient)
            if seen is not None:
                return seen
    return None
