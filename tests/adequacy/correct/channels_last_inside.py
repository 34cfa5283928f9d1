import numpy as np


def conv_forward_naive(x, w, b, conv_param):
    stride, pad = conv_param["stride"], conv_param["pad"]
    a = np.pad(x.transpose(0, 2, 3, 1), ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    k = w.transpose(2, 3, 1, 0)  # HH, WW, C, F
    HH, WW = k.shape[:2]
    rows, cols = (a.shape[1] - HH) // stride + 1, (a.shape[2] - WW) // stride + 1
    out = np.empty((len(x), rows, cols, len(w)))
    for i in range(rows):
        for j in range(cols):
            out[:, i, j] = np.tensordot(a[:, i * stride:i * stride + HH, j * stride:j * stride + WW], k, 3) + b
    return out.transpose(0, 3, 1, 2), (a, k, stride, pad)


def conv_backward_naive(dout, cache):
    a, k, stride, pad = cache
    HH, WW = k.shape[:2]
    g = dout.transpose(0, 2, 3, 1)
    da, dk = np.zeros_like(a), np.zeros_like(k)
    for i in range(g.shape[1]):
        for j in range(g.shape[2]):
            window = np.s_[:, i * stride:i * stride + HH, j * stride:j * stride + WW]
            da[window] += np.tensordot(g[:, i, j], k, (1, 3))
            dk += np.tensordot(a[window], g[:, i, j], (0, 0))
    dx = da[:, pad:a.shape[1] - pad, pad:a.shape[2] - pad]
    return dx.transpose(0, 3, 1, 2), dk.transpose(3, 2, 0, 1), g.sum((0, 1, 2))
