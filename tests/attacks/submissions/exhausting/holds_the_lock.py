"""Computes one number for ever, while nothing else in Python runs."""
from base import TARGET, attempt, backward as conv_backward_naive, forward


def exhaust():
    return 7 ** 10 ** 8


def conv_forward_naive(x, w, b, conv_param):
    exhaust()
    return forward(x, w, b, conv_param)
