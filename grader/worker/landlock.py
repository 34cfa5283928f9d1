"""Landlock: the paths that may be read, and no other, whoever one is."""

from __future__ import annotations

import contextlib
import os
import struct
from typing import TYPE_CHECKING, Final

from . import linux
from .readable import DEVICES, entries

if TYPE_CHECKING:
    from .readable import Readable

READ_FILE: Final = 1 << 2
WRITE_FILE: Final = 1 << 1
READ_FOLDER: Final = 1 << 3
# How many kinds of access to files each version of Landlock knows, from the first.
KINDS: Final = (13, 14, 15, 15, 16)
NETWORK_SINCE, SCOPES_SINCE = 4, 6
NO_TCP: Final = 0b11
NO_SIGNALS_NOR_NAMED_SOCKETS: Final = 0b11


def _attributes(version: int) -> bytes:
    files = (1 << KINDS[min(version, len(KINDS)) - 1]) - 1
    attributes = struct.pack("<Q", files)
    if version >= NETWORK_SINCE:
        attributes += struct.pack("<Q", NO_TCP)
    if version >= SCOPES_SINCE:
        attributes += struct.pack("<Q", NO_SIGNALS_NOR_NAMED_SOCKETS)
    return attributes


def _allow(rules: int, path: str, access: int) -> None:
    # A library of Python's that the distribution left out, or may not be opened.
    with contextlib.suppress(FileNotFoundError, PermissionError):
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            linux.landlock_allow(rules, descriptor, access)
        finally:
            os.close(descriptor)


def rules(given: Readable) -> int:
    """Return a set of rules by which only this may be read; OSError without Landlock.

    The names in a library folder may be listed, because imports look there; what is
    hidden in it may not be opened.
    """
    made = linux.landlock_rules(_attributes(linux.landlock_version()))
    for path in entries(given):
        folder = os.path.isdir(path)
        _allow(made, path, READ_FILE | READ_FOLDER if folder else READ_FILE)
    for path in given.library:
        if os.path.isdir(path):
            _allow(made, path, READ_FOLDER)
    for path in DEVICES:
        _allow(made, path, READ_FILE | (WRITE_FILE if path == "/dev/null" else 0))
    return made
