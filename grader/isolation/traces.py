"""Read from Python's own fault handler at which line of the student's it was."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grader.calls import Frame

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.records import Program, Unit

_LINE: Final = re.compile(rb'^  File "(.*)", line (\d{1,9}) in (.*)$', re.MULTILINE)
LONGEST_NAME: Final = 500  # the fault handler cuts names there, and adds dots


def _units(program: Program) -> Iterator[Unit]:
    yield from program.units
    for module in program.modules:
        yield module.unit


def _escaped(name: str) -> bytes:
    """Write a name as the fault handler does."""
    shown = name.encode("ascii", "backslashreplace")
    return shown if len(name) <= LONGEST_NAME else shown[:LONGEST_NAME] + b"..."


def innermost(trace: bytes, program: Program) -> Frame | None:
    """Return the innermost frame in a source of the program; None if there is none.

    The trace is the worker's word: it may be anything, and only finds a line of the
    student's own source to quote.
    """
    units = {_escaped(unit.name): unit for unit in _units(program)}
    for name, line, function in _LINE.findall(trace):
        unit = units.get(name)
        if unit is None:
            continue
        lines, number = unit.source.splitlines(), int(line)
        text = lines[number - 1].strip() if 0 < number <= len(lines) else ""
        told = function.decode("ascii", "backslashreplace")
        return Frame(unit=unit.name, line=number, function=told[:200], text=text[:200])
    return None
