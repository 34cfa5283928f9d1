"""What the parent asks, as bytes: a program to load, or arrays and steps over them.

The parent writes these and the worker reads them, never the other way round. So they
may be read by `marshal`, in a tenth of the time that is needed where nothing is
believed; both ends are the same Python.
"""

from __future__ import annotations

import marshal
import struct
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from . import plain
from .packing import CODE_OF, DTYPES, NATIVE, Packer

if TYPE_CHECKING:
    from collections.abc import Sequence

FORWARD, AGAIN, BACKWARD, INPUTS = range(4)
STEPS: Final[tuple[type[plain.Step], ...]] = (
    plain.Forward,
    plain.Again,
    plain.Backward,
    plain.Inputs,
)
_SIZE: Final = struct.Struct("<I")

# Bound before student code runs: what it patches is not what we call.
_loads, _ndarray = marshal.loads, np.ndarray
_copied = np.ndarray.astype


class Asked(NamedTuple):
    """Arrays and steps, after how many bytes the numbers of a value may have."""

    largest: int
    arrays: tuple[plain.Array, ...]
    steps: tuple[plain.Step, ...]


def program(asked: plain.Program) -> Packer:
    """Return the body that asks for a program to be loaded."""
    units = tuple(map(tuple, asked.units))
    modules = tuple(
        (name, tuple(source), is_package) for name, source, is_package in asked.modules
    )
    adapter = None if asked.adapter is None else tuple(asked.adapter)
    packer = Packer()
    packer.parts.append(marshal.dumps((units, modules, adapter, *asked[3:])))
    return packer


def read_program(body: bytes | bytearray) -> plain.Program:
    """Return the program of a LOAD frame."""
    units, modules, adapter, *how = _loads(body)
    return plain.Program(
        tuple(plain.Source(*unit) for unit in units),
        tuple(
            plain.OwnModule(name, plain.Source(*source), is_package)
            for name, source, is_package in modules
        ),
        None if adapter is None else plain.Source(*adapter),
        *how,
    )


def request(
    largest: int, arrays: Sequence[plain.Array], steps: Sequence[plain.Step]
) -> Packer:
    """Return the body that asks for these steps; a value has `largest` bytes at most.

    KeyError for an array of a dtype that does not travel.
    """
    codes = [CODE_OF[array.dtype] for array in arrays]
    shapes = tuple(
        (code, array.shape, array.nbytes)
        for code, array in zip(codes, arrays, strict=True)
    )
    asked = tuple((STEPS.index(type(step)), *step) for step in steps)
    head = marshal.dumps((largest, shapes, asked))
    packer = Packer()
    packer.parts += [_SIZE.pack(len(head)), head]
    packer.parts += [
        np.asarray(array, DTYPES[code]).tobytes("C")
        for code, array in zip(codes, arrays, strict=True)
    ]
    packer.arrays = len(arrays)
    return packer


def read_request(body: bytes | bytearray) -> Asked:
    """Return what a RUN frame asks.

    Each array is aligned, writable, and has memory of its own.
    """
    at = _SIZE.size + _SIZE.unpack_from(body)[0]
    largest, shapes, asked = _loads(memoryview(body)[_SIZE.size : at])
    arrays = []
    for code, shape, size in shapes:
        sent: plain.Array = _ndarray(shape, DTYPES[code], body, at)
        arrays.append(_copied(sent, NATIVE[code]))
        at += size
    steps = tuple([STEPS[kind](*fields) for kind, *fields in asked])
    return Asked(largest, tuple(arrays), steps)
