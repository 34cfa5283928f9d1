"""Layers in other conventions, as text: deeplearning.ai's, and an object with state."""

from __future__ import annotations

from typing import Final

from programs import RIGHT, changed

DEEPLEARNING_AI: Final = """\
import numpy as np
import matplotlib.pyplot as plt
from test_utils import *

def zero_pad(X, pad):
    return np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)), 'constant')

def conv_single_step(a_slice_prev, W, b):
    return np.sum(a_slice_prev * W) + float(np.squeeze(b))

def conv_forward(A_prev, W, b, hparameters):
    (m, n_H_prev, n_W_prev, n_C_prev) = A_prev.shape
    (f, g, n_C_prev, n_C) = W.shape
    stride, pad = hparameters['stride'], hparameters['pad']
    n_H = int((n_H_prev - f + 2 * pad) / stride) + 1
    n_W = int((n_W_prev - g + 2 * pad) / stride) + 1
    Z = np.zeros((m, n_H, n_W, n_C))
    A_prev_pad = zero_pad(A_prev, pad)
    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                for c in range(n_C):
                    a = A_prev_pad[i, h*stride:h*stride+f, w*stride:w*stride+g, :]
                    Z[i, h, w, c] = conv_single_step(a, W[..., c], b[..., c])
    return Z, (A_prev, W, b, hparameters)

def conv_backward(dZ, cache):
    (A_prev, W, b, hparameters) = cache
    (f, g, n_C_prev, n_C) = W.shape
    stride, pad = hparameters['stride'], hparameters['pad']
    (m, n_H, n_W, n_C) = dZ.shape
    dW, db = np.zeros(W.shape), np.zeros((1, 1, 1, n_C))
    A_prev_pad = zero_pad(A_prev, pad)
    dA = np.zeros(A_prev_pad.shape)
    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                for c in range(n_C):
                    rows = slice(h*stride, h*stride+f)
                    cols = slice(w*stride, w*stride+g)
                    dA[i, rows, cols, :] += W[:, :, :, c] * dZ[i, h, w, c]
                    dW[:, :, :, c] += A_prev_pad[i, rows, cols, :] * dZ[i, h, w, c]
                    db[:, :, :, c] += dZ[i, h, w, c]
    H, Wd = A_prev.shape[1:3]
    return dA[:, pad:pad+H, pad:pad+Wd, :], dW, db

A = conv_forward(np.random.randn(2, 5, 7, 4), 1, 2, {})
"""
STATEFUL: Final = (
    RIGHT
    + """
class Convolution:
    def __init__(self, W, b, stride=1, pad=0):
        self.W, self.b, self.stride, self.pad = W, b, stride, pad
        self.dW = self.db = None

    def forward(self, x):
        options = {'stride': self.stride, 'pad': self.pad}
        out, self.cache = conv_forward_naive(x, self.W, self.b, options)
        return out

    def backward(self, dout):
        dx, self.dW, self.db = conv_backward_naive(dout, self.cache)
        return dx
"""
)
SIZES: Final = changed(
    "def __init__(self, W, b, stride=1, pad=0):\n"
    "        self.W, self.b, self.stride, self.pad = W, b, stride, pad\n",
    "def __init__(self, in_channels, out_channels, kernel_size, *, stride, padding):\n"
    "        self.W = np.zeros((out_channels, in_channels, kernel_size, kernel_size))\n"
    "        self.b, self.stride, self.pad = np.zeros(out_channels), stride, padding\n",
    source=STATEFUL,
)
