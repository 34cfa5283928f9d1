"""Asks for 8 GB."""
import numpy as np

from base import TARGET, attempt, backward as conv_backward_naive, forward


def exhaust():
    np.ones(10 ** 9)


def conv_forward_naive(x, w, b, conv_param):
    exhaust()
    return forward(x, w, b, conv_param)
