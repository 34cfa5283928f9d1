import numpy as np
from numpy.lib.stride_tricks import as_strided


def patches(a, HH, WW, s):
    n, c, h, w = a.strides
    shape = (*a.shape[:2], (a.shape[2] - HH) // s + 1, (a.shape[3] - WW) // s + 1, HH, WW)
    return as_strided(a, shape=shape, strides=(n, c, h * s, w * s, h, w))


def conv_forward_naive(x, w, b, conv_param):
    p, s = conv_param["pad"], conv_param["stride"]
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    out = np.tensordot(patches(padded, *w.shape[2:], s), w, axes=([1, 4, 5], [1, 2, 3]))
    return np.moveaxis(out, 3, 1) + b[:, None, None], (padded, w, p, s)


def conv_backward_naive(dout, cache):
    padded, w, p, s = cache
    dw = np.tensordot(dout, patches(padded, *w.shape[2:], s), axes=([0, 2, 3], [0, 2, 3]))
    dpadded = np.zeros_like(padded)
    # The view's windows overlap in memory: add one tap at a time.
    target = patches(dpadded, *w.shape[2:], s)
    for p_, q_ in np.ndindex(w.shape[2:]):
        target[..., p_, q_] += np.tensordot(dout, w[:, :, p_, q_], axes=(1, 0)).transpose(0, 3, 1, 2)
    H, W = padded.shape[2] - 2 * p, padded.shape[3] - 2 * p
    return dpadded[:, :, p:p + H, p:p + W], dw, np.einsum("nfij->f", dout)
