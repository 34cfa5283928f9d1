"""Read replies: the border at which bytes are not believed.

Whatever bytes a worker sends become an observation or a `Violation`; nothing else
leaves the readers here, and no size is believed before it is compared with a limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

import numpy as np

from grader import calls
from grader.remembering import Remembered
from grader.worker import frames, packing, plain
from grader.worker.describe import MOST_VALUES
from grader.worker.packing import Cursor, MalformedError

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

HEADER_SIZE: Final = packing.HEADER.size
LEAST_VALUE: Final = 1 << 18  # bytes that one value may always have
TEXT_ROOM: Final = 1 << 20  # bytes of names and texts in one frame, at most
# A worker cuts texts to 2000 characters, of which half ones are spelt with six.
LONGEST_TEXT: Final = 1 << 14
MOST_ITEMS: Final = 64  # of anything that is counted in a reply
LARGEST_REMEMBERED: Final = 1 << 14  # bytes of a reply that may come again
MOST_REMEMBERED: Final = 1024  # replies; 24 cases have 144
MOST_SHOWN_DIMENSIONS: Final = 64  # a shape without numbers may be as NumPy has it


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """What was wrong with the bytes of a reply."""

    detail: str


class Head(NamedTuple):
    """A header that is the awaited one; its length is within the limit."""

    arrays: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AdapterFailed:
    """The instructor's adapter does not run."""

    text: str


def largest_value(request: calls.Request) -> int:
    """Return how many bytes of numbers one value of a reply may have.

    Four times what the request itself holds: an honest answer has about the size of
    its arguments, and of a far larger one the name and the shape say enough.
    """
    return max(LEAST_VALUE, 4 * sum(array.nbytes for array in request.arrays))


def largest_reply(request: calls.Request) -> int:
    """Return how many bytes the body of one reply may have."""
    values = max(8, len(request.arrays))
    return values * largest_value(request) + TEXT_ROOM


def read_head(
    data: bytes | bytearray, *, kind: int, nonce: int, largest: int
) -> Head | Violation:
    """Return the header if it belongs to the awaited reply and is small enough."""
    try:
        head = packing.read_header(data)
    except MalformedError as error:
        return Violation(detail=str(error))
    if head.kind != kind:
        return Violation(detail=f"a frame of kind {head.kind}, not {kind}")
    if head.nonce != nonce:
        return Violation(detail="a reply to no request")
    if head.length > largest:
        return Violation(
            detail=f"a reply of {head.length} bytes, at most {largest} are taken"
        )
    return Head(arrays=head.arrays, length=head.length)


def _many(cursor: Cursor, read: Callable[[Cursor], T]) -> tuple[T, ...]:
    count = cursor.u32()
    if count > MOST_ITEMS:
        raise MalformedError(f"{count} items, at most {MOST_ITEMS} are taken")
    return tuple(read(cursor) for _ in range(count))


def _value(cursor: Cursor, *, kinds: str = "f") -> calls.Value:
    name, travels = cursor.text(), cursor.u8()
    if travels == frames.NAMED:
        return calls.Value(type_name=name)
    dtype = cursor.text()
    if travels == frames.DESCRIBED:
        shape = cursor.sizes(MOST_SHOWN_DIMENSIONS)
        return calls.Value(type_name=name, dtype=dtype, shape=shape)
    if travels != frames.SENT:
        raise MalformedError(f"a value that travels as {travels}")
    array = cursor.array()
    if array.dtype.kind not in kinds:
        raise MalformedError(f"numbers of dtype {array.dtype.name}")
    array.flags.writeable = False
    return calls.Value(type_name=name, dtype=dtype, shape=array.shape, array=array)


def _input(cursor: Cursor) -> calls.Value:
    return _value(cursor, kinds="fi")


def _frame(cursor: Cursor) -> calls.Frame:
    return calls.Frame(
        unit=cursor.text(),
        line=cursor.u32(),
        function=cursor.text(),
        text=cursor.text(),
    )


def _raised(cursor: Cursor) -> calls.Raised:
    return calls.Raised(
        type_name=cursor.text(), text=cursor.text(), frames=_many(cursor, _frame)
    )


def _returned(cursor: Cursor) -> calls.Returned:
    container, length = cursor.text(), cursor.i64()
    if length < frames.NO_LENGTH:
        raise MalformedError(f"{length} items")
    return calls.Returned(
        container=container,
        count=None if length == frames.NO_LENGTH else length,
        values=_many(cursor, _value),
    )


def _options(cursor: Cursor) -> dict[str, str]:
    return dict(_many(cursor, lambda inside: (inside.text(), inside.text())))


def _observation(cursor: Cursor) -> calls.Observation:
    tag = cursor.u8()
    if tag == frames.RETURNED:
        return _returned(cursor)
    if tag == frames.INSPECTED:
        return calls.Inspected(
            arrays=_many(cursor, _input), options=_many(cursor, _options)
        )
    if tag == frames.RAISED:
        return _raised(cursor)
    if tag == frames.ABSENT:
        return calls.Absent()
    raise MalformedError(f"an observation of kind {tag}")


def _loading(cursor: Cursor) -> calls.Loading | AdapterFailed:
    tag = cursor.u8()
    if tag == frames.LOADED:
        return calls.Loaded()
    if tag == frames.MISSING:
        return calls.Missing(names=_many(cursor, Cursor.text))
    if tag == frames.LOAD_RAISED:
        return _raised(cursor)
    if tag == frames.ADAPTER_FAILED:
        return AdapterFailed(text=cursor.text())
    raise MalformedError(f"a loading of kind {tag}")


def _whole(
    body: bytes | bytearray, head: Head, read: Callable[[Cursor], T]
) -> T | Violation:
    try:
        cursor = Cursor(body, longest_text=LONGEST_TEXT)
        answer = read(cursor)
        cursor.end()
    except MalformedError as error:
        return Violation(detail=str(error))
    if cursor.arrays != head.arrays:
        return Violation(detail=f"{cursor.arrays} arrays, {head.arrays} were announced")
    return answer


def read_observation(
    body: bytes | bytearray, head: Head
) -> calls.Observation | Violation:
    """Return what the worker saw, or what is wrong with these bytes.

    Right programs send the same bytes: what is read of these is the same object.
    """
    if len(body) <= LARGEST_REMEMBERED:
        return _remembered(bytes(body), head.arrays)
    return _whole(body, head, _observation)


@lru_cache(maxsize=MOST_REMEMBERED)
def _remembered(body: bytes, arrays: int) -> calls.Observation | Violation:
    return _whole(body, Head(arrays=arrays, length=len(body)), _observation)


def as_sent(array: calls.Array) -> calls.Array:
    """Return an array of a request as the wire carries it."""
    return array if array.dtype in packing.CODE_OF else np.asarray(array, np.float64)


class _Unchanged(NamedTuple):
    """What a worker sends that has left all inputs of a request as they are."""

    body: bytes
    seen: calls.Observation


def _as_it_is(request: calls.Request) -> _Unchanged:
    options = {
        step.slot: {name: str(int(n)) for name, n in (step.options or {}).items()}
        for step in request.steps
        if isinstance(step, calls.Forward)
    }
    slots = tuple(options[slot] for slot in sorted(options))
    now = plain.Inspected(tuple(map(as_sent, request.arrays)), slots)
    packed = frames.observed(now, largest_value(request))
    body = b"".join(packed.parts)
    seen = _observation(Cursor(body))
    return _Unchanged(body, seen)


#: By request: most inputs come back as they were sent, and are then only compared.
_unchanged: Final = Remembered(_as_it_is, most=128)


def read_answer(
    body: bytes | bytearray, head: Head, *, step: calls.Step, request: calls.Request
) -> calls.Observation | Violation:
    """Return what the worker saw if that can be an answer to this step.

    Who has taken a worker over may send any observation to any question.
    """
    if not isinstance(step, calls.Inputs):
        seen = read_observation(body, head)
    elif body == _unchanged(request).body:
        return _unchanged(request).seen
    else:  # whoever changes inputs is alone with that, and inputs are many bytes
        seen = _whole(body, head, _observation)
    if isinstance(seen, Violation) or _answers(seen, step, request):
        return seen
    answer, asked = type(seen).__name__, type(step).__name__
    return Violation(detail=f"{answer!r} is no answer to {asked!r}")


def _answers(seen: calls.Observation, step: calls.Step, request: calls.Request) -> bool:
    match seen:
        case calls.Returned():
            travel = 1 if isinstance(step, calls.Forward) else MOST_VALUES
            count = 1 if seen.count is None else min(seen.count, travel)
            return not isinstance(step, calls.Inputs) and len(seen.values) == count
        case calls.Inspected():
            forward = [s for s in request.steps if isinstance(s, calls.Forward)]
            sizes = len(seen.arrays), len(seen.options)
            due = len(request.arrays), len({each.slot for each in forward})
            return isinstance(step, calls.Inputs) and sizes == due
        case calls.Absent():
            return isinstance(step, (calls.Again, calls.Backward))
        case _:
            return True


def read_loading(
    body: bytes | bytearray, head: Head
) -> calls.Loading | AdapterFailed | Violation:
    """Return how loading ended, or what is wrong with these bytes."""
    return _whole(body, head, _loading)
