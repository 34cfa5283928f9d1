import numpy as np


def indices(C, HH, WW, rows, cols, stride):
    k = np.repeat(np.arange(C), HH * WW)[:, None]
    i = np.tile(np.repeat(np.arange(HH), WW), C)[:, None] + stride * np.repeat(np.arange(rows), cols)
    j = np.tile(np.arange(WW), HH * C)[:, None] + stride * np.tile(np.arange(cols), rows)
    return k, i, j


def conv_forward_naive(x, w, b, conv_param):
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    stride, pad = conv_param["stride"], conv_param["pad"]
    rows, cols = (H + 2 * pad - HH) // stride + 1, (W + 2 * pad - WW) // stride + 1
    xp = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    k, i, j = indices(C, HH, WW, rows, cols, stride)
    matrix = xp[:, k, i, j].transpose(1, 2, 0).reshape(C * HH * WW, -1)
    out = (w.reshape(F, -1) @ matrix + b[:, None]).reshape(F, rows, cols, N)
    return out.transpose(3, 0, 1, 2), (x, w, b, conv_param, matrix)


def conv_backward_naive(dout, cache):
    x, w, b, conv_param, matrix = cache
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    stride, pad = conv_param["stride"], conv_param["pad"]
    rows, cols = dout.shape[2:]
    flat = dout.transpose(1, 2, 3, 0).reshape(F, -1)
    dw = (flat @ matrix.T).reshape(w.shape)
    dmatrix = (w.reshape(F, -1).T @ flat).reshape(C * HH * WW, -1, N).transpose(2, 0, 1)
    dxp = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    k, i, j = indices(C, HH, WW, rows, cols, stride)
    np.add.at(dxp, (slice(None), k, i, j), dmatrix)
    dx = dxp if pad == 0 else dxp[:, :, pad:-pad, pad:-pad]
    return dx, dw, dout.sum((0, 2, 3))
