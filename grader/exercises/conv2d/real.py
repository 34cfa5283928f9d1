"""Real numbers for a conv2d case, and the bounds that judge answers to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from grader.exercise import RealData
from grader.exercises.conv2d.fill import fill_real
from reference import rounding

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from grader.calls import Array
    from grader.exercise import Bounds

Bound: TypeAlias = "Callable[..., rounding.Bounds]"


def _from_the_oracle(bound: Bound) -> Bounds:
    """Return how far an honest answer is from the oracle's, which is rounded too."""

    def bounds(
        arrays: Mapping[str, Array], options: Mapping[str, int], dout: Array
    ) -> Mapping[str, Array]:
        stride, pad = options["stride"], options["pad"]
        known = bound(
            dout, arrays["x"], arrays["w"], arrays["b"], stride=stride, pad=pad
        )
        return {name: 2 * value for name, value in known._asdict().items()}

    return bounds


REAL: Final = RealData(
    fill=fill_real,
    elementwise=_from_the_oracle(rounding.elementwise),
    normwise=_from_the_oracle(rounding.normwise),
)
