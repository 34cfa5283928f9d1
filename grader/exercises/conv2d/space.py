"""Span all conv2d cases that have given traits and lie in a domain."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from grader.errors import UsageError
from grader.exercise import Domain
from grader.exercises.choices import Choice, Rule, Tree
from grader.exercises.conv2d import axes as conv2d_axes
from grader.exercises.conv2d.regimes import TRAITS_OF
from grader.exercises.conv2d.traits import IMPLIED, READ_BY, TRAITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from grader.exercise import Axes

# Small ones first: failing cases shrink towards the front. Twice is twice as likely.
USUAL: Final[Mapping[str, Sequence[int]]] = {
    "stride": (1, 1, 2, 2, 3, 4),
    "pad": (0, 0, 1, 1, 2, 3, 4),
    "HH": (1, 2, 3, 3, 4, 5),
    "WW": (1, 2, 3, 3, 4, 5),
    "N": (1, 2, 3, 4, 5, 6),
    "C": (1, 2, 3, 4, 5, 6),
    "F": (1, 2, 3, 4, 5, 6),
}
# As many sizes of an image are offered, the smallest that can be first.
IMAGE_SIZES: Final = 6
# But under a stride far from the usual, no image larger than needed.
LARGEST_IMAGE: Final = 32
# Of three cases with floor, at most one has a rest: it is the rarer kind in courses.
DIVIDES: Final = (1, 1, 0)
FLAG_TRAITS: Final = {
    conv2d_axes.SQUARE_KERNELS: "kernel square",
    conv2d_axes.SQUARE_IMAGES: "image square",
}
# A case that may have a rest has one, in some direction.
HAS_REST: Final = Rule(
    frozenset({"divides", *READ_BY["rows"], *READ_BY["columns"]}),
    lambda axes: bool(
        axes["divides"] or conv2d_axes.rows(axes).rest or conv2d_axes.columns(axes).rest
    ),
)


def span(traits: Iterable[str], *, domain: Domain) -> Tree:
    """Return the tree of all cases of usual size with these traits.

    Raises:
        UsageError: a trait has no such name.
    """
    allowed = tuple(sorted(domain.allowed.items()))
    return _span(tuple(traits), domain.remainder, domain.flags, allowed)


# A tree remembers where its branches lead, which takes longer to find out than to draw.
@lru_cache(maxsize=32)
def _span(
    traits: tuple[str, ...],
    remainder: str,
    flags: frozenset[str],
    allowed: tuple[tuple[str, frozenset[int]], ...],
) -> Tree:
    domain = Domain(remainder=remainder, flags=flags, allowed=dict(allowed))
    names = [*traits, *(FLAG_TRAITS[flag] for flag in flags)]
    for name in names:
        if name not in TRAITS:
            wanted = ", ".join(map(repr, sorted(TRAITS)))
            raise UsageError(f"tag is {name!r}, wanted one of {wanted}")
    implied = [other for name in names for other in IMPLIED.get(name, ())]
    rules = [TRAITS[name] for name in dict.fromkeys((*names, *implied))]
    return Tree(_choices(domain), [*rules, HAS_REST])


def axes_of(chosen: Mapping[str, int]) -> Axes:
    """Return the axes of a case from the numbers chosen in its tree."""
    return {axis: chosen[axis] for axis in conv2d_axes.AXES}


def traits_of(regime: str) -> tuple[str, ...]:
    """Return the traits that make a regime.

    Raises:
        UsageError: no regime has that name.
    """
    if regime not in TRAITS_OF:
        wanted = " or ".join(map(repr, TRAITS_OF))
        raise UsageError(f"regime is {regime!r}, wanted {wanted}")
    return TRAITS_OF[regime]


def _choices(domain: Domain) -> tuple[Choice, ...]:
    """Return what is chosen for a case, in order."""
    divides = DIVIDES if domain.remainder == "floor" else (1,)

    def usual(name: str) -> Choice:
        values = sorted(domain.allowed.get(name, ())) or USUAL[name]
        least = conv2d_axes.MINIMA[name]
        options = tuple(value for value in values if value >= least)
        return Choice(name, frozenset(), lambda _: options)

    return (
        Choice("divides", frozenset(), lambda _: divides),
        *(usual(name) for name in ("stride", "pad", "HH", "WW")),
        _image_size("H", kernel="HH", domain=domain),
        _image_size("W", kernel="WW", domain=domain),
        *(usual(name) for name in ("N", "C", "F")),
    )


def _image_size(name: str, *, kernel: str, domain: Domain) -> Choice:
    """Return the choice of H or W: never a size into which the windows do not fit."""
    reads = frozenset({"divides", "stride", "pad", kernel})
    given = sorted(domain.allowed.get(name, ()))

    def options(chosen: Axes) -> Sequence[int]:
        # With one window the image is as large as the kernel without the padding.
        one_window = chosen[kernel] - 2 * chosen["pad"]
        least, stride = max(1, one_window), chosen["stride"]
        if given:
            sizes: Iterable[int] = (size for size in given if size >= least)
        else:
            most = max(stride, min(IMAGE_SIZES * stride, LARGEST_IMAGE - least))
            sizes = range(least, least + most)
        return [
            size
            for size in sizes
            if not (chosen["divides"] and (size - one_window) % stride)
        ]

    return Choice(name, reads, options)
