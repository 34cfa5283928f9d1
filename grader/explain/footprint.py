"""Draw which pixels each output pixel really looks at, beside those it should.

For bugs outside the catalogue: a convolution is affine, so one-hot images read off
the whole map that a program computes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from grader.calls import Returned
from grader.engine.linear_map import read_linear_map, right_linear_map
from grader.engine.results import out_of
from grader.explain.show import grid
from grader.records import Message
from grader.report import Footprint, FootprintRow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from grader.calls import Array
    from grader.corpus import Entry
    from grader.engine.attempts import Attempts
    from grader.engine.protocol import CaseRun
    from grader.exercise import Exercise
    from grader.records import MessageValue

NEAR: Final = 1e-9
ROWS: Final = 3  # output pixels drawn
FARTHEST: Final = 3  # rows or columns that a window is looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Maps:
    """Both maps of one case, as (C, H, W, F, H', W') weights."""

    got: Array
    expected: Array

    @property
    def wrong(self) -> Array:
        """Where an output pixel has other weights than it should (F, H', W')."""
        off = np.abs(self.got - self.expected) > NEAR
        wrong: Array = off.any(axis=(0, 1, 2))
        return wrong

    def telling(self) -> list[tuple[int, int, int]]:
        """Return the wrong output pixels (f, i, j), those that look at most first."""
        seen = np.abs(self.got) > NEAR
        wanted = np.abs(self.expected) > NEAR
        both = np.minimum(seen.sum(axis=(0, 1, 2)), wanted.sum(axis=(0, 1, 2)))
        places = [(int(f), int(i), int(j)) for f, i, j in np.argwhere(self.wrong)]
        return sorted(places, key=lambda place: -int(both[place]))

    def at(self, place: tuple[int, ...]) -> tuple[Array, Array]:
        """Return both maps (C, H, W) of one output pixel (f, i, j)."""
        f, i, j = place
        return self.got[..., f, i, j], self.expected[..., f, i, j]


def read_footprint(
    exercise: Exercise, attempts: Attempts, run: CaseRun
) -> Footprint | None:
    """Return the footprint on this case, or None where there is none to draw.

    None too where out has another shape, or is not the images times weights.
    Raise SandboxError.
    """
    entry, observation = run.entry, run.forward[0]
    images = next(iter(entry.first.arrays.values()))
    out = out_of(observation) if isinstance(observation, Returned) else None
    drawable = images.ndim == 4 and exercise.affine_in  # noqa: PLR2004 (N, C, H, W)
    if out is None or out.array is None or not drawable:
        return None
    found = read_linear_map(attempts, entry)
    if found is None or not found.explains(images, out.array):
        return None
    right = right_linear_map(exercise, entry)
    if found.weights.shape != right.shape:
        return None
    shape = (*images.shape[1:], *right.shape[1:])
    maps = Maps(got=found.weights.reshape(shape), expected=right.reshape(shape))
    if not maps.wrong.any():
        return None
    return _drawn(entry, maps)


def _drawn(entry: Entry, maps: Maps) -> Footprint:
    places = maps.telling()[:ROWS]
    return Footprint(
        axes=dict(entry.case.axes),
        rows=tuple(_row(maps, place) for place in places),
        message=describe(maps),
    )


def _row(maps: Maps, place: tuple[int, ...]) -> FootprintRow:
    got, expected = maps.at(place)
    return FootprintRow(
        output=place,
        got=grid("got", got, np.abs(got - expected) > NEAR),
        expected=grid("expected", expected),
    )


def describe(maps: Maps) -> Message:
    """Return the sentence for what the footprint shows."""
    for name, look in LOOKS.items():
        values = look(maps)
        if values is not None:
            return Message(id=name, values=values)
    place = maps.telling()[0]
    got, expected = (np.abs(m) > NEAR for m in maps.at(place))
    values = {
        "row": place[-2],
        "column": place[-1],
        "looked": int(got.sum()),
        "wanted": int(expected.sum()),
        "shared": int((got & expected).sum()),
    }
    return Message(id="footprint.other", values=values)


def _nothing(maps: Maps) -> dict[str, MessageValue] | None:
    return None if np.any(np.abs(maps.got) > NEAR) else {}


def _shifted(maps: Maps) -> dict[str, MessageValue] | None:
    """Every window lies some rows lower and some columns further right."""
    height, width = (min(FARTHEST, n - 1) for n in maps.expected.shape[1:3])
    downs, rights = range(-height, height + 1), range(-width, width + 1)
    for down, right in sorted(
        ((i, j) for i in downs for j in rights if (i, j) != (0, 0)),
        key=lambda step: abs(step[0]) + abs(step[1]),
    ):
        seen, moved = _moved(maps, down, right)
        if np.any(moved) and np.all(np.abs(seen - moved) <= NEAR):
            return {"shift": _shift(down, right)}
    return None


def _shift(down: int, right: int) -> Message:
    """Return the words for a shift: rows, columns, or both."""
    rows = Message(
        id="shift.down" if down > 0 else "shift.up", values={"count": abs(down)}
    )
    columns = Message(
        id="shift.right" if right > 0 else "shift.left", values={"count": abs(right)}
    )
    if not right:
        return rows
    if not down:
        return columns
    return Message(id="shift.both", values={"rows": rows, "columns": columns})


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
    return {} if np.all(np.abs(maps.got - turned) <= NEAR) else None


def _channels(maps: Maps) -> dict[str, MessageValue] | None:
    """Whole channels of the image are not looked at."""
    seen, wanted = (
        np.abs(m).max(axis=(1, 2, 3, 4, 5)) > NEAR for m in (maps.got, maps.expected)
    )
    if not seen.any() or seen.sum() >= wanted.sum():
        return None
    kept = maps.expected * seen[:, None, None, None, None, None]
    if not np.all(np.abs(maps.got - kept) <= NEAR):
        return None
    return {"seen": int(seen.sum()), "wanted": int(wanted.sum())}


def _supports(maps: Maps) -> tuple[Any, Any]:
    return np.abs(maps.got) > NEAR, np.abs(maps.expected) > NEAR


def _reweighted(maps: Maps) -> dict[str, MessageValue] | None:
    """The right pixels, with other weights."""
    got, expected = _supports(maps)
    return {} if np.array_equal(got, expected) else None


def _fewer(maps: Maps) -> dict[str, MessageValue] | None:
    """Some pixels of the window are left out; those that count, count rightly."""
    got, _ = _supports(maps)
    kept = np.where(got, maps.expected, 0.0)
    if not np.all(np.abs(maps.got - kept) <= NEAR):
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
    "footprint.exchanged": _exchanged,
    "footprint.channels": _channels,
    "footprint.fewer": _fewer,
    "footprint.reweighted": _reweighted,
}
