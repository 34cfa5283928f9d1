"""Draw which pixels each output pixel really looks at, beside those it should.

For bugs outside the catalogue: a convolution is affine, so one-hot images read off
the whole map that a program computes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from grader.calls import Returned
from grader.engine.linear_map import read_linear_map, right_linear_map
from grader.engine.results import out_of
from grader.explain.looks import NEAR, Maps, describe
from grader.explain.show import grid
from grader.report import Footprint, FootprintRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.corpus import Entry
    from grader.engine.attempts import Attempts
    from grader.engine.protocol import CaseRun
    from grader.exercise import Exercise

ROWS: Final = 3  # output pixels drawn
#: A footprint is drawn on a case of at most so many pixels, with some outputs.
PIXELS: Final = 120
OUTPUTS: Final = 4


def clearest(failing: Sequence[CaseRun]) -> CaseRun | None:
    """Return the failing case on which a footprint shows most, if there is one.

    Small images come first, but none in which a shift could not be seen.
    """
    clear = [run for run in failing if _is_clear(run)]
    return min(clear, key=_clarity, default=None)


def _is_clear(run: CaseRun) -> bool:
    out, expected = out_of(run.forward[0]), run.entry.first.expected.out
    answers = out is not None and out.array is not None
    return answers and _pixels(run) <= PIXELS and expected[0].size >= OUTPUTS


def _clarity(run: CaseRun) -> tuple[bool, int]:
    images = next(iter(run.entry.first.arrays.values()))
    return min(images.shape[2:], default=0) < 3, _pixels(run)  # noqa: PLR2004 (3x3)


def _pixels(run: CaseRun) -> int:
    images = next(iter(run.entry.first.arrays.values()))
    return int(images[0].size)


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
    maps = Maps(
        got=found.weights.reshape(shape),
        expected=right.reshape(shape),
        stride=(entry.options or {}).get("stride", 0),
        kernels={
            name: right_linear_map(exercise, other).reshape(shape)
            for name, other in _other_kernels(entry)
        },
    )
    if not maps.wrong.any():
        return None
    return _drawn(entry, maps)


def _other_kernels(entry: Entry) -> Iterator[tuple[str, Entry]]:
    """Yield the case with its kernels turned in the ways that happen."""
    name, *_ = (n for n in entry.first.arrays if n != next(iter(entry.first.arrays)))
    kernels = entry.first.arrays[name]
    if kernels.ndim != 4:  # noqa: PLR2004 (F, C, HH, WW)
        return
    ways = {
        "turned": kernels[..., ::-1, ::-1],
        "upside_down": kernels[..., ::-1, :],
        "mirrored": kernels[..., ::-1],
        "transposed": kernels.swapaxes(-1, -2),
    }
    for way, other in ways.items():
        if other.shape == kernels.shape and not np.array_equal(other, kernels):
            arrays = {**entry.first.arrays, name: other}
            yield way, replace(entry, first=replace(entry.first, arrays=arrays))


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
