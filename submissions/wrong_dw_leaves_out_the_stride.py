import numpy as np


def conv_forward_naive(x, w, b, conv_param):
    out = None
    stride, pad = conv_param['stride'], conv_param['pad']
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    outH = 1 + (H + 2 * pad - HH) // stride
    outW = 1 + (W + 2 * pad - WW) // stride
    x_padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode='constant', constant_values=0)
    out = np.zeros((N, F, outH, outW))
    for n in range(N):
        for f in range(F):
            for h in range(outH):
                for q in range(outW):
                    out[n, f, h, q] = np.sum(
                        x_padded[n, :, h * stride:h * stride + HH, q * stride:q * stride + WW] * w[f]) + b[f]
    cache = (x, w, b, conv_param)
    return out, cache


def conv_backward_naive(dout, cache):
    dx, dw, db = None, None, None
    x, w, b, conv_param = cache
    stride, pad = conv_param['stride'], conv_param['pad']
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    N, F, outH, outW = dout.shape
    x_padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode='constant', constant_values=0)

    # db
    db = np.zeros_like(b)
    for f in range(F):
        db[f] = np.sum(dout[:, f, :, :])

    # dw
    dw = np.zeros_like(w)
    for n in range(N):
        for f in range(F):
            for h in range(outH):
                for q in range(outW):
                    dw[f] += dout[n, f, h, q] * x_padded[n, :, h:h + HH, q:q + WW]

    # dx
    dx_padded = np.zeros_like(x_padded)
    for n in range(N):
        for f in range(F):
            for h in range(outH):
                for q in range(outW):
                    dx_padded[n, :, h * stride:h * stride + HH, q * stride:q * stride + WW] += dout[n, f, h, q] * w[f]
    dx = dx_padded[:, :, pad:pad + H, pad:pad + W]
    return dx, dw, db
