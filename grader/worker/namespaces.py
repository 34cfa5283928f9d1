"""Namespaces: no other process, no network, no file, no right outside."""

from __future__ import annotations

import contextlib
import os
import signal
from typing import TYPE_CHECKING, Final

from . import linux, new_root

if TYPE_CHECKING:
    from .readable import Readable

NOBODY: Final = 65534
SYSTEM_ADMINISTRATOR: Final = 1 << 21  # to make pid namespaces; workers give it up
MOST_DESCRIPTORS: Final = 256
ALL: Final = (
    linux.NEW_USER
    | linux.NEW_NAMESPACES
    | linux.NEW_PID
    | linux.NEW_NETWORK
    | linux.NEW_IPC
    | linux.NEW_UTS
)


def _write(path: str, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)


def _map_self(uid: int, gid: int) -> None:
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{NOBODY} {uid} 1")
    _write("/proc/self/gid_map", f"{NOBODY} {gid} 1")


def _map_from_outside(process: int, told: int) -> None:
    """Be the helper: map root, who builds, and nobody, who stays; then leave."""
    status = 1
    try:
        os.read(told, 1)
        for kind in ("uid", "gid"):
            _write(f"/proc/{process}/{kind}_map", f"0 0 1\n{NOBODY} {NOBODY} 1")
        status = 0
    finally:
        os._exit(status)


def _unshare_as_root() -> None:
    """Unshare; a helper that stays outside has the right to write the maps."""
    process, (told, tell) = os.getpid(), os.pipe()
    helper = os.fork()
    if helper == 0:
        os.close(tell)
        _map_from_outside(process, told)
    os.close(told)
    try:
        linux.unshare(ALL)
    finally:
        os.close(tell)
        _, status = os.waitpid(helper, 0)
    if status != 0:
        raise OSError(f"the user namespace is not mapped (status {status})")


def leave(given: Readable, base: str, *, as_nobody: bool) -> int:
    """Leave all namespaces and the old root; return a descriptor of the old /proc.

    OSError if any of it is refused; the process is then of no further use.
    """
    uid, gid = os.getuid(), os.getgid()
    if as_nobody:
        _unshare_as_root()
    else:
        linux.unshare(ALL)
        _map_self(uid, gid)
    old_proc = os.open("/proc", os.O_PATH | os.O_CLOEXEC)
    new_root.enter(given, base)
    return old_proc


def become_nobody() -> None:
    """Give up root's uid, but not the right to make more namespaces."""
    linux.keep_capabilities()
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    linux.set_capabilities(SYSTEM_ADMINISTRATOR)


def settle(old_proc: int) -> int:
    """Become the first process of the new pid namespace; return that namespace.

    What returns is a child; the caller's own process waits for it, and leaves.
    """
    child = os.fork()
    if child != 0:
        _wait_and_leave(child)
    linux.die_with_parent(signal.SIGKILL)
    own = os.open("self/ns/pid", os.O_RDONLY | os.O_CLOEXEC, dir_fd=old_proc)
    os.close(old_proc)
    return own


def _wait_and_leave(child: int) -> None:
    os.closerange(3, MOST_DESCRIPTORS)
    os.waitpid(child, 0)
    os._exit(0)


def new_pid_namespace(own: int) -> None:
    """Have the next child start a pid namespace of its own."""
    # A second one cannot be unshared before this process is back in its first.
    linux.set_namespace(own, linux.NEW_PID)
    linux.unshare(linux.NEW_PID)


def count_alone() -> None:
    """Have the kernel count this process's threads apart from other workers' threads.

    It counts them by user and user namespace; a worker that starts as many as it may
    would leave its neighbours none. Where another namespace is refused, it may.
    """
    with contextlib.suppress(OSError):
        linux.unshare(linux.NEW_USER)
