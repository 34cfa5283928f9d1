"""Gives every out in the same array, which the next call changes."""
import numpy as np

from base import backward, forward


BUFFER = np.zeros(10 ** 6)


def conv_forward_naive(x, w, b, conv_param):
    out, cache = forward(x, w, b, conv_param)
    shared = BUFFER[:out.size].reshape(out.shape)
    shared[...] = out
    return shared, cache


def conv_backward_naive(dout, cache):
    return backward(dout, cache)
