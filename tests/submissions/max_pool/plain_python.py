import numpy as np


def max_pool_forward_naive(x, pool_param):
    N, C, H, W = x.shape
    HH = int(pool_param.get("pool_height"))
    WW = int(pool_param.get("pool_width"))
    S = int(pool_param.get("stride"))
    out = np.full((N, C, (H - HH) // S + 1, (W - WW) // S + 1), -np.inf)
    where = {}
    for n in range(N):
        for c in range(C):
            for i, top in enumerate(range(0, H - HH + 1, S)):
                for j, left in enumerate(range(0, W - WW + 1, S)):
                    for row in range(top, top + HH):
                        for column in range(left, left + WW):
                            if x[n, c, row, column] > out[n, c, i, j]:
                                out[n, c, i, j] = x[n, c, row, column]
                                where[n, c, i, j] = (n, c, row, column)
    return [out, (x.shape, where)]


def max_pool_backward_naive(dout, cache):
    shape, where = cache
    dx = np.zeros(shape)
    for place, pixel in where.items():
        dx[pixel] += dout[place]
    return [dx]
