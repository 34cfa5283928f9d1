"""Calls itself for ever with Python's own limit taken away."""
import sys

from base import backward, forward


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


def conv_backward_naive(dout, cache):
    # Pythons from 3.12 on know how deep their own stack is, and raise.
    exhaust()
    return backward(dout, cache)
