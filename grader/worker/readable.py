"""Which paths a locked-down worker may read: Python's library and NumPy."""

from __future__ import annotations

import os
import sys
from typing import Final, NamedTuple

# What is installed beside Python itself: convgrade may be there, and torch.
HIDDEN: Final = frozenset({"site-packages", "dist-packages"})
DEVICES: Final = ("/dev/null", "/dev/zero", "/dev/urandom")


class Readable(NamedTuple):
    """Folders of Python's library, what in them is not readable, and NumPy's."""

    library: tuple[str, ...]
    hidden: tuple[str, ...]
    numpy: tuple[str, ...]


def readable(numpy_folder: str) -> Readable:
    """Return what there is to read; `numpy_folder` is the one that holds NumPy."""
    library = tuple(entry for entry in sys.path if os.path.exists(entry))
    hidden = tuple(
        path
        for folder in library
        for name in sorted(HIDDEN)
        if os.path.isdir(path := os.path.join(folder, name))
    )
    numpy = tuple(
        path
        for name in ("numpy", "numpy.libs")
        if os.path.isdir(path := os.path.join(numpy_folder, name))
    )
    return Readable(library, hidden, numpy)


def entries(given: Readable) -> tuple[str, ...]:
    """Return the files and folders that may be read with all that is beneath."""
    found = list(given.numpy)
    for folder in given.library:
        if os.path.isfile(folder):
            found.append(folder)
            continue
        found += [
            entry.path
            for entry in sorted(os.scandir(folder), key=lambda each: each.name)
            if entry.path not in given.hidden
        ]
    return tuple(found)
