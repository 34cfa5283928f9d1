"""Publish the conv2d cases that everyone is graded on: a constant table."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from grader.exercise import Domain
from grader.exercises.conv2d.axes import is_valid
from grader.records import Case

if TYPE_CHECKING:
    from collections.abc import Sequence


def published(domain: Domain) -> Sequence[Case]:
    """Return the cases of the table, for the contract that `domain` states.

    Cells outside a narrower contract are gone. In cells that it cuts through, a case
    that lies outside is replaced by one of the same role inside.
    """
    allowed = tuple(sorted(domain.allowed.items()))
    return _published(domain.remainder, domain.flags, allowed)


@cache
def _published(
    remainder: str,
    flags: frozenset[str],
    allowed: tuple[tuple[str, frozenset[int]], ...],
) -> tuple[Case, ...]:
    domain = Domain(remainder=remainder, flags=flags, allowed=dict(allowed))
    cases = [case for case in table() if is_valid(case.axes, domain)]
    if not (flags or allowed):
        return tuple(cases)
    # Drawing other cases takes a while, and hardly any course needs it.
    from grader.exercises.conv2d.table import fill_up  # noqa: PLC0415

    return fill_up(cases, domain=domain)


@cache
def table() -> tuple[Case, ...]:
    """Return all cases as they are shipped, those with a remainder at the end."""
    text = files("grader.exercises.conv2d").joinpath("conv2d.json").read_text("utf-8")
    return tuple(
        Case(
            name=entry["name"],
            axes=entry["axes"],
            regime=entry["regime"],
            role=entry["role"],
            tags=frozenset(entry["tags"]),
        )
        for entry in json.loads(text)["cases"]
    )
