import numpy as np


def _windows(x, pool_param):
    HH, WW = pool_param["pool_height"], pool_param["pool_width"]
    s = pool_param["stride"]
    for i in range((x.shape[2] - HH) // s + 1):
        for j in range((x.shape[3] - WW) // s + 1):
            yield i, j, np.s_[:, :, i * s : i * s + HH, j * s : j * s + WW]


def max_pool_forward_naive(x, pool_param):
    places = list(_windows(x, pool_param))
    out = np.empty(x.shape[:2] + (places[-1][0] + 1, places[-1][1] + 1))
    for i, j, window in places:
        out[:, :, i, j] = x[window].max(axis=(2, 3))
    return out, (x, out.copy(), pool_param)


def max_pool_backward_naive(dout, cache):
    x, out, pool_param = cache
    dx = np.zeros(x.shape)
    for i, j, window in _windows(x, pool_param):
        mask = x[window] == out[:, :, i, j][:, :, None, None]
        dx[window] += mask * dout[:, :, i, j][:, :, None, None]
    return (dx,)
