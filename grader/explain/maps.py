"""Both maps of one case, the right one and the program's, and where they differ."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.calls import Array

NEAR: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Maps:
    """Both maps of one case, as (C, H, W, F, H', W') weights."""

    got: Array
    expected: Array
    stride: int = 0  # 0: not known
    # what the right program computes with other kernels, by what was done to them
    kernels: Mapping[str, Array] = field(default_factory=dict)

    @property
    def wrong(self) -> Array:
        """Where an output pixel has other weights than it should (F, H', W')."""
        off = np.abs(self.got - self.expected) > NEAR
        wrong: Array = off.any(axis=(0, 1, 2))
        return wrong

    def telling(self) -> list[tuple[int, int, int]]:
        """Return the wrong output pixels (f, i, j), those that look at most first."""
        seen = np.abs(self.got) > NEAR
        wanted = np.abs(self.expected) > NEAR
        both = np.minimum(seen.sum(axis=(0, 1, 2)), wanted.sum(axis=(0, 1, 2)))
        places = [(int(f), int(i), int(j)) for f, i, j in np.argwhere(self.wrong)]
        return sorted(places, key=lambda place: -int(both[place]))

    def clearest(self) -> list[tuple[int, int, int]]:
        """Return the same, but first those that look at other pixels than they should.

        The others only have other weights, and a picture shows less of that.
        """
        same = (np.abs(self.got) > NEAR) == (np.abs(self.expected) > NEAR)
        alike = same.all(axis=(0, 1, 2))
        return sorted(self.telling(), key=lambda place: bool(alike[place]))

    def at(self, place: tuple[int, ...]) -> tuple[Array, Array]:
        """Return both maps (C, H, W) of one output pixel (f, i, j)."""
        f, i, j = place
        return self.got[..., f, i, j], self.expected[..., f, i, j]


def near(one: Array, other: Array) -> bool:
    """Are they the same, but for rounding?"""
    return bool(np.all(np.abs(one - other) <= NEAR))
