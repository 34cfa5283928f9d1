"""Sends an array with dimensions that are negative, or overflow."""
import os
import sys

from base import backward as conv_backward_naive, forward


def wire():
    """Find the descriptor that replies go to, and the nonce that they must bear."""
    frame = sys._getframe()
    while not {"sink", "head"} <= set(frame.f_locals):
        frame = frame.f_back
    return frame.f_locals["sink"], frame.f_locals["head"].nonce


def packer():
    return sys.modules["convgrade_worker.packing"].Packer()


def conv_forward_naive(x, w, b, conv_param):
    sink, nonce = wire()
    reply = packer()
    reply.u8(1)
    reply.text('tuple')
    reply.i64(2)
    reply.u32(1)
    reply.text('ndarray')
    reply.u8(2)
    reply.text('float64')
    reply.u8(2)
    reply.u8(3)
    for size in (2 ** 64 - 1, 2 ** 64 - 1, 2 ** 63):
        reply.u64(size)
    reply.arrays = 1
    os.write(sink, reply.frame(4, nonce))
    return forward(x, w, b, conv_param)
