import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def max_pool_forward_naive(x, pool_param):
    size = pool_param["pool_height"], pool_param["pool_width"]
    s = pool_param["stride"]
    windows = sliding_window_view(x, size, axis=(2, 3))[:, :, ::s, ::s]
    flat = windows.reshape(*windows.shape[:4], -1)
    return flat.max(-1), (x.shape, flat.argmax(-1), pool_param)


def max_pool_backward_naive(dout, cache):
    shape, argmax, pool_param = cache
    s = pool_param["stride"]
    dx = np.zeros(shape)
    n, c, i, j = np.indices(dout.shape)
    k, l = np.divmod(argmax, pool_param["pool_width"])
    np.add.at(dx, (n, c, i * s + k, j * s + l), dout)
    return dx
