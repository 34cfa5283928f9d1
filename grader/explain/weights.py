"""Say whose weights the output pixels have where they look at the right pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from grader.explain.maps import NEAR, near

if TYPE_CHECKING:
    from grader.explain.maps import Maps
    from grader.records import MessageValue

CHANNELS: Final = 0  # the axes of a map
FILTERS: Final = 3


def scaled(maps: Maps) -> dict[str, MessageValue] | None:
    """All weights are so many times what they should be."""
    place = np.unravel_index(np.argmax(np.abs(maps.expected)), maps.expected.shape)
    if abs(maps.expected[place]) <= NEAR:
        return None
    factor = round(float(maps.got[place] / maps.expected[place]), 9)
    return {"factor": factor} if near(maps.got, factor * maps.expected) else None


def other_filter(maps: Maps) -> dict[str, MessageValue] | None:
    """Filters have the weights of other filters."""
    found = _exchanged(maps, FILTERS)
    return None if found is None else {"filter": found[0], "other": found[1]}


def other_channel(maps: Maps) -> dict[str, MessageValue] | None:
    """Channels of the image meet the weights of other channels."""
    found = _exchanged(maps, CHANNELS)
    return None if found is None else {"channel": found[0], "other": found[1]}


def _exchanged(maps: Maps, axis: int) -> tuple[int, int] | None:
    """Return what has other weights than its own, and whose; None if one has none's."""
    got, expected = (np.moveaxis(m, axis, 0) for m in (maps.got, maps.expected))
    whose = [
        next((b for b, right in enumerate(expected) if near(each, right)), None)
        for each in got
    ]
    wrong = [(a, b) for a, b in enumerate(whose) if b is not None and b != a]
    return wrong[0] if wrong and None not in whose else None
