"""Returns its results in a dict and in a set."""
import numpy as np

from base import backward, forward


def conv_forward_naive(x, w, b, conv_param):
    out, cache = forward(x, w, b, conv_param)
    return {'out': out, 'cache': cache}


def conv_backward_naive(dout, cache):
    return {'dx', 'dw', 'db'}
