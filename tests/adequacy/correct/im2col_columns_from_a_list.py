import numpy as np


def _columns(x, HH, WW, stride, pad):
    N, C, H, W = x.shape
    xp = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), "constant")
    rows = (H + 2 * pad - HH) // stride + 1
    cols = (W + 2 * pad - WW) // stride + 1
    patches = []
    for n in range(N):
        for i in range(rows):
            for j in range(cols):
                patch = xp[n, :, i * stride:i * stride + HH, j * stride:j * stride + WW]
                patches.append(patch.ravel())
    return np.array(patches), rows, cols


def conv_forward_naive(x, w, b, conv_param):
    stride, pad = conv_param["stride"], conv_param["pad"]
    patches, rows, cols = _columns(x, w.shape[2], w.shape[3], stride, pad)
    flat = patches.dot(w.reshape(w.shape[0], -1).T) + b
    out = flat.reshape(x.shape[0], rows, cols, w.shape[0]).transpose(0, 3, 1, 2)
    return out, (x, w, patches, conv_param)


def conv_backward_naive(dout, cache):
    x, w, patches, conv_param = cache
    stride, pad = conv_param["stride"], conv_param["pad"]
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    _, _, rows, cols = dout.shape
    flat = dout.transpose(0, 2, 3, 1).reshape(-1, F)
    dw = flat.T.dot(patches).reshape(w.shape)
    dpatches = flat.dot(w.reshape(F, -1)).reshape(N, rows, cols, C, HH, WW)
    dxp = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    for i in range(rows):
        for j in range(cols):
            dxp[:, :, i * stride:i * stride + HH, j * stride:j * stride + WW] += dpatches[:, i, j]
    return dxp[:, :, pad:pad + H, pad:pad + W], dw, flat.sum(0)
