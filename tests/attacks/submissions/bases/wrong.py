"""Right shapes and wrong numbers: 22 points, and whatever more an attack has gained."""

import numpy as np


def forward(x, w, b, conv_param):
    stride, pad = conv_param['stride'], conv_param['pad']
    Ho = 1 + (x.shape[2] + 2 * pad - w.shape[2]) // stride
    Wo = 1 + (x.shape[3] + 2 * pad - w.shape[3]) // stride
    out = np.full((x.shape[0], w.shape[0], Ho, Wo), np.sin(x).sum())
    return out, (x, w, b, conv_param)


def backward(dout, cache):
    x, w, b, conv_param = cache
    wrong = np.sin(dout).sum()
    return np.full_like(x, wrong), np.full_like(w, wrong), np.full_like(b, wrong)
