"""Plan which kinds of case the conv2d table has: what each of them is there to catch.

A regime has three roles. The *general* case is one that no mistake can be right on by
coincidence: sizes that differ, overlapping windows, a pad that is not the usual 1.
The *thin* one is a single image, the *corner* what a program may not have thought of.

Some cases are like an earlier one in all but one respect, so that a program that
remembers too little of a call, say its sizes but not its stride, is wrong on them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from grader.exercises.conv2d.regimes import REMAINDER, TRAITS_OF

if TYPE_CHECKING:
    from collections.abc import Mapping


class Cell(NamedTuple):
    """One case of the table by what it must have, and what it should have."""

    regime: str
    role: str
    traits: tuple[str, ...]  # those of the regime
    wishes: tuple[str, ...]  # given up, the last first, where a domain forbids them

    @property
    def name(self) -> str:
        """The case's name in every report."""
        return f"{self.regime}/{self.role}"


GENERAL_ROLE: Final = "general"
ALWAYS: Final = ("reads image", "few outputs")
GENERAL: Final = (
    *("N > 1", "C > 1", "F > 2", "F != C", "HH, WW > 1", "overlap both ways"),
    *("H', W' > 1", "H, W > 1", "N, C, F differ", "stride != pad"),
    *("no full padding", "peculiar size", "kernel < image"),
    "out > 2x2",
)
PADDED: Final = ("pad > 1", "pad < kernel")
RECTANGULAR: Final = ("kernel not square", "image not square", "H' != W'")
# Thin and corner cases of a rectangular regime share its two halves, so that a
# mistake with the image's form can be told from one with the kernel's.
IMAGE_ONLY: Final = ("N = 1", "image not square", "kernel square", "HH, WW > 1")
KERNEL_ONLY: Final = ("N > 1", "image square", "kernel not square")

OWN: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "stride-1/no-padding/square": {
        "general": ("even kernel", "C > 3", "HH, WW > 3"),
        "thin": ("N = 1", "overlap both ways", "F = C", "C > 1"),
        "corner": (
            *("kernel = image", "odd kernel", "HH, WW > 1", "N > 3", "F > 1"),
            *("C > H, W", "N = F"),
        ),
    },
    "stride-1/no-padding/rectangular": {
        "general": (*RECTANGULAR, "all sizes differ", "HH < WW", "H > W", "C > 5"),
        "thin": (
            *(*IMAGE_ONLY, "H < W", "even kernel", "H', W' > 1", "F = 1", "C > 1"),
            "HH, WW > 3",
        ),
        "corner": (
            *(*KERNEL_ONLY, "HH > WW", "overlap", "C > H, W", "F > 1", "fits stride 2"),
            "H', W' > 1",
        ),
    },
    "stride-1/padding/square": {
        "general": (*PADDED, "even kernel"),
        "thin": (
            *("N = 1", "pad = 1", "odd kernel", "pad < kernel - 2"),
            *("image < kernel - pad", "C > 1", "F > 1", "F != C"),
        ),
        "corner": ("1x1 kernel", "1x1 image", "pad > 3", "N > 1", "C = 1", "F > 1"),
    },
    "stride-1/padding/rectangular": {
        "general": (*PADDED, *RECTANGULAR, "HH > WW", "H > W"),
        "thin": (
            *(*IMAGE_ONLY, "pad = 1", "even kernel", "pad < kernel - 2", "H < W"),
            *("C > 1", "F > 1"),
        ),
        "corner": (*KERNEL_ONLY, "HH < WW", "pad >= kernel", "pad > 2", "1x1 image"),
    },
    "stride-2+/no-padding/square": {
        "general": ("stride = 2", "odd kernel", "F > 5"),
        "thin": (
            *("N = 1", "stride > 2", "even kernel", "overlap both ways"),
            *("H', W' > 2", "C > 1", "F > 1", "F != C"),
        ),
        "corner": (
            *("stride = 2", "1x1 kernel", "H', W' > 1", "F = 1", "C > H, W"),
            "stride > kernel",
        ),
    },
    "stride-2+/no-padding/rectangular": {
        "general": (*RECTANGULAR, "crossed", "stride = 2", "HH < WW", "H > W", "N > 5"),
        "thin": (
            *(*IMAGE_ONLY, "stride = kernel", "stride > 2", "H < W", "H', W' > 2"),
            *("C = 1", "F > 1"),
        ),
        "corner": (
            *(*KERNEL_ONLY, "HH > WW", "stride > kernel", "H', W' > 1", "C > H, W"),
            *("F > 1", "stride = 2", "F = C"),
        ),
    },
    "stride-2+/padding/square": {
        "general": (*PADDED, "stride = 2", "pad > stride", "odd kernel"),
        "thin": (
            *("N = 1", "stride > 2", "pad = 1", "even kernel", "overlap both ways"),
            *("pad < kernel - 2", "C > 1", "F > 1", "H', W' > 2"),
        ),
        "corner": (
            *("pad >= kernel", "stride > kernel", "HH, WW > 1", "N > 3", "C = 1"),
            *("F > 1", "stride > 3", "stride = pad"),
        ),
    },
    "stride-2+/padding/rectangular": {
        "general": (
            *(*PADDED, *RECTANGULAR, "crossed", "stride = 2", "HH > WW"),
            *("pad > stride", "H < W"),
        ),
        "thin": (
            *(*IMAGE_ONLY, "stride > 2", "pad = 1", "overlap both ways", "H > W"),
            *("even kernel", "H', W' > 2", "C > 1", "F = C"),
        ),
        "corner": (
            *(*KERNEL_ONLY, "HH < WW", "pad >= kernel", "stride > kernel"),
            *("stride > 2", "C > 1", "F > 1", "pad = 1"),
        ),
    },
    REMAINDER: {
        "general": (
            *(*PADDED, *RECTANGULAR, "remainder both ways", "far padding read"),
            *("pad > 2", "HH > WW", "H < W"),
        ),
        "thin": (
            *("N = 1", "stride = 2", "pad = 1", "kernel square", "image square"),
            *("odd kernel", "overlap both ways", "C > 1", "F > 1"),
        ),
        "corner": ("one output pixel", "remainder both ways", "HH, WW > 1", "C = 1"),
        "rows": (
            *("remainder in rows only", "far padding read", "overlap both ways"),
            *("pad > 1", "HH < WW", "N > 1", "F > 1"),
        ),
        "columns": (
            *("remainder in columns only", "stride > kernel", "pad = 0", "N > 1"),
            *("C > 1", "F = 1"),
        ),
        "unread": (
            *("pixels left over", "pad = 0", "remainders differ", "HH < WW", "H > W"),
            *("overlap both ways", "N > 1", "C > 1", "F > 1", "F != C"),
        ),
    },
}


class Likeness(NamedTuple):
    """An earlier case that one is like: in these axes, and not in that one."""

    to: str  # the earlier case's name
    axes: tuple[str, ...]
    but: str


IMAGES: Final = ("N", "C", "H", "W")
LIKE: Final[Mapping[str, Likeness]] = {
    "stride-1/no-padding/square/thin": Likeness(
        "stride-1/no-padding/square/general", ("H", "W", "HH", "WW"), "C"
    ),
    "stride-1/padding/rectangular/thin": Likeness(
        "stride-1/no-padding/rectangular/thin", (*IMAGES, "HH", "WW"), "pad"
    ),
    # Both of them with 3x3 windows.
    "stride-2+/no-padding/square/thin": Likeness(
        "stride-1/no-padding/square/thin", ("N", "C", "HH", "WW"), "stride"
    ),
    "stride-2+/no-padding/square/corner": Likeness(
        "stride-1/no-padding/rectangular/corner", (*IMAGES, "WW"), "HH"
    ),
    "stride-2+/no-padding/rectangular/corner": Likeness(
        "stride-1/no-padding/rectangular/corner", (*IMAGES, "HH", "WW"), "stride"
    ),
    "stride-1/padding/rectangular/corner": Likeness(
        "stride-1/padding/square/corner", (*IMAGES, "HH", "pad"), "WW"
    ),
}


def cells() -> tuple[Cell, ...]:
    """Return every cell of the table in its order."""
    return tuple(
        Cell(regime, role, TRAITS_OF[regime], (*ALWAYS, *_of_role(role), *own))
        for regime, roles in OWN.items()
        for role, own in roles.items()
    )


def _of_role(role: str) -> tuple[str, ...]:
    return GENERAL if role == GENERAL_ROLE else ()
