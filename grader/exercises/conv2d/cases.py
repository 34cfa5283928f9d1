"""Make a conv2d case of its sizes; regime and tags follow from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.exercises.conv2d.regimes import regime_of
from grader.exercises.conv2d.traits import TAGS
from grader.records import Case

if TYPE_CHECKING:
    from grader.exercise import Axes


def case_of(axes: Axes, *, name: str, role: str, fill_seed: int = 0) -> Case:
    """Return the case with these sizes."""
    return Case(
        name=name,
        axes=dict(axes),
        regime=regime_of(axes),
        role=role,
        tags=frozenset(tag for tag, holds in TAGS.items() if holds(axes)),
        fill_seed=fill_seed,
    )
