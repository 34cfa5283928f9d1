"""Changes its inputs once it has what it needs of them."""
import numpy as np

from base import backward, forward


def conv_forward_naive(x, w, b, conv_param):
    out, _ = forward(x, w, b, conv_param)
    cache = (x.copy(), w.copy(), b.copy(), dict(conv_param))
    x[:] = 0
    w.resize((0,), refcheck=False)
    conv_param.clear()
    return out, cache


def conv_backward_naive(dout, cache):
    gradients = backward(dout.copy(), cache)
    dout.setflags(write=False)
    return gradients
