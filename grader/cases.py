"""Fill arrays from a seed, the same everywhere and for ever.

Lattice data are odd integers in [-31, 31] divided by 16. Sums of products of these
are exact in float64 in any order, so an honest answer has one value only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.calls import Array
    from grader.records import Shape

LEVELS: Final = 32  # the odd integers in [-31, 31]
MAGNITUDES: Final = LEVELS // 2
UNIT: Final = 16.0
# A block of all 32 levels would sum to nothing, and hide a sum that was forgotten.
BLOCK: Final = LEVELS - 1


class Stream:
    """The raw numbers of PCG64; NumPy promises these, but not its methods' streams.

    Streams of one seed have nothing in common if their `jumps` differ.
    """

    def __init__(self, seed: int, *, jumps: int = 0) -> None:
        self._source = np.random.PCG64(seed).jumped(jumps)

    def orders(self, count: int, *, of: int) -> Array:
        """Return `count` random orders of range(of) as rows of an integer array."""
        raw = self._source.random_raw(count * of).reshape(count, of)
        orders: Array = np.argsort(raw, axis=1, kind="stable")
        return orders

    def fractions(self, count: int) -> Array:
        """Return numbers in [0, 1) with all the digits of a float64."""
        raw = self._source.random_raw(count) >> np.uint64(64 - 53)
        return raw / 2.0**53

    def pick(self, options: Sequence[int]) -> int:
        """Return one of the options."""
        return options[int(self._source.random_raw()) % len(options)]


def lattice(stream: Stream, shape: Shape) -> Array:
    """Return lattice data without repetition within a block of 31 entries.

    Two entries or more hold both signs, and the sum is not zero, so that neither
    abs() nor a subtracted mean can go unseen.
    """
    size = int(np.prod(shape))
    if size == 0:  # a student's own out may be empty; nothing has a sum but zero
        return np.zeros(shape)
    while True:
        orders = stream.orders(-(-size // BLOCK), of=LEVELS)
        odd: Array = 2 * orders[:, :BLOCK].reshape(-1)[:size] - BLOCK
        if odd.sum() != 0 and (size == 1 or odd.min() < 0 < odd.max()):
            return odd.reshape(shape) / UNIT


def opposed(stream: Stream, first: Array, *, sign: int) -> Array:
    """Return lattice data with the signs of `first` times `sign`, none of its numbers.

    Every magnitude of `first` is replaced by another one, within a block of 31 each
    by its own, so that what did not repeat there does not repeat here.
    """
    levels = (np.abs(first) * UNIT).astype(np.int64).reshape(-1) // 2
    blocks = np.arange(levels.size) // BLOCK
    signs = sign * np.sign(first).reshape(-1)
    while True:
        # Each order is read as one cycle, so that no magnitude stays what it was.
        orders = stream.orders(-(-levels.size // BLOCK), of=MAGNITUDES)
        following = np.empty_like(orders)
        np.put_along_axis(following, orders, np.roll(orders, -1, axis=1), axis=1)
        odd: Array = signs * (2 * following[blocks, levels] + 1)
        if odd.sum() != 0:
            return odd.reshape(first.shape) / UNIT


def off_lattice(stream: Stream, numbers: Array) -> Array:
    """Return lattice data, each moved by less than half a step; signs stay."""
    moved: Array = stream.fractions(numbers.size).reshape(numbers.shape) - 0.5
    return numbers + moved / UNIT
