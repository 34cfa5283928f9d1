"""Calls itself for ever with Python's own limit taken away."""
import sys

from base import TARGET, attempt, backward as conv_backward_naive, forward


class Deep:
    def __getattr__(self, name):
        return getattr(self, name + 'x')

    def __repr__(self):
        return repr([self])


def exhaust():
    sys.setrecursionlimit(2 ** 31 - 1)
    return repr(Deep())


def conv_forward_naive(x, w, b, conv_param):
    exhaust()
    return forward(x, w, b, conv_param)
