"""Say at which line of the student's it was, quoting what was handed in."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from grader.calls import Frame

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.calls import Raised
    from grader.records import Program, Unit

_LINE: Final = re.compile(rb'^  File "(.*)", line (\d{1,9}) in (.*)$', re.MULTILINE)
LONGEST_QUOTE: Final = 200
LONGEST_NAME: Final = 500  # the fault handler cuts names there, and adds dots


def _units(program: Program) -> Iterator[Unit]:
    yield from program.units
    for module in program.modules:
        yield module.unit


def _escaped(name: str) -> bytes:
    """Write a name as the fault handler does."""
    shown = name.encode("ascii", "backslashreplace")
    return shown if len(name) <= LONGEST_NAME else shown[:LONGEST_NAME] + b"..."


def _quoted(unit: Unit, number: int, function: str) -> Frame | None:
    lines = unit.source.splitlines()
    if not 0 < number <= len(lines):
        return None
    text = lines[number - 1].strip()[:LONGEST_QUOTE]
    return Frame(unit=unit.name, line=number, function=function, text=text)


def innermost(trace: bytes, program: Program) -> Frame | None:
    """Return the innermost frame in a source of the program; None if there is none.

    Reads the words of Python's own fault handler. The trace is the worker's word: it
    may be anything, and only finds a line of the student's own source to quote.
    """
    units = {_escaped(unit.name): unit for unit in _units(program)}
    for name, line, function in _LINE.findall(trace):
        told = function.decode("ascii", "backslashreplace")[:LONGEST_QUOTE]
        frame = _quoted(units[name], int(line), told) if name in units else None
        if frame is not None:
            return frame
    return None


def located(seen: Raised, program: Program) -> Raised:
    """Return the exception with the frames that are lines of the program.

    They are the worker's word as well: what is quoted is what was handed in.
    """
    units = {unit.name: unit for unit in _units(program)}
    told = [
        _quoted(units[frame.unit], frame.line, frame.function)
        for frame in seen.frames
        if frame.unit in units
    ]
    return replace(seen, frames=tuple(frame for frame in told if frame is not None))
