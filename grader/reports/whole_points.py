"""Turn points into whole ones that still add up, for formats that take no others."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def whole(total: float) -> int:
    """Return a total as whole points; a half is rounded in the student's favour."""
    return math.floor(total + 0.5)


def of_lines(
    earned: Sequence[float], possible: Sequence[float]
) -> tuple[list[int], list[int]]:
    """Return whole points earned and possible for each line, each adding up.

    Whole parts stay as they are; otherwise the largest remainders are rounded up.
    Nobody earns more than is possible, but where the instructor gave more.
    """
    limits = _rounded(possible, limits=[math.inf] * len(possible))
    points = _rounded(earned, limits=limits)
    return points, [max(pair) for pair in zip(points, limits, strict=True)]


def _rounded(parts: Sequence[float], *, limits: Sequence[float]) -> list[int]:
    wholes = [math.floor(part + 1e-9) for part in parts]
    places = sorted(range(len(parts)), key=lambda at: wholes[at] - parts[at])
    allowed = [at for at in places if wholes[at] < limits[at]]
    missing = whole(math.fsum(parts)) - sum(wholes)
    for at in (*allowed, *places)[:missing]:
        wholes[at] += 1
    return wholes
