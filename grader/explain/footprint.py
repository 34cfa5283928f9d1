"""Draw which pixels each output pixel really looks at, beside those it should.

For bugs outside the catalogue: a convolution is affine, so one-hot images read off
the whole map that a program computes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from grader.engine.linear_map import read_linear_map, right_linear_map
from grader.engine.protocol import ask_briefly
from grader.engine.results import out_of
from grader.explain.fillings import posed_plainly
from grader.explain.looks import describe
from grader.explain.maps import NEAR, Maps
from grader.explain.show import grid
from grader.remembering import Remembered
from grader.report import Footprint, FootprintRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from grader.calls import Array
    from grader.corpus import Entry
    from grader.engine.attempts import Attempts
    from grader.exercise import Exercise
    from grader.records import Case

ROWS: Final = 3  # output pixels drawn
#: A footprint is drawn on a case of at most so many pixels, with some outputs.
PIXELS: Final = 120
SIDE: Final = 3
DECIMALS: Final = 9


def clear_cases(exercise: Exercise, cases: Iterable[Case]) -> list[Case]:
    """Return those on which a footprint can be read at a glance, small images first.

    None on which a shift could not be seen.
    """
    sized = [(_pixels_of(exercise, case), case) for case in cases]
    clear = [(pixels, case) for pixels, case in sized if pixels]
    return [case for _, case in sorted(clear, key=lambda pair: pair[0])]


def _pixels(exercise: Exercise, case: Case) -> int:
    """Return the pixels of one image; 0 where a footprint on it says little."""
    images = next(iter(exercise.shapes(case.axes).values()))
    out = exercise.output_shape(case.axes)
    is_drawn = len(images) == len(out) == 4  # noqa: PLR2004 (images, channels, rows, columns)
    if not is_drawn or exercise.arrays[0] not in exercise.affine_in:
        return 0
    pixels = int(np.prod(images[1:]))
    is_clear = min(images[2:]) >= SIDE and min(out[2:]) > 1 and pixels <= PIXELS
    return pixels if is_clear else 0


_pixels_of: Final = Remembered(_pixels, most=1 << 12)


def read_footprint(
    exercise: Exercise, attempts: Attempts, case: Case
) -> Footprint | None:
    """Return the footprint on this case, or None where there is none to draw.

    None too where it is right, where out has another shape, or is not the images times
    weights. The weights are counted from 1 on. Raise SandboxError.
    """
    entry, right, kernels = _right_maps(exercise, case)
    request = ask_briefly(entry, backward=False)
    (observation,) = attempts.run(request, regime=case.regime)
    images = next(iter(entry.first.arrays.values()))
    out = out_of(observation)
    if out is None or out.array is None:
        return None
    found = read_linear_map(attempts, entry)
    if found is None or not found.explains(images, out.array):
        return None
    if found.weights.shape != right.shape:
        return None
    shape = (*images.shape[1:], *right.shape[1:])
    maps = Maps(
        got=found.weights.reshape(shape),
        expected=right.reshape(shape),
        stride=(entry.options or {}).get(exercise.step_option, 0),
        kernels={name: other.reshape(shape) for name, other in kernels.items()},
    )
    if not maps.wrong.any():
        return None
    return _drawn(entry, maps)


def _read_right_maps(
    exercise: Exercise, case: Case
) -> tuple[Entry, Array, Mapping[str, Array]]:
    """Return the case, its weights, and those with its kernels turned."""
    entry = posed_plainly(exercise, case)
    kernels = {
        name: right_linear_map(exercise, other) for name, other in other_kernels(entry)
    }
    return entry, right_linear_map(exercise, entry), kernels


#: Published and drawn cases come again with every wrong program of a batch.
_right_maps: Final = Remembered(_read_right_maps, most=64)


def other_kernels(entry: Entry) -> Iterator[tuple[str, Entry]]:
    """Yield the case with its kernels turned in the ways that happen."""
    _, *names = entry.first.arrays
    name = names[0] if names else ""
    kernels = entry.first.arrays.get(name, np.empty(0))
    if kernels.ndim != 4:  # noqa: PLR2004 (filters, channels, height, width)
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
    places = maps.clearest()[:ROWS]
    return Footprint(
        axes=dict(entry.case.axes),
        rows=tuple(_row(maps, place) for place in places),
        message=describe(maps),
    )


def _row(maps: Maps, place: tuple[int, ...]) -> FootprintRow:
    got, expected = maps.at(place)
    return FootprintRow(
        output=place,
        # Rounding that no output shows, as of an FFT, is no weight.
        got=grid("got", got.round(DECIMALS) + 0.0, np.abs(got - expected) > NEAR),
        expected=grid("expected", expected),
    )
