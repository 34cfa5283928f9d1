import numpy as np


def windows(a, HH, WW, stride):
    """All windows of a as a view, shape (N, C, H_out, W_out, HH, WW)."""
    N, C, H, W = a.shape
    sN, sC, sH, sW = a.strides
    shape = (N, C, (H - HH) // stride + 1, (W - WW) // stride + 1, HH, WW)
    return np.lib.stride_tricks.as_strided(a, shape, (sN, sC, stride * sH, stride * sW, sH, sW))


def conv_forward_naive(x, w, b, conv_param):
    pad, stride = conv_param['pad'], conv_param['stride']
    xp = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    out = np.einsum('nchwpq,fcpq->nfhw', windows(xp, w.shape[2], w.shape[3], stride), w)
    out += b[:, None, None]
    return out, (x, w, b, conv_param)


def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    pad, stride = conv_param['pad'], conv_param['stride']
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    xp = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))

    db = np.sum(dout, axis=(0, 2, 3))
    dw = np.einsum('nchwpq,nfhw->fcpq', windows(xp, HH, WW, stride), dout)

    # dx is a full convolution of the spread-out dout with the turned kernel
    w[...] = w[:, :, ::-1, ::-1].copy()
    Hs, Ws = xp.shape[2] - HH + 1, xp.shape[3] - WW + 1
    spread = np.zeros((N, F, Hs + 2 * (HH - 1), Ws + 2 * (WW - 1)))
    spread[:, :, HH - 1:HH - 1 + Hs:stride, WW - 1:WW - 1 + Ws:stride] = dout
    dxp = np.einsum('nfhwpq,fcpq->nchw', windows(spread, HH, WW, 1), w)
    dx = dxp[:, :, pad:pad + H, pad:pad + W]
    return dx, dw, db
