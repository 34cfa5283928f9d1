"""Draw valid conv2d cases, by construction and never by rejection."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from grader.errors import UsageError
from grader.exercise import Domain
from grader.exercises.conv2d.cases import case_of
from grader.exercises.conv2d.space import axes_of, span, traits_of
from reference.shapes import REMAINDERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hypothesis.strategies import DrawFn, SearchStrategy

    from grader.exercises.choices import Tree
    from grader.records import Case

SEEDS: Final = st.integers(0, 2**32 - 1)


def conv_cases(
    *,
    regime: str | None = None,
    tags: Iterable[str] = (),
    remainder: str = "never",
    domain: Domain | None = None,
) -> SearchStrategy[Case]:
    """Return a strategy of small valid cases, each with a fill seed.

    Args:
        regime: the name of the cell that all cases lie in; any by default.
        tags: traits that every case has, such as "pad >= kernel".
        remainder: "floor" if the sizes need not divide by the stride.
        domain: the narrower contract of an assignment; its remainder counts too.

    Raises:
        UsageError: a name is unknown, or no case has all of these at once.
    """
    domain = _contract(domain or Domain(), remainder=remainder)
    wanted = (*(traits_of(regime) if regime is not None else ()), *tags)
    tree = span(wanted, domain=domain)
    if tree.is_empty:
        raise UsageError(_conflict(wanted, domain=domain))
    return _cases(tree)


@cache
def _one_of(options: tuple[int, ...]) -> SearchStrategy[int]:
    """Return one strategy for equal options: making takes as long as drawing."""
    return st.sampled_from(options)


@st.composite
def _cases(draw: DrawFn, tree: Tree) -> Case:
    """Draw the sizes from the tree, then a seed for the numbers."""
    chosen = tree.walk(lambda _, options: draw(_one_of(options)))
    seed = draw(SEEDS)
    axes = axes_of(chosen)
    return case_of(axes, name="drawn", role="drawn", fill_seed=seed)


def _contract(domain: Domain, *, remainder: str) -> Domain:
    """Return the domain, widened by what `remainder` allows."""
    if remainder not in REMAINDERS:
        wanted = " or ".join(map(repr, REMAINDERS))
        raise UsageError(f"remainder is {remainder!r}, wanted {wanted}")
    return replace(
        domain, remainder=max(domain.remainder, remainder, key=REMAINDERS.index)
    )


def _conflict(wanted: Iterable[str], *, domain: Domain) -> str:
    """Return a sentence that names as few traits as rule each other out."""
    core = list(dict.fromkeys(wanted))
    for name in tuple(core):
        others = [other for other in core if other != name]
        if span(others, domain=domain).is_empty:
            core = others
    return (
        f"no case has {' and '.join(map(repr, core)) or 'any sizes'} "
        f"(remainder {domain.remainder!r}, {sorted(domain.flags)!r}, "
        f"{ {axis: sorted(values) for axis, values in domain.allowed.items()}!r}), "
        "wanted traits that can meet in this domain"
    )
