"""Choose the cases of the conv2d table out of what the strategy can draw.

Every step is fixed, so that the same table comes out everywhere, byte for byte.
"""

from __future__ import annotations

import json
from itertools import combinations
from typing import TYPE_CHECKING, Final
from zlib import crc32

from grader.cases import Stream
from grader.exercise import Domain
from grader.exercises.conv2d import axes as conv2d_axes
from grader.exercises.conv2d.cases import case_of
from grader.exercises.conv2d.plan import cells
from grader.exercises.conv2d.regimes import REMAINDER
from grader.exercises.conv2d.space import axes_of, span
from reference.shapes import REMAINDERS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from grader.exercise import Axes
    from grader.exercises.choices import Tree
    from grader.exercises.conv2d.plan import Cell
    from grader.records import Case

DRAWS: Final = 150  # of a cell; the best of them is published

# So much more work is a case worth in which two numbers fewer are equal.
WORTH: Final = 300


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
            taken = [case.axes for case in known.values()]
            axes = choose(cell, domain=domain, taken=taken)
            if axes is not None:
                known[cell.name] = case_of(axes, name=cell.name, role=cell.role)
    return tuple(known[cell.name] for cell in cells() if cell.name in known)


def choose(cell: Cell, *, domain: Domain, taken: Collection[Axes]) -> Axes | None:
    """Return the best case of a cell in a domain, or None if none lies inside.

    Wishes that the domain leaves no room for are given up.
    """
    if cell.regime == REMAINDER and domain.remainder == "never":
        return None
    tree = _tree(cell, domain=domain)
    if tree is None:
        return None
    stream = Stream(crc32(cell.name.encode()))
    drawn = [
        axes_of(tree.walk(lambda _, options: stream.pick(options)))
        for _ in range(DRAWS)
    ]
    fresh = [axes for axes in drawn if axes not in taken] or drawn
    return min(fresh, key=_rank)


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


def _rank(axes: Axes) -> tuple[int, ...]:
    """Order cases: few numbers that happen to be equal, and little to look at."""
    N, F, rows, columns = conv2d_axes.output_shape(axes)
    numbers = [*axes.values(), rows, columns]
    equal = sum(one == other for one, other in combinations(numbers, 2))
    image = N * axes["C"] * axes["H"] * axes["W"]
    work = N * F * rows * columns * axes["C"] * axes["HH"] * axes["WW"]
    return (equal * WORTH + image + work, *axes.values())


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
