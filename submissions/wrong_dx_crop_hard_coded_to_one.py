import numpy as np


def conv_forward_naive(x, w, b, conv_param):
    pad = conv_param['pad']
    stride = conv_param['stride']
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    xp = np.pad(x, [(0,), (0,), (pad,), (pad,)], mode='constant')
    out_h = (H + 2 * pad - HH) // stride + 1
    out_w = (W + 2 * pad - WW) // stride + 1
    out = np.zeros([N, F, out_h, out_w])
    for r in range(out_h):
        for c in range(out_w):
            patch = xp[:, :, r * stride:r * stride + HH, c * stride:c * stride + WW]
            for k in range(F):
                out[:, k, r, c] = np.sum(patch * w[k], axis=(1, 2, 3)) + b[k]
    return out, (x, w, b, conv_param)


def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    pad = conv_param['pad']
    stride = conv_param['stride']
    F, C, HH, WW = w.shape
    N, F, out_h, out_w = dout.shape
    xp = np.pad(x, [(0,), (0,), (pad,), (pad,)], mode='constant')
    dxp = np.zeros(xp.shape)
    dw = np.zeros(w.shape)
    db = np.sum(dout, axis=(0, 2, 3))
    for r in range(out_h):
        for c in range(out_w):
            patch = xp[:, :, r * stride:r * stride + HH, c * stride:c * stride + WW]
            for k in range(F):
                g = dout[:, k, r, c][:, None, None, None]
                dw[k] += np.sum(patch * g, axis=0)
                dxp[:, :, r * stride:r * stride + HH, c * stride:c * stride + WW] += g * w[k]
    dx = dxp[:, :, 1:-1, 1:-1]   # take the border of zeros off again
    return dx, dw, db
