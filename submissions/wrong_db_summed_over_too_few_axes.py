import numpy as np


def conv_forward_naive(x, w, b, conv_param):
    stride = conv_param['stride']
    pad = conv_param['pad']
    (N, C, H, W) = x.shape
    (F, C, HH, WW) = w.shape
    n_H = int((H - HH + 2 * pad) / stride) + 1
    n_W = int((W - WW + 2 * pad) / stride) + 1
    Z = np.zeros((N, F, n_H, n_W))
    X_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), 'constant', constant_values=(0, 0))
    for i in range(N):
        x_pad = X_pad[i]
        for h in range(n_H):
            vert_start = h * stride
            vert_end = vert_start + HH
            for q in range(n_W):
                horiz_start = q * stride
                horiz_end = horiz_start + WW
                x_slice = x_pad[:, vert_start:vert_end, horiz_start:horiz_end]
                for c in range(F):
                    Z[i, c, h, q] = np.sum(x_slice * w[c]) + b[c]
    cache = (x, w, b, conv_param)
    return Z, cache


def conv_backward_naive(dout, cache):
    (x, w, b, conv_param) = cache
    stride = conv_param['stride']
    pad = conv_param['pad']
    (N, C, H, W) = x.shape
    (F, C, HH, WW) = w.shape
    (N, F, n_H, n_W) = dout.shape
    X_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), 'constant', constant_values=(0, 0))
    dX_pad = np.zeros(X_pad.shape)
    dW = np.zeros(w.shape)
    for i in range(N):
        for h in range(n_H):
            vert_start = h * stride
            vert_end = vert_start + HH
            for q in range(n_W):
                horiz_start = q * stride
                horiz_end = horiz_start + WW
                for c in range(F):
                    dX_pad[i, :, vert_start:vert_end, horiz_start:horiz_end] += w[c] * dout[i, c, h, q]
                    dW[c] += X_pad[i, :, vert_start:vert_end, horiz_start:horiz_end] * dout[i, c, h, q]
    db = np.sum(dout, axis=(0, 2))
    dX = dX_pad[:, :, pad:pad + H, pad:pad + W]
    return dX, dW, db
