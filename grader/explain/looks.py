"""Say in one sentence which pixels a program's outputs look at instead.

Every look compares the map that forward computes with the right one, weight by
weight; the first that explains all of it is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from grader.explain.maps import NEAR, Maps, near
from grader.explain.weights import other_channel, other_filter, scaled
from grader.records import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from grader.calls import Array
    from grader.records import MessageValue

FARTHEST: Final = 3  # rows or columns that a window is looked for


def describe(maps: Maps) -> Message:
    """Return the sentence for what the footprint shows."""
    kernel = _kernel(maps)
    if kernel is not None:
        return Message(id=f"footprint.{kernel}")
    for name, look in LOOKS.items():
        found = look(maps)
        if found is not None:
            return Message(id=name, values=found)
    return _other(maps)


def _other(maps: Maps) -> Message:
    """Count what the output pixel that tells most looks at, and what it should."""
    place = maps.clearest()[0]
    got, expected = (np.abs(m) > NEAR for m in maps.at(place))
    values: dict[str, MessageValue] = {
        "row": place[-2],
        "column": place[-1],
        "wanted": int(expected.sum()),
        "shared": int((got & expected).sum()),
    }
    beside = int((got & ~expected).sum())
    if not beside:
        return Message(id="footprint.some", values=values)
    if not expected.any():
        return Message(id="footprint.beside", values={**values, "beside": beside})
    return Message(id="footprint.other", values={**values, "beside": beside})


def _nothing(maps: Maps) -> dict[str, MessageValue] | None:
    return None if np.any(np.abs(maps.got) > NEAR) else {}


def _kernel(maps: Maps) -> str | None:
    """Return what was done to the kernel, if that is all."""
    for name, expected in maps.kernels.items():
        if expected.shape == maps.got.shape and near(maps.got, expected):
            return name
    return None


def _shifted(maps: Maps) -> dict[str, MessageValue] | None:
    """Every window lies some rows lower and some columns further right."""
    steps = [step for step in _steps(maps, FARTHEST) if step != (0, 0)]
    for down, right in steps:
        if _is_moved(maps, down, right):
            return {"shift": _shift(down, right)}
    return None


def _steps(maps: Maps, farthest: int) -> list[tuple[int, int]]:
    """Return steps down and to the right, short ones first."""
    height, width = (min(farthest, n - 1) for n in maps.expected.shape[1:3])
    downs, rights = range(-height, height + 1), range(-width, width + 1)
    every = [(down, right) for down in downs for right in rights]
    return sorted(every, key=lambda step: abs(step[0]) + abs(step[1]))


def _is_moved(maps: Maps, down: int, right: int) -> bool:
    """Is got what is expected of windows that lie lower and further right?

    Where most of such a window lies beyond the image nothing can be said.
    """
    seen, moved = _moved(maps, down, right)
    weights, wanted = np.count_nonzero(moved), np.count_nonzero(maps.expected)
    return bool(weights and 2 * weights >= wanted) and near(seen, moved)


def _starts(maps: Maps) -> dict[str, MessageValue] | None:
    """The windows start elsewhere, each row and each column of them at one place."""
    if not maps.stride:
        return None
    rows, columns = maps.expected.shape[-2:]
    downs: list[set[int]] = [set() for _ in range(rows)]
    rights: list[set[int]] = [set() for _ in range(columns)]
    for i, j in np.ndindex(rows, columns):
        step = _step_of(maps, i, j)
        if step is None:
            return None
        downs[i].add(step[0])
        rights[j].add(step[1])
    if any(len(steps) != 1 for steps in (*downs, *rights)):
        return None
    down, right = [d for (d,) in downs], [r for (r,) in rights]
    if any(down) and any(right):
        longer = max(down, right, key=len)
        return _said_starts("axis.pixel", longer, maps.stride)
    if any(down):
        return _said_starts("axis.row", down, maps.stride)
    return _said_starts("axis.column", right, maps.stride)


def _step_of(maps: Maps, i: int, j: int) -> tuple[int, int] | None:
    """Return how far the window of one output pixel lies from where it should."""
    pixel = (..., slice(i, i + 1), slice(j, j + 1))
    one = Maps(got=maps.got[pixel], expected=maps.expected[pixel])
    farthest = max(maps.expected.shape[1:3])
    found = (step for step in _steps(one, farthest) if _is_moved(one, *step))
    return next(found, None)


def _said_starts(axis: str, steps: list[int], stride: int) -> dict[str, MessageValue]:
    expected = [place * stride for place in range(len(steps))]
    got = [start + step for start, step in zip(expected, steps, strict=True)]
    return {
        "axis": Message(id=axis),
        "got": ", ".join(map(str, got)),
        "expected": ", ".join(map(str, expected)),
    }


def _shift(down: int, right: int) -> Message:
    """Return the words for a shift: rows, columns, or both."""
    rows = _so_far("down" if down > 0 else "up", abs(down))
    columns = _so_far("right" if right > 0 else "left", abs(right))
    if not right:
        return rows
    if not down:
        return columns
    return Message(id="shift.both", values={"rows": rows, "columns": columns})


def _so_far(direction: str, count: int) -> Message:
    number = "one" if count == 1 else "more"
    return Message(id=f"shift.{direction}.{number}", values={"count": count})


def _moved(maps: Maps, down: int, right: int) -> tuple[Array, Array]:
    """Return got, and expected for windows that lie lower and further right.

    Only where both are known: what such a window sees beyond its old image is not.
    """
    height, width = maps.expected.shape[1:3]
    rows = slice(max(0, down), min(height, height + down))
    columns = slice(max(0, right), min(width, width + right))
    from_rows = slice(max(0, -down), min(height, height - down))
    from_columns = slice(max(0, -right), min(width, width - right))
    return maps.got[:, rows, columns], maps.expected[:, from_rows, from_columns]


def _exchanged(maps: Maps) -> dict[str, MessageValue] | None:
    """What belongs into row i, column j stands in row j, column i."""
    turned = maps.expected.swapaxes(-1, -2)
    if turned.shape != maps.got.shape:
        return None
    return {} if near(maps.got, turned) else None


def _channels(maps: Maps) -> dict[str, MessageValue] | None:
    """Whole channels of the image are not looked at."""
    seen, wanted = (
        np.abs(m).max(axis=(1, 2, 3, 4, 5)) > NEAR for m in (maps.got, maps.expected)
    )
    if not seen.any() or seen.sum() >= wanted.sum():
        return None
    kept = maps.expected * seen[:, None, None, None, None, None]
    if not near(maps.got, kept):
        return None
    return {"seen": int(seen.sum()), "wanted": int(wanted.sum())}


def _supports(maps: Maps) -> tuple[Any, Any]:
    return np.abs(maps.got) > NEAR, np.abs(maps.expected) > NEAR


def _reweighted(maps: Maps) -> dict[str, MessageValue] | None:
    """The right pixels, with other weights."""
    got, expected = _supports(maps)
    return {} if np.array_equal(got, expected) else None


def _unfilled(maps: Maps) -> dict[str, MessageValue] | None:
    """Whole output pixels look at nothing; the others look as they should."""
    got, expected = (
        np.abs(m).max(axis=(0, 1, 2)) > NEAR for m in (maps.got, maps.expected)
    )
    blank = expected & ~got
    if (got & maps.wrong).any() or not got.any() or not blank.any():
        return None
    filter_, row, column = (int(i) for i in np.argwhere(blank)[0])
    return {"filter": filter_, "row": row, "column": column}


def _fewer(maps: Maps) -> dict[str, MessageValue] | None:
    """Some pixels of the window are left out; those that count, count rightly."""
    got, _ = _supports(maps)
    kept = np.where(got, maps.expected, 0.0)
    if not near(maps.got, kept):
        return None
    place = maps.telling()[0]
    looked, wanted = ((np.abs(m) > NEAR).sum() for m in maps.at(place))
    return {
        "row": place[-2],
        "column": place[-1],
        "looked": int(looked),
        "wanted": int(wanted),
    }


#: In the order of how much they say.
LOOKS: Final[Mapping[str, Callable[[Maps], dict[str, MessageValue] | None]]] = {
    "footprint.nothing": _nothing,
    "footprint.shifted": _shifted,
    "footprint.starts": _starts,
    "footprint.exchanged": _exchanged,
    "footprint.channels": _channels,
    "footprint.unfilled": _unfilled,
    "footprint.fewer": _fewer,
    "footprint.scaled": scaled,
    "footprint.other_filter": other_filter,
    "footprint.other_channel": other_channel,
    "footprint.reweighted": _reweighted,
}
