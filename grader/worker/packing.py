"""The wire's smallest parts: a header, numbers, texts and arrays as bytes.

Both ends use this, so that they cannot differ. A `Cursor` believes nothing: whatever
its bytes are, it gives what was asked for or raises `MalformedError`, and it looks
at sizes before it takes or allocates anything.
"""

from __future__ import annotations

import math
import struct
from functools import lru_cache
from typing import Any, Final, NamedTuple, Protocol

import numpy as np

MAGIC: Final = b"cgw1"
HEADER: Final = struct.Struct("<4sBxxxIQQ")  # magic, kind, count, nonce, length
NONCE: Final = struct.Struct("<Q")
NONCE_AT: Final = 12

LOAD: Final = 1
RUN: Final = 2  # each answer is sent before the next call
LOADING: Final = 3
OBSERVED: Final = 4
READY: Final = 5
MORE: Final = 6  # another request follows: answers may wait for those to that one
LAST: Final = 7  # none follows: they may wait for one another

CODES: Final[dict[str, int]] = {"float32": 1, "float64": 2, "int64": 3}
DTYPES: Final[dict[int, np.dtype[Any]]] = {
    1: np.dtype("<f4"),
    2: np.dtype("<f8"),
    3: np.dtype("<i8"),
}
NATIVE: Final[dict[int, np.dtype[Any]]] = {
    code: np.dtype(name) for name, code in CODES.items()
}
#: By dtype: its name is made anew at every look, and takes longer than the numbers.
CODE_OF: Final[dict[np.dtype[Any], int]] = {
    np.dtype(name): code for name, code in CODES.items()
}
MOST_DIMENSIONS: Final = 8
LONGEST_SOURCE: Final = 1 << 30  # bytes; how long sources are is the loaders' business
LONGEST_NAME: Final = 32  # characters
MOST_NAMES: Final = 256
LARGEST_DIMENSION: Final = 1 << 40  # what NumPy can hold where another one is zero

# Bound before student code runs: what it patches is not what we call.
_asarray, _frombuffer, _zeros = np.asarray, np.frombuffer, np.zeros
_U8 = struct.Struct("<B")
_U32 = struct.Struct("<I")
_U64 = struct.Struct("<Q")
_I64 = struct.Struct("<q")
_SIZES = [struct.Struct(f"<{count}Q") for count in range(MOST_DIMENSIONS + 1)]


class MalformedError(ValueError):
    """These bytes are not what the other end would have written."""


class Header(NamedTuple):
    """What stands before every body; it says how many arrays there are."""

    kind: int
    arrays: int
    nonce: int
    length: int


def _text(text: str) -> bytes:
    encoded = text.encode("utf-8", "surrogatepass")
    return _U32.pack(len(encoded)) + encoded


def dimensions(code: int, shape: tuple[int, ...]) -> bytes:
    """Return what stands before the numbers of an array: its dtype code and sizes."""
    count = len(shape)
    return bytes((code, count)) + _SIZES[count].pack(*shape)


#: Names of types and options come again and again.
_name = lru_cache(maxsize=MOST_NAMES)(_text)


class Packer:
    """Collects the bytes of one body."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.arrays = 0

    def u8(self, number: int) -> None:
        """Append one byte."""
        self.parts.append(_U8.pack(number))

    def u32(self, number: int) -> None:
        """Append an unsigned number of four bytes."""
        self.parts.append(_U32.pack(number))

    def u64(self, number: int) -> None:
        """Append an unsigned number of eight bytes."""
        self.parts.append(_U64.pack(number))

    def i64(self, number: int) -> None:
        """Append a signed number of eight bytes."""
        self.parts.append(_I64.pack(number))

    def text(self, text: str) -> None:
        """Append a text with its length; lone surrogates pass, sources hold some."""
        self.parts.append(_name(text) if len(text) <= LONGEST_NAME else _text(text))

    def array(self, array: np.ndarray[Any, Any]) -> None:
        """Append dtype code, dimensions and numbers; KeyError for another dtype."""
        code = CODE_OF.get(array.dtype) or CODES[array.dtype.name]
        self.shape(code, array.shape)
        self.parts.append(_asarray(array, DTYPES[code]).tobytes("C"))
        self.arrays += 1

    def shape(self, code: int, shape: tuple[int, ...]) -> None:
        """Append the dtype code and the dimensions of an array."""
        self.parts.append(dimensions(code, shape))

    def frame(self, kind: int, nonce: int) -> bytes:
        """Return header and body."""
        return b"".join(framed(self, kind, nonce))


class Body(Protocol):
    """What a frame is made of: bytes, and how many arrays are in them."""

    @property
    def parts(self) -> list[bytes]:
        """The bytes, in their order."""

    @property
    def arrays(self) -> int:
        """How many arrays there are."""


def framed(body: Body, kind: int, nonce: int) -> list[bytes]:
    """Return the parts of a whole frame, its header first."""
    parts = body.parts
    length = sum(map(len, parts))
    return [HEADER.pack(MAGIC, kind, body.arrays, nonce, length), *parts]


class Cursor:
    """Takes one body apart from front to back.

    Texts are decoded with the given error handler, and have so many bytes at most.
    """

    def __init__(
        self,
        body: bytes | bytearray | memoryview,
        *,
        errors: str = "strict",
        longest_text: int = LONGEST_SOURCE,
    ) -> None:
        self._view = memoryview(body)
        self._size = len(self._view)
        self._errors = errors
        self._longest_text = longest_text
        self._at = 0
        self.arrays = 0

    @property
    def left(self) -> int:
        """How many bytes have not been taken."""
        return self._size - self._at

    def take(self, size: int) -> memoryview:
        """Take this many bytes, without copying them."""
        end = self._at + size
        if end > self._size:
            raise _too_short(size, self.left)
        taken = self._view[self._at : end]
        self._at = end
        return taken

    def _number(self, kind: struct.Struct) -> int:
        at, end = self._at, self._at + kind.size
        if end > self._size:
            raise _too_short(kind.size, self.left)
        self._at = end
        number: int = kind.unpack_from(self._view, at)[0]
        return number

    def u8(self) -> int:
        """Take one byte."""
        return self._number(_U8)

    def u32(self) -> int:
        """Take an unsigned number of four bytes."""
        return self._number(_U32)

    def u64(self) -> int:
        """Take an unsigned number of eight bytes."""
        return self._number(_U64)

    def i64(self) -> int:
        """Take a signed number of eight bytes."""
        return self._number(_I64)

    def text(self) -> str:
        """Take a text."""
        size = self.u32()
        if size > self._longest_text:
            raise MalformedError(f"a text of {size} bytes is too long")
        taken = bytes(self.take(size))
        try:
            return taken.decode("utf-8", self._errors)
        except UnicodeDecodeError as error:
            raise MalformedError(f"a text is not UTF-8: {error.reason}") from error

    def sizes(self, most: int) -> tuple[int, ...]:
        """Take a number of dimensions and that many sizes."""
        count = self.u8()
        if count > most:
            raise MalformedError(f"an array of {count} dimensions, at most {most} pass")
        if count > MOST_DIMENSIONS:
            return tuple(self.u64() for _ in range(count))
        return _SIZES[count].unpack(self.take(8 * count))

    def array(self) -> np.ndarray[Any, Any]:
        """Take an array: native byte order, aligned, writable, its own memory."""
        code = self.u8()
        if code not in DTYPES:
            raise MalformedError(f"an array of unknown dtype code {code}")
        dtype, shape = DTYPES[code], self.sizes(MOST_DIMENSIONS)
        if max(shape, default=0) > LARGEST_DIMENSION:
            raise MalformedError(f"an array of shape {shape} is too large")
        # Python's own integers: NumPy's would overflow on what a liar announces.
        numbers = self.take(math.prod(shape) * dtype.itemsize)
        self.arrays += 1
        if len(numbers) == 0:
            return _empty(shape, NATIVE[code])
        flat: np.ndarray[Any, Any] = _frombuffer(numbers, dtype)
        return flat.reshape(shape).astype(NATIVE[code], copy=True)

    def end(self) -> None:
        """Raise MalformedError if anything is left over."""
        if self.left:
            raise MalformedError(f"{self.left} bytes left over")


def _too_short(size: int, left: int) -> MalformedError:
    return MalformedError(f"{size} bytes announced where {left} are left")


def _empty(shape: tuple[int, ...], dtype: np.dtype[Any]) -> np.ndarray[Any, Any]:
    try:
        return _zeros(shape, dtype)
    except ValueError as error:  # (0, 2**40, 2**40) holds nothing and is too big
        raise MalformedError(f"an array of shape {shape} is too large") from error


def read_header(data: bytes | bytearray) -> Header:
    """Return the header that these bytes are; MalformedError if they are none."""
    if len(data) != HEADER.size:
        raise MalformedError(f"a header of {len(data)} bytes, not {HEADER.size}")
    magic, kind, count, nonce, length = HEADER.unpack(data)
    if magic != MAGIC:
        raise MalformedError(f"a frame that starts with {bytes(magic)!r}")
    return Header(kind, count, nonce, length)
