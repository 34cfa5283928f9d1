"""Makes the calls that are allowed, with arguments that are not."""
import ctypes
import errno
import os

from base import TARGET, attempt, backward as conv_backward_naive, forward

# Name, number on x86-64, arguments.
CALLS = (
    ('clone without a thread', 56, (17, 0, 0, 0, 0)),
    ('clone with namespaces', 56, (0x7e020000 | 17, 0, 0, 0, 0)),
    ('prlimit64 of the parent', 302, (TARGET['parent'], 7, 0, 0)),
    ('prlimit64 of one', 302, (1, 7, 0, 0)),
    ('ioctl TIOCSTI', 16, (0, 0x5412, 0)),
    ('ioctl TIOCLINUX', 16, (0, 0x541C, 0)),
    ('ioctl FIOASYNC', 16, (1, 0x5452, 0)),
    ('ioctl FIOSETOWN', 16, (1, 0x8901, 0)),
    ('ioctl SIOCGIFCONF', 16, (1, 0x8912, 0)),
    ('ioctl high bits', 16, (0, 0x1_0000_5412, 0)),
    ('fcntl F_SETOWN', 72, (1, 8, TARGET['parent'])),
    ('fcntl F_SETSIG', 72, (1, 10, 9)),
    ('fcntl F_SETLK', 72, (0, 6, 0)),
    ('fcntl F_NOTIFY', 72, (0, 1026, 0)),
    ('fcntl F_SETPIPE_SZ', 72, (1, 1031, 1 << 20)),
    ('fcntl F_ADD_SEALS', 72, (0, 1033, 1)),
    ('fcntl F_SETLEASE', 72, (0, 1024, 1)),
    ('openat to create', 257, (-100, b'/dev/convgrade-left\0', 0o100 | 2, 0o666)),
    ('openat to truncate', 257, (-100, b'/dev/null\0', 0o1000 | 0, 0)),
    ('openat without a name', 257, (-100, b'/dev\0', 0o20200000 | 2, 0o666)),
)


def escape():
    libc = ctypes.CDLL(None, use_errno=True)
    for name, number, given in CALLS:
        ctypes.set_errno(0)
        arguments = [ctypes.c_char_p(a) if isinstance(a, bytes) else ctypes.c_long(a) for a in given]
        result = libc.syscall(number, *arguments)
        refused = result == -1 and ctypes.get_errno() in (errno.EPERM, errno.ENOSYS, errno.EACCES, errno.EISDIR, errno.EROFS)
        if result == 0 and number == 56:
            os._exit(0)
        attempt('makes the call', lambda: not refused and (name, result, ctypes.get_errno()))


def conv_forward_naive(x, w, b, conv_param):
    escape()
    return forward(x, w, b, conv_param)
