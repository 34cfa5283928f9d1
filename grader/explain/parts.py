"""Say which part of dout a wrong gradient remembers, if that is all there is to it.

A gradient is linear in dout. One that was overwritten where it should be added up, or
whose loops end too early, is the right gradient of a dout with zeros in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from grader.records import Message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.calls import Array
    from grader.corpus import Entry
    from grader.exercise import Exercise

NEAR: Final = 1e-9
Part: TypeAlias = tuple[slice, ...]

_ALL: Final = slice(None)
_LAST: Final = slice(-1, None)
_FIRST: Final = slice(None, 1)
_BUT_LAST: Final = slice(None, -1)
_BUT_FIRST: Final = slice(1, None)

#: What is left of dout, by the words for its axes; the commonest first.
PARTS: Final[Mapping[str, Mapping[str, slice]]] = {
    "only_last_image": {"image": _LAST},
    "only_last_window": {"row": _LAST, "column": _LAST},
    "only_last_window_of_all": {"image": _LAST, "row": _LAST, "column": _LAST},
    "only_last_number": dict.fromkeys(("image", "filter", "row", "column"), _LAST),
    "only_last_filter": {"filter": _LAST},
    "only_last_channel": {"channel": _LAST},
    "only_last_row": {"row": _LAST},
    "only_last_column": {"column": _LAST},
    "only_first_image": {"image": _FIRST},
    "only_first_filter": {"filter": _FIRST},
    "only_first_channel": {"channel": _FIRST},
    "only_first_window": {"row": _FIRST, "column": _FIRST},
    "without_last_row_and_column": {"row": _BUT_LAST, "column": _BUT_LAST},
    "without_last_row": {"row": _BUT_LAST},
    "without_last_column": {"column": _BUT_LAST},
    "without_first_row_and_column": {"row": _BUT_FIRST, "column": _BUT_FIRST},
    "without_first_row": {"row": _BUT_FIRST},
    "without_first_column": {"column": _BUT_FIRST},
    "without_last_image": {"image": _BUT_LAST},
    "without_first_image": {"image": _BUT_FIRST},
    "without_last_filter": {"filter": _BUT_LAST},
    "without_first_filter": {"filter": _BUT_FIRST},
}


def remembered_part(
    exercise: Exercise, tensor: str, wrong: Sequence[tuple[Entry, Array]]
) -> Message | None:
    """Return which part of dout this gradient comes from in all of these cases.

    `wrong` are cases with what the program returned.
    """
    small_first = sorted(wrong, key=lambda pair: pair[0].first.dout.size)
    for name in PARTS:
        part = part_named(name, exercise.output_axes)
        if (
            part
            and small_first
            and all(
                _comes_from(exercise, tensor, entry=entry, got=got, part=part)
                for entry, got in small_first
            )
        ):
            return Message(id=f"relation.{name}", values={"tensor": tensor})
    return None


def part_named(name: str, axes: Sequence[str]) -> Part:
    """Return the part of an out with these axes; empty if they are others."""
    wanted = PARTS[name]
    if not wanted.keys() <= {*axes}:
        return ()
    return tuple(wanted.get(axis, _ALL) for axis in axes)


def _comes_from(
    exercise: Exercise, tensor: str, *, entry: Entry, got: Array, part: Part
) -> bool:
    data = entry.first
    if data.tensor(tensor).shape != got.shape:
        return False
    left = np.zeros_like(data.dout)
    left[part] = data.dout[part]
    answer = exercise.oracle(data.arrays, entry.options or {}, left)
    with np.errstate(invalid="ignore"):
        return bool(np.all(np.abs(answer.gradients[tensor] - got) <= NEAR))
