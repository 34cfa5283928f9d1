"""Draw cases beyond the published ones, with Hypothesis, replayable from a seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.exercise import Domain, Exercise
    from grader.records import Case


def draw_cases(
    exercise: Exercise, domain: Domain, *, count: int, seed: int
) -> tuple[Case, ...]:
    """Return up to `count` different cases of the domain; simple ones come first.

    Hypothesis tries a strategy's simplest values early, and may draw one twice.
    """
    # It costs 0.3 s to import, and a right program never needs it.
    import hypothesis  # noqa: PLC0415

    drawn: dict[tuple[int, ...], Case] = {}

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(case=exercise.strategy(domain=domain))
    def collect(case: Case) -> None:
        drawn.setdefault(tuple(case.axes.values()), case)

    collect()
    return tuple(drawn.values())
