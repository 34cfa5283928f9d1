import numpy as np


def conv_forward_naive(x, w, b, conv_param):
    N, _, H, W = x.shape
    F, _, HH, WW = w.shape
    pad, stride = conv_param["pad"], conv_param["stride"]
    xp = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    tops = range(0, H + 2 * pad - HH + 1, stride)
    lefts = range(0, W + 2 * pad - WW + 1, stride)
    out = np.empty((N, F, len(tops), len(lefts)))
    for i, top in enumerate(tops):
        for j, left in enumerate(lefts):
            for f in range(F):
                window = xp[:, :, top:top + HH, left:left + WW]
                out[:, f, i, j] = np.multiply(window, w[f]).sum((1, 2, 3)) + b[f]
    return out, (xp, w, tops, lefts, pad)


def conv_backward_naive(dout, cache):
    xp, w, tops, lefts, pad = cache
    HH, WW = w.shape[2:]
    dxp, dw = np.zeros_like(xp), np.zeros_like(w)
    for i, top in enumerate(tops):
        for j, left in enumerate(lefts):
            for f in range(len(w)):
                g = dout[:, f, i, j].reshape(-1, 1, 1, 1)
                dw[f] += (g * xp[:, :, top:top + HH, left:left + WW]).sum(0)
                dxp[:, :, top:top + HH, left:left + WW] += g * w[f]
    H, W = xp.shape[2] - 2 * pad, xp.shape[3] - 2 * pad
    return dxp[:, :, pad:pad + H, pad:pad + W], dw, np.sum(dout, (0, 2, 3))
