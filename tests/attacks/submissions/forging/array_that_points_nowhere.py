"""Returns an array whose memory is not there."""
import ctypes

from base import backward as conv_backward_naive, forward


def conv_forward_naive(x, w, b, conv_param):
    out, cache = forward(x, w, b, conv_param)
    ctypes.c_void_p.from_address(id(out) + 16).value = 16
    return out, cache
