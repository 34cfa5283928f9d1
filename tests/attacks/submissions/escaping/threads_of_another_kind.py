"""Asks for threads with namespaces, files and parents of their own."""
import ctypes
import errno

from base import attempt, backward as conv_backward_naive, forward

# CLONE_VM, CLONE_SIGHAND and CLONE_THREAD, which the filter lets pass.
THREAD = 0x100 | 0x800 | 0x10000
KINDS = {'mount': 0x20000, 'cgroup': 0x2000000, 'uts': 0x4000000, 'ipc': 0x8000000, 'user': 0x10000000, 'pid': 0x20000000, 'net': 0x40000000}


def conv_forward_naive(x, w, b, conv_param):
    libc = ctypes.CDLL(None, use_errno=True)
    for name, kind in KINDS.items():
        ctypes.set_errno(0)
        # x86-64's clone; without CLONE_VM no thread is made, so that none of these runs.
        got = libc.syscall(56, ctypes.c_long(THREAD | kind), *(ctypes.c_long(0),) * 4)
        attempt('makes the thread', lambda: got != -1 and (name, got))
        got = libc.syscall(56, ctypes.c_long(0x10000 | kind), *(ctypes.c_long(0),) * 4)
        attempt('makes the process', lambda: got != -1 and (name, got))
    return forward(x, w, b, conv_param)
