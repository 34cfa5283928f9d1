"""Draw cases beyond the published ones, with Hypothesis, replayable from a seed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.exercise import Domain, Exercise
    from grader.records import Case

#: Cases come together in examples, for around each Hypothesis does more than for a
#: case. After ten examples it would begin to repeat parts of earlier ones.
EXAMPLES: Final = 10
VARIED: Final = 8  # the first two hold the simplest case again and again
TOGETHER: Final = 32


def draw_cases(
    exercise: Exercise, domain: Domain, *, count: int, seed: int
) -> tuple[Case, ...]:
    """Return up to `count` different cases of the domain; the simplest comes first.

    Hypothesis may draw a case twice, and draws the simplest one in every round.
    """
    drawn: dict[tuple[int, ...], Case] = {}
    together = min(math.ceil(count / VARIED), TOGETHER)
    for round_ in range(math.ceil(count / (together * VARIED))):
        for case in _round(exercise, domain, together=together, seed=seed + round_):
            drawn.setdefault(tuple(case.axes.values()), case)
    return tuple(drawn.values())[:count]


def _round(
    exercise: Exercise, domain: Domain, *, together: int, seed: int
) -> Iterable[Case]:
    # It costs 0.3 s to import, and a right program never needs it.
    import hypothesis  # noqa: PLC0415
    from hypothesis import strategies  # noqa: PLC0415

    drawn: list[Case] = []
    cases = exercise.strategy(domain=domain)

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(strategies.lists(cases, min_size=together, max_size=together))
    def collect(some: list[Case]) -> None:
        drawn.extend(some)

    collect()
    return drawn
