import numpy as np


def conv_forward_naive(x, w, b, conv_param):
    s, p = conv_param["stride"], conv_param["pad"]
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    x_pad = np.zeros((N, C, H + 2 * p, W + 2 * p))
    x_pad[:, :, p:p + H, p:p + W] = x
    H_out = (H - HH + 2 * p) // s + 1
    W_out = (W - WW + 2 * p) // s + 1
    w_rows = w.reshape(F, C * HH * WW)
    out = np.zeros((N, F, H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            window = x_pad[:, :, i * s:i * s + HH, j * s:j * s + WW]
            out[:, :, i, j] = window.reshape(N, C * HH * WW).dot(w_rows.T)
    out = out + b.reshape(1, F, 1, 1)
    return out, (x, x_pad, w, s, p)


def conv_backward_naive(dout, cache):
    x, x_pad, w, s, p = cache
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    H_out, W_out = dout.shape[2], dout.shape[3]
    db = np.sum(dout, axis=(0, 2, 3))
    dw = np.zeros(w.shape)
    dx_pad = np.zeros(x_pad.shape)
    for i in range(H_out):
        for j in range(W_out):
            rows = slice(i * s, i * s + HH)
            cols = slice(j * s, j * s + WW)
            g = dout[:, :, i, j]
            dw += np.tensordot(g, x_pad[:, :, rows, cols], axes=(0, 0))
            dx_pad[:, :, rows, cols] += np.tensordot(g, w, axes=(1, 0))
    dx = dx_pad[:, :, p:-p, p:-p] if p > 0 else dx_pad
    return dx, dw, db
