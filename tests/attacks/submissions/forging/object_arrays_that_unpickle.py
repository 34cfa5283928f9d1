"""Returns arrays of objects that run code where they are unpickled."""
import numpy as np

from base import backward, forward


import os

from base import TARGET


class Gift:
    def __reduce__(self):
        return os.mkdir, (os.path.join(TARGET['folder'], 'unpickled'),)


def wrapped(array):
    gifts = np.empty(array.shape, dtype=object)
    gifts[...] = Gift()
    return gifts


def conv_forward_naive(x, w, b, conv_param):
    out, cache = forward(x, w, b, conv_param)
    return wrapped(out), cache


def conv_backward_naive(dout, cache):
    return tuple(wrapped(each) for each in backward(dout, cache))
