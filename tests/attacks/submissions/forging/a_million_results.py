"""Returns a million results."""
import numpy as np

from base import backward, forward


def conv_forward_naive(x, w, b, conv_param):
    return forward(x, w, b, conv_param) * 500000


def conv_backward_naive(dout, cache):
    return [each for each in cache] * 250000
