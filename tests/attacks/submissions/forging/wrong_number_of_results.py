"""Returns one result too many, and one too few."""
import numpy as np

from base import backward, forward


def conv_forward_naive(x, w, b, conv_param):
    return (*forward(x, w, b, conv_param), 'score: 100')


def conv_backward_naive(dout, cache):
    return cache
