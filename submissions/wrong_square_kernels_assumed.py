import numpy as np


def conv_forward_naive(x, w, b, conv_param):
    """k x k filters"""
    N, C, H, W = x.shape
    F, C, k, k = w.shape
    stride, pad = conv_param['stride'], conv_param['pad']
    x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode='constant')
    H_out = (H + 2 * pad - k) // stride + 1
    W_out = (W + 2 * pad - k) // stride + 1
    out = np.zeros((N, F, H_out, W_out))
    for n in range(N):
        for i in range(H_out):
            for j in range(W_out):
                x_win = x_pad[n, :, i * stride:i * stride + k, j * stride:j * stride + k]
                for f in range(F):
                    out[n, f, i, j] = np.sum(x_win * w[f]) + b[f]
    return out, (x, w, b, conv_param)


def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    N, C, H, W = x.shape
    F, C, k, k = w.shape
    stride, pad = conv_param['stride'], conv_param['pad']
    x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode='constant')
    dx_pad = np.zeros_like(x_pad)
    dw = np.zeros_like(w)
    db = np.zeros_like(b)
    for n in range(N):
        for i in range(dout.shape[2]):
            for j in range(dout.shape[3]):
                x_win = x_pad[n, :, i * stride:i * stride + k, j * stride:j * stride + k]
                dx_win = dx_pad[n, :, i * stride:i * stride + k, j * stride:j * stride + k]
                for f in range(F):
                    dw[f] += x_win * dout[n, f, i, j]
                    dx_win += w[f] * dout[n, f, i, j]
                    db[f] += dout[n, f, i, j]
    dx = dx_pad[:, :, pad:pad + H, pad:pad + W]
    return dx, dw, db
