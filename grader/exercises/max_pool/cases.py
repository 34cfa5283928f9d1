"""Publish the max-pooling cases that everyone is graded on, and draw others."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Final

from grader.exercise import Domain
from grader.exercises.max_pool.kinds import REGIMES, case_of
from grader.exercises.max_pool.sizes import AXES, is_valid, outputs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hypothesis.strategies import SearchStrategy

    from grader.exercise import Axes
    from grader.records import Case

ROLES: Final = ("general", "thin", "corner")
#: (N, C, H, W, HH, WW, stride) by regime, one a role.
TABLE: Final[Mapping[str, tuple[tuple[int, ...], ...]]] = {
    "apart/square": (
        (3, 4, 6, 6, 2, 2, 2), (1, 2, 8, 8, 2, 2, 3), (4, 5, 3, 3, 3, 3, 3),
    ),
    "apart/rectangular": (
        (2, 3, 5, 9, 2, 3, 3), (1, 3, 8, 4, 2, 2, 2), (4, 1, 3, 7, 3, 1, 3),
    ),
    "overlap/square": (
        (3, 2, 5, 5, 3, 3, 1), (1, 3, 7, 7, 3, 3, 2), (5, 4, 3, 3, 2, 2, 1),
    ),
    "overlap/rectangular": (
        (2, 4, 7, 8, 3, 2, 2), (1, 5, 4, 6, 2, 3, 1), (5, 2, 6, 3, 2, 3, 1),
    ),
    "remainder": (
        (2, 3, 7, 10, 3, 2, 3), (1, 2, 6, 5, 2, 2, 3), (3, 1, 5, 5, 2, 2, 2),
    ),
}  # fmt: skip


def published(domain: Domain) -> Sequence[Case]:
    """Return the published cases of the contract that `domain` states.

    In a cell that a narrower contract cuts through, a case outside is replaced by one
    of the same role inside.
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
    cases = []
    for regime, rows in TABLE.items():
        for role, row in zip(ROLES, rows, strict=True):
            axes: Axes | None = dict(zip(AXES, row, strict=True))
            if axes is not None and not is_valid(axes, domain):
                axes = _instead(regime, role=role, domain=domain)
            if axes is not None:
                cases.append(case_of(axes, name=f"{regime}/{role}", role=role))
    return tuple(cases)


def _instead(regime: str, *, role: str, domain: Domain) -> Axes | None:
    """Return the largest windows' case of this regime with several outputs, if any."""
    if regime == "remainder" and domain.remainder == "never":
        return None
    counts = {"general": (3, 2), "thin": (1, 2), "corner": (4, 1)}
    N, C = (
        min(domain.allowed.get(axis, {count}), key=lambda at: (abs(at - count), at))
        for axis, count in zip("NC", counts[role], strict=True)
    )
    fitting = [
        {"N": N, "C": C, **sizes}
        for sizes in spatial(domain)
        if next(r.name for r in REGIMES if r.contains(sizes)) == regime
    ]
    return max(
        fitting, key=lambda a: (min(outputs(a)) > 1, min(a["HH"], a["WW"], 3)),
        default=None,
    )  # fmt: skip


def spatial(domain: Domain) -> list[Axes]:
    """Return all small images, windows and strides of the domain, simple ones first."""
    axes = ("H", "W", "HH", "WW", "stride")
    most = {"H": 7, "W": 7, "HH": 3, "WW": 3, "stride": 3}
    ranges = [sorted(domain.allowed.get(a, range(1, most[a] + 1))) for a in axes]
    found = (
        {"N": 1, "C": 1, **dict(zip(axes, sizes, strict=True))}
        for sizes in product(*ranges)
    )
    free = Domain(
        remainder=domain.remainder,
        flags=domain.flags,
        allowed={a: v for a, v in domain.allowed.items() if a in axes},
    )
    valid = [sizes for sizes in found if is_valid(sizes, free)]
    return sorted(
        ({axis: sizes[axis] for axis in axes} for sizes in valid),
        key=lambda sizes: sum(sizes.values()),
    )


def pool_cases(*, domain: Domain | None = None) -> SearchStrategy[Case]:
    """Return a strategy of small valid cases, each with a fill seed."""
    # Hypothesis takes longer to import than a right program takes to be judged.
    from hypothesis import strategies as st  # noqa: PLC0415

    contract = domain or Domain()
    counts = [sorted(contract.allowed.get(axis, range(1, 5))) for axis in "NC"]
    return st.builds(
        lambda sizes, N, C, seed: case_of(
            {"N": N, "C": C, **sizes}, name="drawn", role="drawn", fill_seed=seed
        ),
        st.sampled_from(spatial(contract)),
        *map(st.sampled_from, counts),
        st.integers(0, 2**32 - 1),
    )


def smaller(axes: Axes, domain: Domain) -> Iterator[Axes]:
    """Yield simpler valid cases, each one step away: first to the least, then less."""
    for proposal in _proposals(axes):
        is_less = sum(proposal.values()) < sum(axes.values())
        if is_less and is_valid(proposal, domain):
            yield proposal


def _proposals(axes: Axes) -> Iterator[Axes]:
    one_each = {**axes, "N": 1, "C": 1}
    yield {**one_each, "H": axes["HH"], "W": axes["WW"]}
    yield one_each
    yield {**axes, "H": axes["HH"], "W": axes["WW"]}
    for height, width in ((2, 2), (1, 2), (2, 1), (1, 1)):
        yield {**one_each, "HH": height, "WW": width, "H": height, "W": width}
        yield _resized({**axes, "HH": height, "WW": width}, outputs(axes))
    for count in ((1, 1), (1, 2), (2, 1), (2, 2)):
        yield _resized(axes, count)
    for axis in ("N", "C", "stride"):
        for value in range(1, axes[axis]):
            yield _resized({**axes, axis: value}, outputs(axes))
    for axis in AXES:
        yield {**axes, axis: axes[axis] - 1}


def _resized(axes: Axes, count: tuple[int, int]) -> Axes:
    """Return the case with the image that so many windows ask for."""
    height, width = ((number - 1) * axes["stride"] for number in count)
    return {**axes, "H": height + axes["HH"], "W": width + axes["WW"]}
