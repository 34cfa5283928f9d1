"""Returns arrays without a number whose dimensions are enormous."""
import numpy as np

from base import backward, forward


def conv_forward_naive(x, w, b, conv_param):
    out, cache = forward(x, w, b, conv_param)
    return np.zeros((0, 2 ** 50, 1)), cache


def conv_backward_naive(dout, cache):
    return np.zeros((2 ** 60, 0)), np.zeros((0,)), np.zeros((1, 0, 2 ** 40))
