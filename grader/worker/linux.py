"""The Linux calls that Python does not offer, as functions that raise OSError."""

from __future__ import annotations

import ctypes
import os
import struct
from typing import Final

NEW_NAMESPACES: Final = 0x00020000  # mount
NEW_UTS: Final = 0x04000000
NEW_IPC: Final = 0x08000000
NEW_USER: Final = 0x10000000
NEW_PID: Final = 0x20000000
NEW_NETWORK: Final = 0x40000000

READ_ONLY: Final = 0x1
NO_SUID: Final = 0x2
NO_DEVICES: Final = 0x4
NO_EXEC: Final = 0x8
REMOUNT: Final = 0x20
BIND: Final = 0x1000
RECURSIVE: Final = 0x4000
PRIVATE: Final = 0x40000
DETACH: Final = 0x2

READ_ANY_FILE: Final = 1 << 2  # a capability

_PARENT_DEATH_SIGNAL: Final = 1
_DUMPABLE: Final = 4
_KEEP_CAPABILITIES: Final = 8
_SECCOMP: Final = 22
_NO_NEW_PRIVILEGES: Final = 38
_SECCOMP_FILTER: Final = 2

_LANDLOCK_CREATE: Final = 444  # the same number on every architecture
_LANDLOCK_ADD: Final = 445
_LANDLOCK_RESTRICT: Final = 446
_LANDLOCK_VERSION: Final = 1
_PATH_BENEATH: Final = 1

_CAPABILITY_VERSION: Final = 0x20080522

_libc = ctypes.CDLL(None, use_errno=True)


def _call(name: str, *arguments: object) -> int:
    result = int(getattr(_libc, name)(*arguments))
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
    return result


def _word(number: int) -> ctypes.c_ulong:
    return ctypes.c_ulong(number)


def unshare(flags: int) -> None:
    """Leave namespaces for new ones."""
    _call("unshare", flags)


def set_namespace(descriptor: int, kind: int) -> None:
    """Enter a namespace, or have children start in it."""
    _call("setns", descriptor, kind)


def mount(source: str, target: str, *, kind: str = "", flags: int, data: str) -> None:
    """Mount a file system, or what is mounted already at another place."""
    words = (os.fsencode(word) for word in (source, target, kind))
    _call("mount", *words, _word(flags), os.fsencode(data))


def change_root(new: str, old: str) -> None:
    """Make one mount the root and put the old root elsewhere."""
    _call("pivot_root", os.fsencode(new), os.fsencode(old))


def unmount(target: str) -> None:
    """Take a mount away, at once or when nobody uses it any more."""
    _call("umount2", os.fsencode(target), DETACH)


def die_with_parent(signal: int) -> None:
    """Be sent this signal when the parent ends; forgotten when the uid changes."""
    _call("prctl", _PARENT_DEATH_SIGNAL, _word(signal), *(_word(0),) * 3)


def forbid_tracing() -> None:
    """Keep processes of the same user out of this one's memory and /proc files."""
    _call("prctl", _DUMPABLE, *(_word(0),) * 4)


def allow_tracing() -> None:
    """Let processes of the same user, such as debuggers, look into this one again."""
    _call("prctl", _DUMPABLE, _word(1), *(_word(0),) * 3)


def keep_capabilities() -> None:
    """Keep capabilities when the uid changes next."""
    _call("prctl", _KEEP_CAPABILITIES, _word(1), *(_word(0),) * 3)


def forbid_new_privileges() -> None:
    """Gain nothing by running another program, for ever."""
    _call("prctl", _NO_NEW_PRIVILEGES, _word(1), *(_word(0),) * 3)


def set_capabilities(capabilities: int) -> None:
    """Hold exactly these capabilities (bits), permitted and effective."""
    head = struct.pack("<Ii", _CAPABILITY_VERSION, 0)
    low, high = capabilities & 0xFFFFFFFF, capabilities >> 32
    _call("capset", head, struct.pack("<6I", low, low, 0, high, high, 0))


class _FilterProgram(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


class CallFilter:
    """A compiled filter of system calls, laid out as the kernel wants it."""

    def __init__(self, program: bytes) -> None:
        self._code = ctypes.create_string_buffer(program, len(program))
        start = ctypes.addressof(self._code)
        self._given = _FilterProgram(len(program) // 8, start)
        self.address = ctypes.cast(ctypes.byref(self._given), ctypes.c_void_p)


def filter_calls(by: CallFilter) -> None:
    """Have the kernel judge every system call by this filter from now on."""
    mode = _word(_SECCOMP_FILTER)
    _call("prctl", _SECCOMP, mode, by.address, *(_word(0),) * 2)


def landlock_version() -> int:
    """Return what Landlock can do here; OSError where there is none."""
    return _call("syscall", _LANDLOCK_CREATE, None, _word(0), _LANDLOCK_VERSION)


def landlock_rules(attributes: bytes) -> int:
    """Return the descriptor of a new, empty set of rules."""
    size = _word(len(attributes))
    return _call("syscall", _LANDLOCK_CREATE, attributes, size, 0)


def landlock_allow(rules: int, descriptor: int, access: int) -> None:
    """Allow this access to the open path and to everything beneath it."""
    rule = struct.pack("<Qi", access, descriptor)
    _call("syscall", _LANDLOCK_ADD, rules, _PATH_BENEATH, rule, 0)


def landlock_restrict(rules: int) -> None:
    """Be held to the rules from now on."""
    _call("syscall", _LANDLOCK_RESTRICT, rules, 0)
