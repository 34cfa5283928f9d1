import numpy as np


def affine_forward(x, w, b):
    axes = tuple(range(1, x.ndim))
    weights = w.reshape(*x.shape[1:], -1)
    out = np.tensordot(x, weights, axes=(axes, tuple(range(x.ndim - 1)))) + b
    return out, (x, weights)


def affine_backward(dout, cache):
    x, weights = cache
    dx = np.tensordot(dout, weights, axes=(1, weights.ndim - 1))
    dw = np.tensordot(x, dout, axes=(0, 0)).reshape(-1, dout.shape[1])
    return dx, dw, dout.sum(0)
