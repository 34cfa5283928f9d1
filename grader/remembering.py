"""Remember what was made of objects, for as long as they are among the last few."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
V = TypeVar("V")


class Remembered(Generic[P, V]):
    """A function that makes a thing once of each of the last `most` objects, or groups.

    Objects are told apart by identity, so that they may hold arrays; neither they nor
    what is made of them may be changed afterwards. They are given by position.
    """

    def __init__(self, make: Callable[P, V], *, most: int) -> None:
        self._make = make
        self._most = most
        # The objects are kept as well: an address is only taken while they live.
        self._made: dict[tuple[int, ...], tuple[tuple[Any, ...], V]] = {}

    def __call__(self, *given: P.args, **named: P.kwargs) -> V:
        """Return what is made of these very objects."""
        key = tuple(map(id, given))
        known = self._made.pop(key, None) or (given, self._make(*given, **named))
        self._made[key] = known
        if len(self._made) > self._most:
            del self._made[next(iter(self._made))]
        return known[1]
