"""The order in which a program's forward takes what it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from . import plain


class Order(NamedTuple):
    """Places in what is given: arrays as the layer names them, and then the options."""

    every: tuple[int, ...]  # as the student's function names them
    by_place: tuple[int, ...]
    by_name: tuple[tuple[str, int], ...]


def order(program: plain.Program, count: int, *, with_options: bool) -> Order:
    """Return the order for so many arrays, with options or without.

    An adapter is given all of it by place, in the layer's own order.
    """
    names = program.arguments
    arrays = program.arrays or names[:count]
    places = dict(zip(arrays, range(count), strict=True))
    if with_options:
        # The documented name of the options is the one that no array bears.
        rest = [name for name in names if name not in places] or ["options"]
        places[rest[0]] = count
    if program.adapter:
        every = tuple(places.values())
        return Order(every, every, ())
    placed = {name: places[name] for name in names if name in places}
    keywords = program.keywords
    return Order(
        tuple(placed.values()),
        tuple(at for name, at in placed.items() if name not in keywords),
        tuple((keywords[name], at) for name, at in placed.items() if name in keywords),
    )
