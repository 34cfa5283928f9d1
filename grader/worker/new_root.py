"""A root folder with Python's library and NumPy in it, and nothing else at all."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Final

from . import linux
from .readable import DEVICES

if TYPE_CHECKING:
    from .readable import Readable

SIZE: Final = "size=1m,mode=755"
_LOCKED: Final = (
    (os.ST_NOSUID, linux.NO_SUID),
    (os.ST_NODEV, linux.NO_DEVICES),
    (os.ST_NOEXEC, linux.NO_EXEC),
    (os.ST_NOATIME, 0x400),
    (os.ST_NODIRATIME, 0x800),
    (os.ST_RELATIME, 0x200000),
)


def _bind(source: str, target: str, *, read_only: bool = True) -> None:
    linux.mount(source, target, flags=linux.BIND | linux.RECURSIVE, data="")
    if not read_only:
        return
    # In a user namespace what the mount forbids already cannot be left out.
    state = os.statvfs(target).f_flag
    kept = sum(flag for bit, flag in _LOCKED if state & bit)
    flags = linux.REMOUNT | linux.BIND | linux.READ_ONLY | kept
    linux.mount("", target, flags=flags, data="")


def _empty_folder(target: str, *, options: str = SIZE, flags: int = 0) -> None:
    linux.mount("tmpfs", target, kind="tmpfs", flags=flags, data=options)


def _place(path: str, base: str) -> str:
    """Make a place in the new root for what is at this path in the old one."""
    target = base + path
    if os.path.isdir(path):
        os.makedirs(target, exist_ok=True)
        return target
    os.makedirs(os.path.dirname(target), exist_ok=True)
    os.close(os.open(target, os.O_CREAT | os.O_CLOEXEC, 0o444))
    return target


def _furnish(given: Readable, base: str) -> None:
    outermost = [
        path
        for path in given.library
        if not any(path.startswith(other + os.sep) for other in given.library)
    ]
    for path in outermost:
        _bind(path, _place(path, base))
    for path in given.hidden:
        # NumPy itself may lie in it, and gets its place there.
        _empty_folder(base + path)
    for path in given.numpy:
        _bind(path, _place(path, base))
    for path in DEVICES:
        with contextlib.suppress(OSError):  # a container without them
            _bind(path, _place(path, base), read_only=False)
    for path in given.hidden:
        flags = linux.REMOUNT | linux.READ_ONLY
        _empty_folder(base + path, flags=flags)


def enter(given: Readable, base: str) -> None:
    """Leave the old root for a new one that is built on the empty folder `base`.

    Needs a mount namespace of its own. What is open stays open; nothing of the old
    root can be named any more.
    """
    linux.mount("", "/", flags=linux.RECURSIVE | linux.PRIVATE, data="")
    _empty_folder(base)
    _furnish(given, base)
    os.chdir(base)
    linux.change_root(".", ".")
    linux.unmount(".")
    os.chdir("/")
    flags = linux.REMOUNT | linux.READ_ONLY | linux.NO_SUID | linux.NO_DEVICES
    linux.mount("", "/", flags=flags, data=SIZE)
