import numpy as np


class _Memory:
    pass


def max_pool_forward_naive(x, pool_param):
    N, C, H, W = x.shape
    h, w, s = (pool_param[k] for k in ("pool_height", "pool_width", "stride"))
    memory = _Memory()
    memory.x, memory.h, memory.w, memory.s = x, h, w, s
    if h == w == s and H % h == 0 and W % w == 0:
        out = x.reshape(N, C, H // h, h, W // w, w).max(axis=3).max(axis=4)
    else:
        rows = [
            [
                x[:, :, i : i + h, j : j + w].max(axis=3).max(axis=2)
                for j in range(0, W - w + 1, s)
            ]
            for i in range(0, H - h + 1, s)
        ]
        out = np.array(rows).transpose(2, 3, 0, 1)
    return out, memory


def max_pool_backward_naive(dout, memory):
    x, h, w, s = memory.x, memory.h, memory.w, memory.s
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(dout.shape):
        part = x[n, c, i * s : i * s + h, j * s : j * s + w]
        equal = part == part.max()
        dx[n, c, i * s : i * s + h, j * s : j * s + w] += (
            equal / equal.sum() * dout[n, c, i, j]
        )
    return dx
