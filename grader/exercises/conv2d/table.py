"""Choose the cases of the conv2d table out of what the strategy can draw.

Every step is fixed, so that the same table comes out everywhere, byte for byte.
"""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from zlib import crc32

from grader.cases import Stream
from grader.exercise import Domain
from grader.exercises.conv2d import axes as conv2d_axes
from grader.exercises.conv2d.cases import case_of
from grader.exercises.conv2d.literals import IN_ORDER
from grader.exercises.conv2d.plan import GENERAL_ROLE, LIKE, cells
from grader.exercises.conv2d.regimes import REMAINDER
from grader.exercises.conv2d.space import USUAL, axes_of, span
from grader.exercises.conv2d.traits import TRAITS
from reference.shapes import REMAINDERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.exercise import Axes
    from grader.exercises.choices import Tree
    from grader.exercises.conv2d.plan import Cell
    from grader.records import Case

DRAWS: Final = 200  # of a cell; the best of them is published

# So much more work is a case worth in which two numbers fewer are equal.
WORTH: Final = 300

# So much more work is a case worth in which two conditions hold for the first time
# together: a program may be wrong just there.
PAIR_WORTH: Final = 40


def regenerate() -> str:
    """Return the table as the text of its file: what the strategy makes of the plan."""
    cases: tuple[Case, ...] = ()
    for remainder in REMAINDERS:
        cases = fill_up(cases, domain=Domain(remainder=remainder))
    lines = ",\n".join(map(_line, cases))
    return f'{{"layer": "conv2d", "cases": [\n{lines}\n]}}\n'


def fill_up(cases: Sequence[Case], *, domain: Domain) -> tuple[Case, ...]:
    """Return the cases in the plan's order, with new ones for cells that have none.

    A cell outside the domain stays empty.
    """
    known = {case.name: case for case in cases}
    for cell in cells():
        if cell.name not in known:
            axes = choose(cell, domain=domain, known=known)
            if axes is not None:
                known[cell.name] = case_of(axes, name=cell.name, role=cell.role)
    return tuple(known[cell.name] for cell in cells() if cell.name in known)


def choose(
    cell: Cell, *, domain: Domain, known: Mapping[str, Case] = MappingProxyType({})
) -> Axes | None:
    """Return the best case of a cell in a domain, or None if none lies inside.

    It is none of those that are known. Wishes that the domain leaves no room for are
    given up.
    """
    if cell.regime == REMAINDER and domain.remainder == "never":
        return None
    tree = _tree(cell, domain=_alike(cell, domain=domain, known=known))
    if tree is None:
        return None
    taken = [case.axes for case in known.values()]
    stream = Stream(crc32(cell.name.encode()))
    drawn = [
        axes_of(tree.walk(lambda _, options: stream.pick(options)))
        for _ in range(DRAWS)
    ]
    fresh = [axes for axes in drawn if axes not in taken] or drawn
    if cell.role == GENERAL_ROLE:
        return min(fresh, key=_rank)
    known_pairs = {pair for axes in taken for pair in _pairs(axes)}
    return min(fresh, key=lambda axes: _rank(axes, len(_pairs(axes) - known_pairs)))


def _pairs(axes: Axes) -> frozenset[tuple[str, str]]:
    """Return all that holds of a case, by two and two."""
    holding = [name for name in IN_ORDER if TRAITS[name].holds(axes)]
    return frozenset(combinations(holding, 2))


def _alike(cell: Cell, *, domain: Domain, known: Mapping[str, Case]) -> Domain:
    """Return the part of the domain that is like the case that this one is to be like.

    Where the cell has no case there, it is the whole domain.
    """
    like = LIKE.get(cell.name)
    if like is None or like.to not in known:
        return domain
    axes = known[like.to].axes
    usual = domain.allowed.get(like.but, frozenset(USUAL[like.but]))
    allowed = {
        **domain.allowed,
        **{axis: frozenset({axes[axis]}) for axis in like.axes},
        like.but: usual - {axes[like.but]},
    }
    narrower = replace(domain, allowed=allowed)
    wanted = (*cell.traits, *cell.wishes)
    if not allowed[like.but] or span(wanted, domain=narrower).is_empty:
        return domain
    return narrower


def _tree(cell: Cell, *, domain: Domain) -> Tree | None:
    """Return the tree of the cell with as many wishes as can be met, in order."""
    tree = span((*cell.traits, *cell.wishes), domain=domain)
    if not tree.is_empty:
        return tree
    kept = list(cell.traits)
    if span(kept, domain=domain).is_empty:
        return None
    for wish in cell.wishes:
        if not span((*kept, wish), domain=domain).is_empty:
            kept.append(wish)
    return span(kept, domain=domain)


def _rank(axes: Axes, new_pairs: int = 0) -> tuple[int, ...]:
    """Order cases: few numbers that happen to be equal, and little to look at."""
    N, F, rows, columns = conv2d_axes.output_shape(axes)
    numbers = [*axes.values(), rows, columns]
    equal = sum(one == other for one, other in combinations(numbers, 2))
    image = N * axes["C"] * axes["H"] * axes["W"]
    work = N * F * rows * columns * axes["C"] * axes["HH"] * axes["WW"]
    cost = equal * WORTH + image + work - new_pairs * PAIR_WORTH
    return (cost, *axes.values())


def _line(case: Case) -> str:
    """Return one case as one line of JSON, easy to read and to compare."""
    return json.dumps(
        {
            "name": case.name,
            "regime": case.regime,
            "role": case.role,
            "axes": dict(case.axes),
            "tags": sorted(case.tags),
        }
    )
