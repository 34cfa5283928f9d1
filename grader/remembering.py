"""Remember what was made of an object, for as long as it is one of the last few."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

K = TypeVar("K")
V = TypeVar("V")


class Remembered(Generic[K, V]):
    """A function that makes a thing once of each of the last `most` objects.

    Objects are told apart by identity, so that they may hold arrays; neither they nor
    what is made of them may be changed afterwards.
    """

    def __init__(self, make: Callable[[K], V], *, most: int) -> None:
        self._make = make
        self._most = most
        # The object is kept as well: an address is only taken while it lives.
        self._made: dict[int, tuple[K, V]] = {}

    def __call__(self, given: K) -> V:
        """Return what is made of this object."""
        known = self._made.pop(id(given), None) or (given, self._make(given))
        self._made[id(given)] = known
        if len(self._made) > self._most:
            del self._made[next(iter(self._made))]
        return known[1]
