"""Say what a wrong tensor is to the right one: scaled, swapped, nothing at all.

A relation is told only if it holds in every case that fails.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import permutations
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from grader.records import Message
from grader.worker.poison import ODD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from grader.calls import Array
    from grader.corpus import Entry
    from grader.exercise import Axes, Exercise
    from grader.records import MessageValue

NEAR: Final = 1e-9
#: A number that is rounded to more shows less than a glance takes in.
DECIMALS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A wrong tensor beside the right one, and the sizes it was computed for."""

    axes: Axes
    got: Array
    expected: Array
    source_name: str = ""  # the array that a gradient belongs to
    source: Array | None = None
    # what is right for the other gradients, by name
    others: Mapping[str, Array] = field(default_factory=dict)


def pair_of(tensor: str, entry: Entry, got: Array, exercise: Exercise) -> Pair:
    """Return what came in this case beside what was right for it."""
    source = exercise.gradient_of.get(tensor, "")
    gradients = entry.first.expected.gradients if source else {}
    return Pair(
        axes=entry.case.axes,
        got=got,
        expected=entry.first.tensor(tensor),
        source_name=source,
        source=entry.first.arrays.get(source),
        others={name: g for name, g in gradients.items() if name != tensor},
    )


def relate(tensor: str, pairs: Sequence[Pair]) -> Message | None:
    """Return what the wrong tensor is in all of these cases, or None."""
    if not pairs:
        return None
    for name, relation in RELATIONS.items():
        values = relation(pairs)
        if values is not None:
            return Message(id=name, values={**values, "tensor": tensor})
    return None


def _zero(pairs: Sequence[Pair]) -> dict[str, MessageValue] | None:
    empty = any(p.got.size == 0 for p in pairs)
    return {} if not empty and all(not np.any(p.got) for p in pairs) else None


def _another(pairs: Sequence[Pair]) -> dict[str, MessageValue] | None:
    """What is right for another gradient: they are returned in another order."""
    for name in pairs[0].others:
        if all(name in p.others and is_near(p.got, p.others[name]) for p in pairs):
            return {"other": name}
    return None


def _swapped(pairs: Sequence[Pair]) -> dict[str, MessageValue] | None:
    """Height and width are swapped: the last two axes."""
    if not _are_images(pairs):
        return None
    if not all(is_near(p.got, p.expected.swapaxes(-1, -2)) for p in pairs):
        return None
    return _shapes(pairs)


def _reordered(pairs: Sequence[Pair]) -> dict[str, MessageValue] | None:
    """The right numbers in the order of other axes."""
    dimensions = {p.expected.ndim for p in pairs} | {p.got.ndim for p in pairs}
    if len(dimensions) != 1:
        return None
    for order in _orders(*dimensions):
        if all(is_near(p.got, p.expected.transpose(order)) for p in pairs):
            return _shapes(pairs)
    return None


def _rounded(pairs: Sequence[Pair]) -> dict[str, MessageValue] | None:
    """The right numbers, rounded to so many decimals."""
    if any(is_near(p.got, p.expected) for p in pairs):
        return None
    for decimals in range(1, DECIMALS + 1):
        if all(is_near(p.got, np.round(p.expected, decimals)) for p in pairs):
            return {"decimals": decimals}
    return None


def _whole(pairs: Sequence[Pair]) -> dict[str, MessageValue] | None:
    """Whole numbers next to the right ones: rounded or cut off."""
    shapes = all(p.got.shape == p.expected.shape for p in pairs)
    if not shapes or not all(np.isfinite(p.got).all() for p in pairs):
        return None
    whole = all(is_near(p.got, np.round(p.got)) for p in pairs)
    beside = all(np.all(np.abs(p.got - p.expected) < 1) for p in pairs)
    wrong = not any(is_near(p.got, p.expected) for p in pairs)
    return {} if whole and beside and wrong else None


def _not_set(pairs: Sequence[Pair]) -> dict[str, MessageValue] | None:
    """The right numbers, added onto what np.empty gave."""
    return {} if _is_above(pairs, lambda _: np.asarray(ODD)) else None


def _starts_from_ones(pairs: Sequence[Pair]) -> dict[str, MessageValue] | None:
    return {} if _is_above(pairs, lambda _: np.asarray(1.0)) else None


def _starts_from_input(pairs: Sequence[Pair]) -> dict[str, MessageValue] | None:
    """The right gradient, added onto the array that it belongs to."""
    known = all(p.source is not None for p in pairs)
    if not known or not _is_above(pairs, lambda p: np.asarray(p.source)):
        return None
    return {"array": pairs[0].source_name}


def _is_above(pairs: Sequence[Pair], start: Callable[[Pair], Array]) -> bool:
    return all(
        p.got.shape == p.expected.shape and is_near(p.got, p.expected + start(p))
        for p in pairs
    )


def _offset(pairs: Sequence[Pair]) -> dict[str, MessageValue] | None:
    """All numbers of one image and one channel of out are off by the same amount."""
    if not _are_images(pairs) or any(p.got.shape != p.expected.shape for p in pairs):
        return None
    if any(p.source is not None for p in pairs):
        return None
    off = [(p.got - p.expected).reshape(*p.got.shape[:-2], -1) for p in pairs]
    # One pixel alone would say nothing, and nor would a tensor that is right.
    says = any(each.shape[-1] > 1 for each in off) and all(map(np.any, off))
    with np.errstate(invalid="ignore"):
        same = all(bool(np.all(np.ptp(each, axis=-1) <= NEAR)) for each in off)
    return {} if says and same else None


def _shapes(pairs: Sequence[Pair]) -> dict[str, MessageValue]:
    """Return the shapes of a case that shows the difference, if there is one."""
    shown = next((p for p in pairs if p.got.shape != p.expected.shape), pairs[0])
    return {"got": str(shown.got.shape), "expected": str(shown.expected.shape)}


def _flipped(pairs: Sequence[Pair]) -> dict[str, MessageValue] | None:
    if not _are_images(pairs):
        return None
    turned = all(is_near(p.got, p.expected[..., ::-1, ::-1]) for p in pairs)
    return {} if turned else None


def _are_images(pairs: Sequence[Pair]) -> bool:
    return all(min(p.got.ndim, p.expected.ndim) >= len("HW") for p in pairs)


def _reshaped(pairs: Sequence[Pair]) -> dict[str, MessageValue] | None:
    """The right numbers in the right order, in another shape."""
    if any(p.got.shape == p.expected.shape for p in pairs):
        return None
    alike = all(is_near(p.got.reshape(-1), p.expected.reshape(-1)) for p in pairs)
    return _shapes(pairs) if alike else None


def _scaled(pairs: Sequence[Pair]) -> dict[str, MessageValue] | None:
    factors = {_factor(p) for p in pairs}
    if len(factors) != 1 or None in factors or 1.0 in factors:
        return None
    (factor,) = factors
    return {"factor": factor if factor is not None else 1.0}


def _multiplied(pairs: Sequence[Pair]) -> dict[str, MessageValue] | None:
    return _by_axis(pairs, lambda factor, size: abs(factor - size) <= NEAR * size)


def _divided(pairs: Sequence[Pair]) -> dict[str, MessageValue] | None:
    return _by_axis(pairs, lambda factor, size: abs(factor * size - 1) <= NEAR)


def _by_axis(
    pairs: Sequence[Pair], fits: Callable[[float, int], bool]
) -> dict[str, MessageValue] | None:
    factors = [_factor(p) for p in pairs]
    known = [f for f in factors if f is not None]
    if len(known) != len(factors):
        return None
    for axis in pairs[0].axes:
        sizes = [p.axes[axis] for p in pairs]
        if all(
            size and fits(factor, size)
            for factor, size in zip(known, sizes, strict=True)
        ):
            return {"axis": axis}
    return None


def _factor(pair: Pair) -> float | None:
    """Return k where got is k times expected, else None."""
    if pair.got.shape != pair.expected.shape or not np.any(pair.expected):
        return None
    place = np.unravel_index(np.argmax(np.abs(pair.expected)), pair.expected.shape)
    factor = float(pair.got[place] / pair.expected[place])
    return round(factor, 9) if is_near(pair.got, factor * pair.expected) else None


def is_near(one: Array, other: Array) -> bool:
    """Are these of one shape and the same, but for rounding at this size?"""
    if one.shape != other.shape:
        return False
    scale = 1.0 + float(np.abs(other).max(initial=0.0))
    with np.errstate(invalid="ignore"):
        return bool(np.all(np.abs(one - other) <= NEAR * scale))


def _orders(dimensions: int) -> Iterator[tuple[int, ...]]:
    straight = tuple(range(dimensions))
    return (order for order in permutations(straight) if order != straight)


Relation: TypeAlias = "Callable[[Sequence[Pair]], dict[str, MessageValue] | None]"

#: In the order of how much they say.
RELATIONS: Final[Mapping[str, Relation]] = {
    "relation.zero": _zero,
    "relation.another": _another,
    "relation.swapped": _swapped,
    "relation.reordered": _reordered,
    "relation.reshaped": _reshaped,
    "relation.flipped": _flipped,
    "relation.scaled": _scaled,
    "relation.multiplied": _multiplied,
    "relation.divided": _divided,
    "relation.rounded": _rounded,
    "relation.whole": _whole,
    "relation.not_set": _not_set,
    "relation.starts_from_ones": _starts_from_ones,
    "relation.starts_from_input": _starts_from_input,
    "relation.offset": _offset,
}
