from dataclasses import dataclass

import numpy as np


@dataclass
class Cache:
    x_padded: np.ndarray
    weights: np.ndarray
    stride: int
    pad: int

    def window(self, i, j):
        HH, WW = self.weights.shape[2:]
        return (
            slice(None),
            slice(None),
            slice(i * self.stride, i * self.stride + HH),
            slice(j * self.stride, j * self.stride + WW),
        )


def conv_forward_naive(x, w, b, conv_param):
    pad = conv_param["pad"]
    cache = Cache(np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad))), w, conv_param["stride"], pad)
    rows = (cache.x_padded.shape[2] - w.shape[2]) // cache.stride + 1
    cols = (cache.x_padded.shape[3] - w.shape[3]) // cache.stride + 1
    out = np.zeros((len(x), len(w), rows, cols))
    for i in range(rows):
        for j in range(cols):
            out[:, :, i, j] = np.tensordot(cache.x_padded[cache.window(i, j)], w, ((1, 2, 3), (1, 2, 3)))
    out += b[None, :, None, None]
    return out, cache


def conv_backward_naive(dout, cache):
    grad, dw = np.zeros_like(cache.x_padded), np.zeros_like(cache.weights)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            part = dout[:, :, i, j]
            grad[cache.window(i, j)] += np.tensordot(part, cache.weights, (1, 0))
            dw += np.tensordot(part, cache.x_padded[cache.window(i, j)], (0, 0))
    end = [size - cache.pad for size in grad.shape[2:]]
    return grad[:, :, cache.pad:end[0], cache.pad:end[1]], dw, dout.sum((0, 2, 3))
