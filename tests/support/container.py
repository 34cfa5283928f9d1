"""Run a command with as few rights as it has in a container: `python container.py ...`.

No namespaces, no mounts, and nobody's uid where the caller is root: what Docker's
default filter leaves to a process, and less. The command inherits it all.
"""

from __future__ import annotations

import errno
import os
import sys
from typing import Final

import pyseccomp as seccomp

NOBODY: Final = 65534
NEW: Final = {
    "user": 0x10000000,
    "pid": 0x20000000,
    "net": 0x40000000,
    "mount": 0x00020000,
    "ipc": 0x08000000,
    "uts": 0x04000000,
}
DENIED: Final = ("unshare", "setns", "mount", "umount2", "pivot_root", "chroot")


def give_up_rights() -> None:
    """Deny what a container denies, for this process and all that it starts."""
    refused = seccomp.SyscallFilter(seccomp.ALLOW)
    for name in DENIED:
        refused.add_rule(seccomp.ERRNO(errno.EPERM), name)
    for flag in NEW.values():
        asked = seccomp.Arg(0, seccomp.MASKED_EQ, flag, flag)
        refused.add_rule(seccomp.ERRNO(errno.EPERM), "clone", asked)
    # Its flags lie in memory, where a filter cannot look; libc falls back to clone.
    refused.add_rule(seccomp.ERRNO(errno.ENOSYS), "clone3")
    refused.load()


def main() -> None:
    """Give up rights, then become the command."""
    if os.environ.pop("CONTAINER_NOBODY", ""):
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    give_up_rights()
    os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606 (that is the point)


if __name__ == "__main__":
    main()
