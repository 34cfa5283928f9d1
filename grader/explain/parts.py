"""Say which part of dout a wrong gradient remembers, if that is all there is to it.

A gradient is linear in dout. One that was overwritten where it should be added up, or
whose loops end too early, is the right gradient of a dout with zeros in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from grader.records import Message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.calls import Array
    from grader.corpus import Entry
    from grader.exercise import Exercise

NEAR: Final = 1e-9

_ALL: Final = slice(None)
_LAST: Final = slice(-1, None)
_FIRST: Final = slice(None, 1)
_BUT_LAST: Final = slice(None, -1)
_BUT_FIRST: Final = slice(1, None)

#: What is left of dout (images, filters, rows, columns); the commonest first.
PARTS: Final[Mapping[str, tuple[Any, ...]]] = {
    "only_last_image": (_LAST,),
    "only_last_window": (_ALL, _ALL, _LAST, _LAST),
    "only_last_window_of_all": (_LAST, _ALL, _LAST, _LAST),
    "only_last_number": (_LAST, _LAST, _LAST, _LAST),
    "only_last_filter": (_ALL, _LAST),
    "only_last_row": (_ALL, _ALL, _LAST),
    "only_last_column": (_ALL, _ALL, _ALL, _LAST),
    "only_first_image": (_FIRST,),
    "only_first_filter": (_ALL, _FIRST),
    "only_first_window": (_ALL, _ALL, _FIRST, _FIRST),
    "without_last_row_and_column": (_ALL, _ALL, _BUT_LAST, _BUT_LAST),
    "without_last_row": (_ALL, _ALL, _BUT_LAST),
    "without_last_column": (_ALL, _ALL, _ALL, _BUT_LAST),
    "without_first_row_and_column": (_ALL, _ALL, _BUT_FIRST, _BUT_FIRST),
    "without_first_row": (_ALL, _ALL, _BUT_FIRST),
    "without_first_column": (_ALL, _ALL, _ALL, _BUT_FIRST),
    "without_last_image": (_BUT_LAST,),
    "without_first_image": (_BUT_FIRST,),
    "without_last_filter": (_ALL, _BUT_LAST),
    "without_first_filter": (_ALL, _BUT_FIRST),
}


def remembered_part(
    exercise: Exercise, tensor: str, wrong: Sequence[tuple[Entry, Array]]
) -> Message | None:
    """Return which part of dout this gradient comes from in all of these cases.

    `wrong` are cases with what the program returned.
    """
    small_first = sorted(wrong, key=lambda pair: pair[0].first.dout.size)
    for name, part in PARTS.items():
        if small_first and all(
            _comes_from(exercise, tensor, entry=entry, got=got, part=part)
            for entry, got in small_first
        ):
            return Message(id=f"relation.{name}", values={"tensor": tensor})
    return None


def _comes_from(
    exercise: Exercise, tensor: str, *, entry: Entry, got: Array, part: tuple[Any, ...]
) -> bool:
    data = entry.first
    if data.dout.ndim != 4 or data.tensor(tensor).shape != got.shape:  # noqa: PLR2004 (N, F, H', W')
        return False
    left = np.zeros_like(data.dout)
    left[part] = data.dout[part]
    answer = exercise.oracle(data.arrays, entry.options or {}, left)
    with np.errstate(invalid="ignore"):
        return bool(np.all(np.abs(answer.gradients[tensor] - got) <= NEAR))
