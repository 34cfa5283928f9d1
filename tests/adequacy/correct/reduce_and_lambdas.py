from functools import reduce
from itertools import product

import numpy as np

pad_with = lambda x, p: np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
size = lambda n, k, s, p: (n + 2 * p - k) // s + 1


def conv_forward_naive(x, w, b, conv_param):
    s, p = conv_param["stride"], conv_param["pad"]
    xp = pad_with(x, p)
    Ho, Wo = (size(n, k, s, p) for n, k in zip(x.shape[2:], w.shape[2:]))
    tap = lambda u, v: xp[:, None, :, u:u + s * (Ho - 1) + 1:s, v:v + s * (Wo - 1) + 1:s] * w[None, :, :, u, v, None, None]
    taps = (tap(u, v).sum(2) for u, v in product(*map(range, w.shape[2:])))
    return reduce(np.add, taps, b[None, :, None, None]), (x, w, s, p)


def conv_backward_naive(dout, cache):
    x, w, s, p = cache
    xp = pad_with(x, p)
    Ho, Wo = dout.shape[2:]
    at = lambda u, v: np.s_[:, :, u:u + s * (Ho - 1) + 1:s, v:v + s * (Wo - 1) + 1:s]

    def with_tap(total, uv):
        total = total.copy()
        total[at(*uv)] += np.tensordot(dout, w[:, :, uv[0], uv[1]], (1, 0)).transpose(0, 3, 1, 2)
        return total

    taps = list(product(*map(range, w.shape[2:])))
    dxp = reduce(with_tap, taps, np.zeros_like(xp))
    dw = np.stack([np.tensordot(dout, xp[at(u, v)], ((0, 2, 3), (0, 2, 3))) for u, v in taps], -1)
    return dxp[:, :, p:p + x.shape[2], p:p + x.shape[3]], dw.reshape(w.shape), dout.sum((0, 2, 3))
