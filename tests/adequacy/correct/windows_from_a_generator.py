import numpy as np


def windows(height, width, HH, WW, stride):
    i = 0
    while i * stride + HH <= height:
        j = 0
        while j * stride + WW <= width:
            yield i, j, slice(i * stride, i * stride + HH), slice(j * stride, j * stride + WW)
            j += 1
        i += 1


def conv_forward_naive(x, w, b, conv_param):
    pad, stride = conv_param["pad"], conv_param["stride"]
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    xp = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    values = {}
    for i, j, rows, cols in windows(H + 2 * pad, W + 2 * pad, HH, WW, stride):
        values[i, j] = xp[:, :, rows, cols].reshape(N, -1) @ w.reshape(F, -1).T + b
    last_i, last_j = max(values)
    out = np.stack(
        [np.stack([values[i, j] for j in range(last_j + 1)], axis=-1) for i in range(last_i + 1)], axis=-2
    )
    return out, (x, w, b, conv_param)


def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    pad, stride = conv_param["pad"], conv_param["stride"]
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    xp = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    dxp, dw = np.zeros_like(xp), np.zeros_like(w)
    for i, j, rows, cols in windows(H + 2 * pad, W + 2 * pad, HH, WW, stride):
        dxp[:, :, rows, cols] += (dout[:, :, i, j] @ w.reshape(F, -1)).reshape(N, C, HH, WW)
        dw += (dout[:, :, i, j].T @ xp[:, :, rows, cols].reshape(N, -1)).reshape(w.shape)
    return dxp[:, :, pad:pad + H, pad:pad + W], dw, dout.sum(axis=(0, 2, 3))
