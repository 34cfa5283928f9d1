"""Returns things whose types have names that nobody can bear."""
import numpy as np

from base import backward, forward


class Meta(type):
    __name__ = property(lambda self: 1 / 0)
    __module__ = property(lambda self: 1 / 0)
    __repr__ = lambda self: 1 / 0


Named = Meta('\x1b[2J<script>alert(1)</script>\n::error::' * 10 ** 5, (), {})


def conv_forward_naive(x, w, b, conv_param):
    return Named(), Named()


def conv_backward_naive(dout, cache):
    return Named(), Named(), Named()
