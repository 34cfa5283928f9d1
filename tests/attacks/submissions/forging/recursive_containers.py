"""Returns lists and tuples that hold themselves."""
import numpy as np

from base import backward, forward


def conv_forward_naive(x, w, b, conv_param):
    endless = []
    endless.append(endless)
    holder = np.empty(1, dtype=object)
    holder[0] = (holder, endless)
    return endless, (*forward(x, w, b, conv_param)[1], holder)


def conv_backward_naive(dout, cache):
    endless = (cache,)
    return [endless, cache, [endless]]
