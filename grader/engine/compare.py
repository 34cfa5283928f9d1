"""Decide whether numbers are near enough; NaN and infinities always lose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from grader.calls import Array
    from grader.corpus import DataSet

#: How much coarser float32 rounds than float64; honest float32 inside is accepted.
FLOAT32_FACTOR: Final = float(np.finfo(np.float32).eps / np.finfo(np.float64).eps)


def wrong_cells(
    actual: Array, expected: Array, tolerance: Array | float
) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return where two arrays of one shape differ by more than the tolerance."""
    with np.errstate(all="ignore"):
        # "within" asked and negated: a NaN on either side is wrong.
        within = np.less_equal(np.abs(actual - expected), tolerance)
    return np.asarray(np.logical_not(within))


def agrees(name: str, actual: Array, data: DataSet) -> bool:
    """Is this out or gradient what the oracle says, up to honest rounding?"""
    expected = data.tensor(name)
    if actual.shape != expected.shape:
        return False
    tolerance = data.elementwise[name]
    if not wrong_cells(actual, expected, tolerance).any():
        return True
    if name not in data.normwise:
        return False
    if not wrong_cells(actual, expected, tolerance * FLOAT32_FACTOR).any():
        return True
    with np.errstate(all="ignore"):
        error = np.linalg.norm(np.asarray(actual - expected, dtype=np.float64))
    return bool(error <= data.normwise[name])
