import numpy as np


def conv_forward_naive(x, w, b, conv_param):
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    s, p = conv_param['stride'], conv_param['pad']
    x_p = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    H_out = 1 + (H + 2 * p - HH) // s
    W_out = 1 + (H + 2 * p - HH) // s
    out = np.zeros((N, F, H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            field = x_p[:, :, i * s:i * s + HH, j * s:j * s + WW].reshape(N, -1)
            out[:, :, i, j] = field.dot(w.reshape(F, -1).T) + b
    return out, (x, w, b, conv_param)


def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    s, p = conv_param['stride'], conv_param['pad']
    x_p = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    dx_p = np.zeros_like(x_p)
    dw = np.zeros_like(w)
    db = dout.sum(axis=(0, 2, 3))
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            field = x_p[:, :, i * s:i * s + HH, j * s:j * s + WW]
            g = dout[:, :, i, j]
            dw += np.tensordot(g, field, axes=(0, 0))
            dx_p[:, :, i * s:i * s + HH, j * s:j * s + WW] += np.tensordot(g, w, axes=(1, 0))
    return dx_p[:, :, p:p + H, p:p + W], dw, db
