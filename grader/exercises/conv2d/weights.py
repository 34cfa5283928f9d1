"""Say how much of a forward's linear map looks like a convolution's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.calls import Array

EXACT: Final = 1e-9  # weights are entries of w, which are whole numbers or lattice


def faithful_share(arrays: Mapping[str, Array], weights: Array, right: Array) -> float:
    """Return the share of output pixels whose weights are entries of their filter.

    `weights` (C*H*W, F, H', W') says how much each pixel of an image counts in each
    output pixel; `right` is what it should be. Output pixels that see padding alone,
    and should, are not counted. Flipped, rolled or cropped kernels keep to the entries
    of w[f], each used at most once; a sum of everything does not, nor does an average.
    """
    w = arrays["w"]
    if weights.ndim != right.ndim or weights.shape[1] != len(w) or not weights.size:
        return 0.0
    looking = np.any(np.abs(weights) > EXACT, axis=0)
    if _look_at_one_place(weights):
        return 0.0
    if looking.shape == right.shape[1:]:
        looking |= np.any(np.abs(right) > EXACT, axis=0)
    faithful = [
        _uses_entries_once(weights[:, f, i, j], w[f])
        for f, i, j in np.argwhere(looking)
    ]
    return sum(faithful) / max(1, len(faithful))


def _look_at_one_place(weights: Array) -> bool:
    """Tell whether all output pixels of each filter read the same: no window moves."""
    pixels, filters, *size = weights.shape
    flat = weights.reshape(pixels, filters, -1)
    return int(np.prod(size)) > 1 and bool(
        np.all(np.abs(flat - flat[..., :1]) <= EXACT)
    )


def _uses_entries_once(weights: Array, kernel: Array) -> bool:
    used = np.sort(weights[np.abs(weights) > EXACT])
    if not used.size or used.size > kernel.size:
        return False
    entries = np.sort(kernel, axis=None)
    # The used numbers must be a sub-multiset of the kernel's entries.
    place = 0
    for number in used:
        while place < entries.size and entries[place] < number - EXACT:
            place += 1
        if place == entries.size or entries[place] > number + EXACT:
            return False
        place += 1
    return True
