"""Write what most answers are in few steps: plain arrays of float64, plain options.

The bytes are those that `describe` and `frames` come to, put together from what was
written for the same sizes before. Whatever is not as plain as that is left to them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from . import frames, plain
from .describe import MOST_OPTIONS
from .packing import (
    CODES,
    LARGEST_DIMENSION,
    LONGEST_NAME,
    MOST_DIMENSIONS,
    Packer,
    dimensions,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

MOST_KEPT: Final = 1024
LARGEST_NUMBER: Final = 1 << 62

# Bound before student code runs: what it patches is not what we call.
_ndarray, _float64 = np.ndarray, np.dtype("float64")
_dtype_of: Callable[[Any], np.dtype[Any]] = np.ndarray.dtype.__get__
_shape_of: Callable[[Any], tuple[int, ...]] = np.ndarray.shape.__get__
_size_of: Callable[[Any], int] = np.ndarray.nbytes.__get__
_numbers_of: Callable[[Any], bytes] = np.ndarray.tobytes
_NAMED, _CODE = frames.BEFORE["ndarray", "float64"], CODES["float64"]
_items_of: Callable[[dict[Any, Any]], Iterable[tuple[Any, Any]]] = dict.items


@lru_cache(maxsize=MOST_KEPT)
def _before_values(container: str, length: int | None, travels: int) -> bytes:
    packer = Packer()
    packer.u8(frames.RETURNED)
    frames.results(packer, container, length, travels)
    return b"".join(packer.parts)


@lru_cache(maxsize=MOST_KEPT)
def _before_inputs(count: int) -> bytes:
    packer = Packer()
    packer.u8(frames.INSPECTED)
    packer.u32(count)
    return b"".join(packer.parts)


@lru_cache(maxsize=MOST_KEPT)
def _count(number: int) -> bytes:
    packer = Packer()
    packer.u32(number)
    return b"".join(packer.parts)


@lru_cache(maxsize=MOST_KEPT)
def _option(name: str, number: int) -> bytes:
    packer = Packer()
    packer.text(name)
    packer.text(repr(number))
    return b"".join(packer.parts)


def _arrays(parts: list[bytes], things: Sequence[object], largest: int) -> bool:
    """Append each of these, or say False: one of them is not as plain as that."""
    for thing in things:
        if type(thing) is not _ndarray or _dtype_of(thing) is not _float64:
            return False
        shape = _shape_of(thing)
        if len(shape) > MOST_DIMENSIONS or _size_of(thing) > largest:
            return False
        if shape and max(shape) > LARGEST_DIMENSION:
            return False
        # Most shapes come but a few times in the life of a worker: nothing is kept.
        parts.append(_NAMED + dimensions(_CODE, shape))
        parts.append(_numbers_of(thing))
    return True


def returned(thing: object, *, travels: int, largest: int) -> plain.Packed | None:
    """Tell a result of which so many items travel, or None."""
    if type(thing) is not tuple:
        return lone(thing, largest=largest)
    values = thing[:travels]
    parts = [_before_values("tuple", len(thing), len(values))]
    return plain.Packed(parts, len(values)) if _arrays(parts, values, largest) else None


def lone(thing: object, *, largest: int) -> plain.Packed | None:
    """Tell an array that is the only result, or None."""
    parts = [_before_values("ndarray", None, 1)]
    return plain.Packed(parts, 1) if _arrays(parts, (thing,), largest) else None


def inspected(
    arrays: Sequence[plain.Array], options: Sequence[dict[Any, Any]], *, largest: int
) -> plain.Packed | None:
    """Tell what has become of arrays and options that bear their own names, or None."""
    parts = [_before_inputs(len(arrays))]
    if not _arrays(parts, arrays, largest):
        return None
    parts.append(_count(len(options)))
    if not all(_options(parts, now) for now in options):
        return None
    return plain.Packed(parts, len(arrays))


def _options(parts: list[bytes], now: dict[Any, Any]) -> bool:
    items = list(_items_of(now))
    if len(items) > MOST_OPTIONS:
        return False
    parts.append(_count(len(items)))
    for name, number in items:
        if type(name) is not str or type(number) is not int:
            return False
        if len(name) > LONGEST_NAME or not name.isascii():
            return False
        if not -LARGEST_NUMBER < number < LARGEST_NUMBER:
            return False
        parts.append(_option(name, number))
    return True
