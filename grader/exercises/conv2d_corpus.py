"""Publish the cases that everyone is graded on: a constant table, read once."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from grader.exercises import conv2d_axes
from grader.exercises.conv2d_regimes import REMAINDER, regime_of
from grader.exercises.conv2d_tags import TAGS
from grader.records import Case

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.exercise import Axes, Domain


def published(domain: Domain) -> Sequence[Case]:
    """Return the cases of the table that lie inside the domain."""
    return tuple(
        case
        for case in _table()
        if conv2d_axes.is_valid(case.axes, domain)
        and (case.regime != REMAINDER or domain.remainder == "floor")
    )


def case_of(axes: Axes, *, name: str, role: str, fill_seed: int = 0) -> Case:
    """Return the case with these sizes, its regime and tags worked out."""
    return Case(
        name=name,
        axes=dict(axes),
        regime=regime_of(axes),
        role=role,
        tags=frozenset(tag for tag, holds in TAGS.items() if holds(axes)),
        fill_seed=fill_seed,
    )


@cache
def _table() -> tuple[Case, ...]:
    text = files("grader.exercises").joinpath("conv2d.json").read_text("utf-8")
    return tuple(
        case_of(entry["axes"], name=entry["name"], role=entry["role"])
        for entry in json.loads(text)["cases"]
    )
