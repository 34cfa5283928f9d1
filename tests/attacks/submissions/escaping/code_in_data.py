"""Makes calls with machine code in its own arrays, from an alternate stack, by number."""
import ctypes
import mmap

import numpy as np

from base import attempt, backward as conv_backward_naive, forward

# mov eax, NUMBER; mov edi, ARGUMENT; xor esi, esi; xor edx, edx; syscall; ret
CODE = b'\xb8%s\xbf%s\x31\xf6\x31\xd2\x0f\x05\xc3'
FORBIDDEN = {'fork': (57, 0), 'socket': (41, 1), 'unshare': (272, 0x10000000), 'ptrace': (101, 0), 'memfd_create': (319, 0), 'io_uring_setup': (425, 1), 'keyctl': (250, 0), 'bpf': (321, 0), 'userfaultfd': (323, 0), 'perf_event_open': (298, 0)}


def called(number, argument):
    code = CODE % (number.to_bytes(4, 'little'), argument.to_bytes(4, 'little'))
    room = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    room.write(code)
    start = ctypes.addressof(ctypes.c_char.from_buffer(room))
    KEPT.append(room)
    return ctypes.CFUNCTYPE(ctypes.c_long)(start)()


KEPT = []


def conv_forward_naive(x, w, b, conv_param):
    for name, given in FORBIDDEN.items():
        got = called(*given)
        attempt('makes the call', lambda: got not in (-1, -38) and (name, got))
    return forward(x, w, b, conv_param)
