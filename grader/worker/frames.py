"""The worker's end of the wire: write what was seen."""

from __future__ import annotations

from typing import Final, assert_never

from . import describe, plain
from .packing import CODE_OF, LARGEST_DIMENSION, MOST_DIMENSIONS, Packer

# Tags of what answers a step; `grader.wire` has the other end.
RETURNED, INSPECTED, RAISED, ABSENT = 1, 2, 3, 4
LOADED, MISSING, LOAD_RAISED, ADAPTER_FAILED = 1, 2, 3, 4
NAMED, DESCRIBED, SENT = 0, 1, 2  # how much of a value travels
NO_LENGTH: Final = -1


def _before_numbers(dtype: str) -> bytes:
    packer = Packer()
    packer.text("ndarray")
    packer.u8(SENT)
    packer.text(dtype)
    return b"".join(packer.parts)


#: By dtype: a dtype makes its name anew at every look.
_NAMES: Final = {dtype: dtype.name for dtype in CODE_OF}
#: What stands before the numbers of an array as such, by the names of both types.
BEFORE: Final[dict[tuple[str, str | None], bytes]] = {
    ("ndarray", name): _before_numbers(name) for name in _NAMES.values()
}


def _travels(data: plain.Array | None, largest: int) -> bool:
    """Whether these numbers are sent, or their name and shape alone."""
    return (
        data is not None
        and data.ndim <= MOST_DIMENSIONS
        and max(data.shape, default=0) <= LARGEST_DIMENSION
        and data.nbytes <= largest
        and data.dtype in CODE_OF
    )


def _value(packer: Packer, value: plain.Value, largest: int) -> None:
    data = value.data if _travels(value.data, largest) else None
    before = BEFORE.get((value.type_name, value.dtype))
    if data is not None and before is not None:
        packer.parts.append(before)
        packer.array(data)
        return
    packer.text(value.type_name)
    if value.dtype is None or value.shape is None:
        packer.u8(NAMED)
        return
    packer.u8(DESCRIBED if data is None else SENT)
    packer.text(value.dtype)
    if data is not None:
        packer.array(data)
        return
    packer.u8(len(value.shape))
    for size in value.shape:
        packer.u64(size)


def _raised(packer: Packer, seen: plain.Raised) -> None:
    packer.text(seen.type_name)
    packer.text(seen.text)
    packer.u32(len(seen.frames))
    for frame in seen.frames:
        packer.text(frame.unit)
        packer.u32(max(frame.line, 0))
        packer.text(frame.function)
        packer.text(frame.text)


def results(packer: Packer, container: str, length: int | None, travels: int) -> None:
    """Write what stands before the values of a result, of which so many travel."""
    packer.text(container)
    packer.i64(NO_LENGTH if length is None else length)
    packer.u32(travels)


def _returned(packer: Packer, seen: plain.Returned, largest: int) -> None:
    results(packer, seen.container, seen.length, len(seen.values))
    for value in seen.values:
        _value(packer, value, largest)


def _input(packer: Packer, array: plain.Array, largest: int) -> None:
    """Write an array of the request as it is, whole numbers too."""
    if not _travels(array, largest):
        _value(packer, describe.value(array), largest)
        return
    packer.parts.append(BEFORE["ndarray", _NAMES[array.dtype]])
    packer.array(array)


def _inspected(packer: Packer, seen: plain.Inspected, largest: int) -> None:
    packer.u32(len(seen.arrays))
    for array in seen.arrays:
        _input(packer, array, largest)
    packer.u32(len(seen.options))
    for options in seen.options:
        packer.u32(len(options))
        for name, text in options.items():
            packer.text(name)
            packer.text(text)


def observed(seen: plain.Observation, largest: int) -> Packer:
    """Return the body that tells what one step has come to."""
    packer = Packer()
    match seen:
        case plain.Packed(parts, arrays):
            packer.parts, packer.arrays = parts, arrays
        case plain.Returned():
            packer.u8(RETURNED)
            _returned(packer, seen, largest)
        case plain.Inspected():
            packer.u8(INSPECTED)
            _inspected(packer, seen, largest)
        case plain.Raised():
            packer.u8(RAISED)
            _raised(packer, seen)
        case plain.Absent():
            packer.u8(ABSENT)
        case _:
            assert_never(seen)
    return packer


def loading(seen: plain.Loading) -> Packer:
    """Return the body that tells how loading the program has ended."""
    packer = Packer()
    match seen:
        case plain.Loaded():
            packer.u8(LOADED)
        case plain.Missing(names):
            packer.u8(MISSING)
            packer.u32(len(names))
            for name in names:
                packer.text(name)
        case plain.Raised():
            packer.u8(LOAD_RAISED)
            _raised(packer, seen)
        case plain.AdapterFailed(text):
            packer.u8(ADAPTER_FAILED)
            packer.text(text)
        case _:
            assert_never(seen)
    return packer
