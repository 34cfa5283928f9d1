"""Returns as many numbers as are taken, each time."""
import numpy as np

from base import backward, forward


def conv_forward_naive(x, w, b, conv_param):
    return forward(x, w, b, conv_param)


def conv_backward_naive(dout, cache):
    return (np.full(1 << 15, np.nan),) * 8
