"""The worker's end of the wire: read what is asked, write what was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from . import describe, plain
from .packing import CODE_OF, LARGEST_DIMENSION, MOST_DIMENSIONS, Cursor, Packer

if TYPE_CHECKING:
    from collections.abc import Callable

# Tags of the steps and of what answers them; `grader.wire` has the other end.
FORWARD, AGAIN, BACKWARD, INPUTS = 1, 2, 3, 4
RETURNED, INSPECTED, RAISED, ABSENT = 1, 2, 3, 4
LOADED, MISSING, LOAD_RAISED, ADAPTER_FAILED = 1, 2, 3, 4
NAMED, DESCRIBED, SENT = 0, 1, 2  # how much of a value travels
NO_LENGTH: Final = -1


def _many(cursor: Cursor, read: Callable[[Cursor], plain.T]) -> tuple[plain.T, ...]:
    return tuple(read(cursor) for _ in range(cursor.u32()))


def _pairs(cursor: Cursor) -> dict[str, str]:
    return {cursor.text(): cursor.text() for _ in range(cursor.u32())}


def _source(cursor: Cursor) -> plain.Source:
    return plain.Source(cursor.text(), cursor.text())


def _module(cursor: Cursor) -> plain.OwnModule:
    return plain.OwnModule(cursor.text(), _source(cursor), bool(cursor.u8()))


def _options(cursor: Cursor) -> dict[str, int] | None:
    if not cursor.u8():
        return None
    return {cursor.text(): cursor.i64() for _ in range(cursor.u32())}


def read_program(body: bytearray) -> plain.Program:
    """Return the program of a LOAD frame."""
    cursor = Cursor(body, errors="surrogatepass")
    return plain.Program(
        units=_many(cursor, _source),
        modules=_many(cursor, _module),
        adapter=_source(cursor) if cursor.u8() else None,
        allowed_imports=frozenset(_many(cursor, Cursor.text)) if cursor.u8() else None,
        package=cursor.text(),
        forward=cursor.text(),
        backward=cursor.text(),
        arguments=_many(cursor, Cursor.text),
        arrays=_many(cursor, Cursor.text),
        keywords=_pairs(cursor),
        option_names=_pairs(cursor),
    )


def _step(cursor: Cursor) -> plain.Step:
    tag = cursor.u8()
    if tag == FORWARD:
        return plain.Forward(
            _many(cursor, Cursor.u32), _options(cursor), slot=cursor.u32()
        )
    if tag == AGAIN:
        return plain.Again(cursor.u32())
    if tag == BACKWARD:
        return plain.Backward(cursor.u32(), cursor.u32())
    return plain.Inputs()


def read_request(
    body: bytearray,
) -> tuple[int, tuple[plain.Array, ...], tuple[plain.Step, ...]]:
    """Return a RUN frame's arrays and steps, after the most bytes a value may have."""
    cursor = Cursor(body)
    return cursor.u64(), _many(cursor, Cursor.array), _many(cursor, _step)


def _before_numbers(dtype: str) -> bytes:
    packer = Packer()
    packer.text("ndarray")
    packer.u8(SENT)
    packer.text(dtype)
    return b"".join(packer.parts)


#: By dtype: a dtype makes its name anew at every look.
_NAMES: Final = {dtype: dtype.name for dtype in CODE_OF}
#: What stands before the numbers of an array as such, by the names of both types.
_BEFORE: Final[dict[tuple[str, str | None], bytes]] = {
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
    before = _BEFORE.get((value.type_name, value.dtype))
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


def _returned(packer: Packer, seen: plain.Returned, largest: int) -> None:
    packer.text(seen.container)
    packer.i64(NO_LENGTH if seen.length is None else seen.length)
    packer.u32(len(seen.values))
    for value in seen.values:
        _value(packer, value, largest)


def _input(packer: Packer, array: plain.Array, largest: int) -> None:
    """Write an array of the request as it is, whole numbers too."""
    if not _travels(array, largest):
        _value(packer, describe.value(array), largest)
        return
    packer.parts.append(_BEFORE["ndarray", _NAMES[array.dtype]])
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
