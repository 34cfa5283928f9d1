"""Sort conv2d cases into the cells that carry partial credit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.exercise import Regime
from grader.exercises import conv2d_axes
from grader.records import Message

if TYPE_CHECKING:
    from grader.exercise import Axes

REMAINDER: Final = "remainder"


def regime_of(axes: Axes) -> str:
    """Return the name of the one regime that a case belongs to."""
    if conv2d_axes.has_remainder(axes):
        return REMAINDER
    stride = "stride-1" if axes["stride"] == 1 else "stride-2+"
    pad = "no-padding" if axes["pad"] == 0 else "padding"
    form = "square" if conv2d_axes.is_square(axes) else "rectangular"
    return f"{stride}/{pad}/{form}"


def _regime(name: str) -> Regime:
    return Regime(
        name=name,
        message=Message(id=f"conv2d.regime.{name}"),
        contains=lambda axes: regime_of(axes) == name,
    )


REGIMES: Final = (
    *(
        _regime(f"{stride}/{pad}/{form}")
        for stride in ("stride-1", "stride-2+")
        for pad in ("no-padding", "padding")
        for form in ("square", "rectangular")
    ),
    _regime(REMAINDER),
)
