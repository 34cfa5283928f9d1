"""Calls itself for ever."""
from base import TARGET, attempt, backward as conv_backward_naive, forward


def exhaust():
    return exhaust()


def conv_forward_naive(x, w, b, conv_param):
    exhaust()
    return forward(x, w, b, conv_param)
