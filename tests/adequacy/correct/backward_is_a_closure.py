import numpy as np


def conv_forward_naive(x, w, b, conv_param):
    s, p = conv_param["stride"], conv_param["pad"]
    HH, WW = w.shape[2], w.shape[3]
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))

    def at(i, j):
        return np.index_exp[:, :, i * s:i * s + HH, j * s:j * s + WW]

    rows, cols = (xp.shape[2] - HH) // s + 1, (xp.shape[3] - WW) // s + 1
    out = np.zeros((x.shape[0], w.shape[0], rows, cols))
    for i, j in np.ndindex(rows, cols):
        out[:, :, i, j] = np.einsum("nabc,fabc->nf", xp[at(i, j)], w) + b

    def backward(dout):
        dxp = np.zeros_like(xp)
        dw = 0
        for i, j in np.ndindex(rows, cols):
            dxp[at(i, j)] += np.einsum("nf,fabc->nabc", dout[:, :, i, j], w)
            dw = dw + np.einsum("nf,nabc->fabc", dout[:, :, i, j], xp[at(i, j)])
        return dxp[:, :, p:p + x.shape[2], p:p + x.shape[3]], dw, dout.sum((0, 2, 3))

    return out, backward


def conv_backward_naive(dout, cache):
    return cache(dout)
