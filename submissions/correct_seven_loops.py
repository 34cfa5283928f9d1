import numpy as np


def conv_forward_naive(x, w, b, conv_param):
    """Convolution layer, forward pass, exactly as on the slide: seven loops."""
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    stride = conv_param['stride']
    pad = conv_param['pad']

    H_out = 1 + (H + 2 * pad - HH) // stride
    W_out = 1 + (W + 2 * pad - WW) // stride
    x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode='constant')

    out = np.zeros((N, F, H_out, W_out))
    for n in range(N):                     # image
        for f in range(F):                 # filter
            for i in range(H_out):         # output row
                for j in range(W_out):     # output column
                    total = 0.0
                    for c in range(C):
                        for p in range(HH):
                            for q in range(WW):
                                total += x_pad[n, c, i * stride + p, j * stride + q] * w[f, c, p, q]
                    out[n, f, i, j] = total + b[f]

    cache = (x, w, b, conv_param)
    return out, cache


def conv_backward_naive(dout, cache):
    """Convolution layer, backward pass: the same seven loops, run backwards."""
    x, w, b, conv_param = cache
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    stride = conv_param['stride']
    pad = conv_param['pad']
    N, F, H_out, W_out = dout.shape

    x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode='constant')
    dx_pad = np.zeros_like(x_pad)
    dw = np.zeros_like(w)
    db = np.zeros_like(b)

    for n in range(N):
        for f in range(F):
            for i in range(H_out):
                for j in range(W_out):
                    g = dout[n, f, i, j]
                    db[f] += g
                    for c in range(C):
                        for p in range(HH):
                            for q in range(WW):
                                dw[f, c, p, q] += g * x_pad[n, c, i * stride + p, j * stride + q]
                                dx_pad[n, c, i * stride + p, j * stride + q] += g * w[f, c, p, q]

    # not [pad:-pad], that is empty when pad is 0
    dx = dx_pad[:, :, pad:pad + H, pad:pad + W]
    return dx, dw, db
