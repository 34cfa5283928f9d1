"""Notice when a submission may have been saved, and wait until the saving is done."""

from __future__ import annotations

import os
import time
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Name -> when it was written, its size and its inode, of all code around the path.
Stamp: TypeAlias = dict[str, tuple[int, int, int]]

ENDINGS: Final = (".py", ".ipynb")
MOST_FILES: Final = 2_000
LOOK_SECONDS: Final = 0.5  # where the system tells us nothing, as on some network disks
QUIET_SECONDS: Final = 0.1
MOST_PATIENCE: Final = 2.0  # some program may write without end


def moments(path: Path) -> Iterator[bool]:
    """Yield whether there is something to read: at once, then after every change.

    What changes while the caller is busy is noticed afterwards. Never ends.
    """
    last: Stamp | None = None
    for _ in _wakings(path):
        now = stamp(path)
        if now != last:
            last = _settled(path, now)
            yield path.exists()


def stamp(path: Path) -> Stamp:
    """Return what tells one state of the files from another, without reading them.

    A submission may import the files beside it, so these count too.
    """
    found: Stamp = {}
    for name in _names(path):
        try:
            status = os.stat(name)  # noqa: PTH116 (the files are strings)
        except OSError:  # it is just being replaced, or was listed and is gone
            continue
        found[name] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return found


def _names(path: Path) -> list[str]:
    if path.is_dir():
        inside = (each for each in path.rglob("*") if each.suffix in ENDINGS)
    else:
        inside = (each for each in path.parent.glob("*") if each.suffix in ENDINGS)
    return [str(path), *map(str, islice(inside, MOST_FILES))]


def _settled(path: Path, now: Stamp) -> Stamp:
    """Wait until nothing is written any more: an editor empties a file, then fills it.

    One that saves by renaming takes the old file away first.
    """
    end = time.monotonic() + MOST_PATIENCE
    while time.monotonic() < end:
        time.sleep(QUIET_SECONDS)
        last, now = now, stamp(path)
        if last == now and _is_filled(path, now):
            return now
    return now


def _is_filled(path: Path, now: Stamp) -> bool:
    """Whether the path is there and holds something; else more is likely to come."""
    status = now.get(str(path))
    return status is not None and (status[1] > 0 or path.is_dir())


def _wakings(path: Path) -> Iterator[None]:
    """Yield at once, whenever the system tells of a change, and now and then."""
    yield None
    if find_spec("watchfiles") is None:  # an extra; without it we look
        while True:
            time.sleep(LOOK_SECONDS)
            yield None
    from watchfiles import watch  # noqa: PLC0415 (it may be missing)

    for _ in watch(
        path if path.is_dir() else path.parent,
        recursive=path.is_dir(),
        debounce=100,
        rust_timeout=int(1000 * LOOK_SECONDS),
        yield_on_timeout=True,
    ):
        yield None
