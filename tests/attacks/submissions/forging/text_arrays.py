"""Returns the right numbers as texts."""
import numpy as np

from base import backward, forward


def conv_forward_naive(x, w, b, conv_param):
    out, cache = forward(x, w, b, conv_param)
    return out.astype('U20'), cache


def conv_backward_naive(dout, cache):
    return tuple(each.astype('S20') for each in backward(dout, cache))
