"""Sort conv2d cases into the cells that carry partial credit."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from grader.exercise import Regime
from grader.exercises.conv2d.traits import TRAITS
from grader.records import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.exercise import Axes

REMAINDER: Final = "remainder"
_STRIDES: Final = {"stride-1": ("stride = 1",), "stride-2+": ("stride > 1",)}
_PADDING: Final = {"no-padding": ("pad = 0",), "padding": ("pad > 0",)}
_FORMS: Final = {
    "square": ("kernel square", "image square"),
    "rectangular": ("not both square",),
}
# Every case has the traits of exactly one regime.
TRAITS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    f"{stride}/{padding}/{form}": (
        *(*_STRIDES[stride], *_PADDING[padding], *_FORMS[form]),
        "no remainder",
    )
    for stride, padding, form in product(_STRIDES, _PADDING, _FORMS)
} | {REMAINDER: ("remainder",)}


def regime_of(axes: Axes) -> str:
    """Return the name of the one regime that a case belongs to."""
    return next(regime.name for regime in REGIMES if regime.contains(axes))


def _regime(name: str) -> Regime:
    rules = [TRAITS[trait] for trait in TRAITS_OF[name]]
    return Regime(
        name=name,
        message=Message(id=f"conv2d.regime.{name}"),
        contains=lambda axes: all(rule.holds(axes) for rule in rules),
    )


REGIMES: Final = tuple(map(_regime, TRAITS_OF))
