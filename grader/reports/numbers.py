"""Write numbers the way a person reads them."""

from __future__ import annotations

import math
from typing import Final

MINUS: Final = "\N{MINUS SIGN}"
INFINITY: Final = "\N{INFINITY}"


def points_number(points: float) -> int | float:
    """Return whole points as an int, so that JSON shows 85 and not 85.0."""
    return int(points) if float(points).is_integer() else points


def number_text(value: float) -> str:
    """Return one number of a tensor, short enough for the cell of a grid."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return INFINITY if value > 0 else MINUS + INFINITY
    return "0" if value == 0 else f"{value:.6g}".replace("-", MINUS)


def signed_text(value: float) -> str:
    """Return a difference with its sign."""
    return f"+{number_text(value)}" if value > 0 else number_text(value)


def seconds_text(seconds: float) -> str:
    """Return a time with as many digits as anyone wants to read."""
    return f"{seconds:.0f} s" if seconds >= 100 else f"{seconds:.2g} s"  # noqa: PLR2004


def shape_text(shape: tuple[int, ...]) -> str:
    """Return a shape as Python writes it."""
    return repr(tuple(shape))
