import numpy as np


def conv_forward_naive(x, w, b, conv_param):
    stride, pad = conv_param["stride"], conv_param["pad"]
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    H_out = (H + 2 * pad - HH) // stride + 1
    W_out = (W + 2 * pad - WW) // stride + 1
    x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    cols = np.zeros((N, C, HH, WW, H_out, W_out))
    for u in range(HH):
        for v in range(WW):
            bottom = u + stride * (H_out - 1) + 1
            right = v + stride * (W_out - 1) + 1
            cols[:, :, u, v] = x_pad[:, :, u:bottom:stride, v:right:stride]
    matrix = cols.transpose(1, 2, 3, 0, 4, 5).reshape(C * HH * WW, -1)
    flat = w.reshape(F, -1).dot(matrix) + b.reshape(-1, 1)
    out = flat.reshape(F, N, H_out, W_out).transpose(1, 0, 2, 3)
    return out, (x, w, matrix, stride, pad)


def conv_backward_naive(dout, cache):
    x, w, matrix, stride, pad = cache
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    H_out, W_out = dout.shape[2:]
    flat = dout.transpose(1, 0, 2, 3).reshape(F, -1)
    db = flat.sum(axis=1)
    dw = flat.dot(matrix.T).reshape(w.shape)
    dmatrix = w.reshape(F, -1).T.dot(flat)
    dcols = dmatrix.reshape(C, HH, WW, N, H_out, W_out).transpose(3, 0, 1, 2, 4, 5)
    dx_pad = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    for u in range(HH):
        for v in range(WW):
            bottom = u + stride * (H_out - 1) + 1
            right = v + stride * (W_out - 1) + 1
            dx_pad[:, :, u:bottom:stride, v:right:stride] += dcols[:, :, u, v]
    dx = dx_pad[:, :, pad:pad + H, pad:pad + W]
    return dx, dw, db
