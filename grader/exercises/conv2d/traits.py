"""Name every trait of a conv2d case that a mistake may hang on.

A trait's parameters say which sizes decide it: letters of the case, or `rows` and
`columns`, all that happens in one direction. The strategy reads them off, so that it
can draw cases with a trait instead of waiting for one.
"""

from __future__ import annotations

from inspect import signature
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from grader.exercises.choices import Rule
from grader.exercises.conv2d import axes as conv2d_axes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from grader.exercise import Axes

DERIVED: Final[Mapping[str, Callable[[Axes], Any]]] = {
    "rows": conv2d_axes.rows,
    "columns": conv2d_axes.columns,
}
READ_BY: Final = {
    "rows": ("H", "HH", "stride", "pad"),
    "columns": ("W", "WW", "stride", "pad"),
}

# What a program of seven loops still answers in a blink.
MANY_OUTPUTS: Final = 400


def rule(holds: Callable[..., bool]) -> Rule:
    """Return the rule that asks `holds` with what its parameters name."""
    names = tuple(signature(holds).parameters)
    reads = frozenset(axis for name in names for axis in READ_BY.get(name, (name,)))

    readers = [DERIVED.get(name) or itemgetter(name) for name in names]

    def ask(axes: Axes) -> bool:
        return holds(*[read(axes) for read in readers])

    return Rule(reads, ask)


_OPTIONS: Final[Mapping[str, Callable[..., bool]]] = {
    "pad = 0": lambda pad: pad == 0,
    "pad > 0": lambda pad: pad > 0,
    "pad = 1": lambda pad: pad == 1,
    "pad != 1": lambda pad: pad != 1,
    "pad > 1": lambda pad: pad > 1,
    "pad > 2": lambda pad: pad > 2,  # noqa: PLR2004 (a trait is its number)
    "pad > 3": lambda pad: pad > 3,  # noqa: PLR2004 (the same)
    "stride = 1": lambda stride: stride == 1,
    "stride > 1": lambda stride: stride > 1,
    "stride = 2": lambda stride: stride == 2,  # noqa: PLR2004 (the same)
    "stride > 2": lambda stride: stride > 2,  # noqa: PLR2004 (the same)
    "stride != 2": lambda stride: stride != 2,  # noqa: PLR2004 (the same)
    "stride > 3": lambda stride: stride > 3,  # noqa: PLR2004 (the same)
    "pad > stride": lambda stride, pad: pad > stride,
    "stride = pad": lambda stride, pad: stride == pad,
    "stride != pad": lambda stride, pad: stride != pad,
}
_COUNTS: Final[Mapping[str, Callable[..., bool]]] = {
    "N = 1": lambda N: N == 1,
    "N > 1": lambda N: N > 1,
    "N > 2": lambda N: N > 2,  # noqa: PLR2004 (the same)
    "N > 3": lambda N: N > 3,  # noqa: PLR2004 (the same)
    "N > 4": lambda N: N > 4,  # noqa: PLR2004 (the same)
    "N > 5": lambda N: N > 5,  # noqa: PLR2004 (the same)
    "C = 1": lambda C: C == 1,
    "C > 1": lambda C: C > 1,
    "C > 2": lambda C: C > 2,  # noqa: PLR2004 (the same)
    "C > 3": lambda C: C > 3,  # noqa: PLR2004 (the same)
    "C > 4": lambda C: C > 4,  # noqa: PLR2004 (the same)
    "C > 5": lambda C: C > 5,  # noqa: PLR2004 (the same)
    "F = 1": lambda F: F == 1,
    "F > 1": lambda F: F > 1,
    "F > 2": lambda F: F > 2,  # noqa: PLR2004 (the same)
    "F > 3": lambda F: F > 3,  # noqa: PLR2004 (the same)
    "F > 4": lambda F: F > 4,  # noqa: PLR2004 (the same)
    "F > 5": lambda F: F > 5,  # noqa: PLR2004 (the same)
    "N != C": lambda N, C: N != C,
    "N = F": lambda N, F: N == F,
    "F = C": lambda F, C: F == C,
    "F != C": lambda F, C: F != C,
    "F > C": lambda F, C: F > C,
    "F < C": lambda F, C: F < C,
    "N, C, F differ": lambda N, C, F: N != C != F != N,
    "C = HH": lambda C, HH: C == HH,
    "all sizes differ": lambda N, C, F, H, W, HH, WW: (
        sorted({N, C, F, H, W, HH, WW}) == sorted((N, C, F, H, W, HH, WW))
    ),
}
_FORMS: Final[Mapping[str, Callable[..., bool]]] = {
    "kernel square": lambda HH, WW: HH == WW,
    "kernel not square": lambda HH, WW: HH != WW,
    "HH > WW": lambda HH, WW: HH > WW,
    "HH < WW": lambda HH, WW: HH < WW,
    "image square": lambda H, W: H == W,
    "image not square": lambda H, W: H != W,
    "H > W": lambda H, W: H > W,
    "H < W": lambda H, W: H < W,
    "not both square": lambda H, W, HH, WW: H != W or HH != WW,
    "1x1 image": lambda H, W: H == W == 1,
    "1x1 kernel": lambda HH, WW: HH == WW == 1,
    "kernel > 1x1": lambda HH, WW: max(HH, WW) > 1,
    "HH > 1": lambda HH: HH > 1,
    "WW > 1": lambda WW: WW > 1,
    "HH, WW > 1": lambda HH, WW: min(HH, WW) > 1,
    "HH, WW > 3": lambda HH, WW: min(HH, WW) > 3,  # noqa: PLR2004 (the same)
    "odd kernel": lambda HH, WW: HH % 2 == WW % 2 == 1,
    "even kernel": lambda HH, WW: HH % 2 == WW % 2 == 0,
    "kernel = image": lambda H, W, HH, WW: (H, W) == (HH, WW),
    "kernel < image": lambda H, W, HH, WW: HH < H and WW < W,
    "kernel > image": lambda H, W, HH, WW: HH > H or WW > W,
    "image < kernel - pad": lambda H, W, HH, WW, pad: HH - pad > H and WW - pad > W,
    "C > H, W": lambda C, H, W: max(H, W) < C,
    "H, W > 1": lambda H, W: min(H, W) > 1,
}
_STEPS: Final[Mapping[str, Callable[..., bool]]] = {
    "stride > kernel": lambda stride, HH, WW: stride > min(HH, WW),
    "stride <= kernel": lambda stride, HH, WW: stride <= min(HH, WW),
    "stride < kernel": lambda stride, HH, WW: stride < min(HH, WW),
    "stride >= kernel": lambda stride, HH, WW: stride >= min(HH, WW),
    "stride = kernel": lambda stride, HH, WW: stride == HH == WW,
    "pad >= kernel": lambda pad, HH, WW: pad >= min(HH, WW),
    "pad < HH": lambda pad, HH: pad < HH,
    "pad < WW": lambda pad, WW: pad < WW,
    "pad < kernel": lambda pad, HH, WW: pad < min(HH, WW),
    "pad < kernel - 2": lambda pad, HH, WW: pad < min(HH, WW) - 2,
    "no full padding": lambda pad, HH, WW: not HH == WW == pad + 1,
}
_WINDOWS: Final[Mapping[str, Callable[..., bool]]] = {
    "overlap": lambda rows, columns: rows.overlaps or columns.overlaps,
    "no overlap": lambda rows, columns: not (rows.overlaps or columns.overlaps),
    "overlap both ways": lambda rows, columns: rows.overlaps and columns.overlaps,
    "one output pixel": lambda rows, columns: rows.outputs == columns.outputs == 1,
    "more output pixels": lambda rows, columns: max(rows.outputs, columns.outputs) > 1,
    "H' > 1": lambda rows: rows.outputs > 1,
    "W' > 1": lambda columns: columns.outputs > 1,
    "H', W' > 1": lambda rows, columns: min(rows.outputs, columns.outputs) > 1,
    "fits stride 2": lambda rows, columns: rows.room % 2 == columns.room % 2 == 0,
    "H', W' > 2": lambda rows, columns: min(rows.outputs, columns.outputs) > 2,  # noqa: PLR2004 (the same)
    "out > 2x2": lambda rows, columns: max(rows.outputs, columns.outputs) > 2,  # noqa: PLR2004 (the same)
    "H' = W'": lambda rows, columns: rows.outputs == columns.outputs,
    "H' != W'": lambda rows, columns: rows.outputs != columns.outputs,
    "out as large as x": lambda rows, columns: (
        (rows.outputs, columns.outputs) == (rows.size, columns.size)
    ),
    "out not as large as x": lambda rows, columns: (
        (rows.outputs, columns.outputs) != (rows.size, columns.size)
    ),
    "few outputs": lambda N, F, rows, columns: (
        N * F * rows.outputs * columns.outputs <= MANY_OUTPUTS
    ),
    "peculiar size": lambda rows, columns: rows.is_peculiar and columns.is_peculiar,
    "reads image": lambda rows, columns: rows.reads_image and columns.reads_image,
    "remainder": lambda rows, columns: max(rows.rest, columns.rest) > 0,
    "no remainder": lambda rows, columns: rows.rest == columns.rest == 0,
    "remainder both ways": lambda rows, columns: min(rows.rest, columns.rest) > 0,
    "remainders differ": lambda rows, columns: 0 < rows.rest != columns.rest > 0,
    "remainder in rows only": lambda rows, columns: rows.rest > 0 == columns.rest,
    "remainder in columns only": lambda rows, columns: columns.rest > 0 == rows.rest,
    "far padding read": lambda rows, columns: (
        rows.rest < rows.pad and columns.rest < columns.pad
    ),
    "pixels left over": lambda rows, columns: (
        rows.rest > rows.pad and columns.rest > columns.pad
    ),
    "crossed": lambda rows, columns: (
        rows.rest == columns.rest == 0
        and max(rows.rest_with(columns.kernel), columns.rest_with(rows.kernel)) > 0
    ),
}

TRAITS: Final[Mapping[str, Rule]] = {
    name: rule(holds)
    for traits in (_OPTIONS, _COUNTS, _FORMS, _STEPS, _WINDOWS)
    for name, holds in traits.items()
}

# What a trait needs and is known after fewer sizes, so that less is explored in vain.
IMPLIED: Final[Mapping[str, tuple[str, ...]]] = {
    "all sizes differ": ("kernel not square", "image not square"),
    "crossed": ("stride > 1", "kernel not square"),
    "far padding read": ("pad > 0",),
    "image < kernel - pad": ("pad > 0",),
    "kernel > image": ("pad > 0",),
    "pixels left over": ("stride > 1",),
    "remainder": ("stride > 1",),
    "remainder both ways": ("stride > 1",),
    "remainder in columns only": ("stride > 1",),
    "remainder in rows only": ("stride > 1",),
    "remainders differ": ("stride > 2",),
}

# Those that a published case carries; each is somewhere in the table.
TAGS: Final = {
    name: TRAITS[name].holds
    for name in (
        *("stride = 2", "stride > 2", "pad = 1", "pad > 1"),
        *("pad >= kernel", "stride > kernel", "stride = kernel", "overlap", "crossed"),
        *("N = 1", "N > 3", "C = 1", "C > 3", "F = 1", "F = C", "C = HH"),
        *("1x1 kernel", "kernel = image", "kernel > image", "all sizes differ"),
        *("HH > WW", "HH < WW", "H > W", "H < W"),
        *("one output pixel", "remainder"),
    )
}
