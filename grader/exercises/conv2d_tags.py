"""Name the traits of a conv2d case that mistakes hang on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.exercises.conv2d_axes import columns, has_remainder, reads_image, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from grader.exercise import Axes


def is_crossed(axes: Axes) -> bool:
    """Return whether the sizes would not divide if HH and WW were swapped."""
    swapped = {**axes, "HH": axes["WW"], "WW": axes["HH"]}
    return has_remainder(swapped) and not has_remainder(axes)


def _all_distinct(axes: Axes) -> bool:
    sizes = [axes[name] for name in ("N", "C", "H", "W", "F", "HH", "WW")]
    return len(set(sizes)) == len(sizes)


TAGS: Final[Mapping[str, Callable[[Axes], bool]]] = {
    "stride-2": lambda axes: axes["stride"] == 2,  # noqa: PLR2004 (its name)
    "stride-3+": lambda axes: axes["stride"] >= 3,  # noqa: PLR2004 (the same)
    "pad-1": lambda axes: axes["pad"] == 1,
    "pad-2+": lambda axes: axes["pad"] >= 2,  # noqa: PLR2004 (the same)
    "pad>=kernel": lambda axes: axes["pad"] >= min(axes["HH"], axes["WW"]),
    "gaps": lambda axes: axes["stride"] > min(axes["HH"], axes["WW"]),
    "overlap": lambda axes: rows(axes).overlaps or columns(axes).overlaps,
    "crossed": is_crossed,
    "N=1": lambda axes: axes["N"] == 1,
    "C=1": lambda axes: axes["C"] == 1,
    "F=1": lambda axes: axes["F"] == 1,
    "1x1-kernel": lambda axes: axes["HH"] == axes["WW"] == 1,
    "kernel=image": lambda axes: (axes["HH"], axes["WW"]) == (axes["H"], axes["W"]),
    "F=C": lambda axes: axes["F"] == axes["C"],
    "C=HH": lambda axes: axes["C"] == axes["HH"],
    "all-distinct": _all_distinct,
    "C>=4": lambda axes: axes["C"] >= 4,  # noqa: PLR2004 (the same)
    "N>=4": lambda axes: axes["N"] >= 4,  # noqa: PLR2004 (the same)
    "one-output-pixel": lambda axes: rows(axes).outputs == columns(axes).outputs == 1,
    "reads-image": reads_image,
    "remainder": has_remainder,
}
