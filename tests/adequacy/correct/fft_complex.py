from numpy.fft import fft2, ifft2

import numpy as np


def conv_forward_naive(x, w, b, conv_param):
    s, p = conv_param["stride"], conv_param["pad"]
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    size = (xp.shape[2] + w.shape[2] - 1, xp.shape[3] + w.shape[3] - 1)
    spectrum = np.einsum("ncuv,fcuv->nfuv", fft2(xp, size), fft2(w[:, :, ::-1, ::-1], size))
    full = ifft2(spectrum).real
    valid = full[:, :, w.shape[2] - 1:xp.shape[2], w.shape[3] - 1:xp.shape[3]]
    return valid[:, :, ::s, ::s] + b[:, None, None], (xp, x.shape, w, s, p)


def conv_backward_naive(dout, cache):
    xp, shape, w, s, p = cache
    HH, WW = w.shape[2:]
    spread = np.zeros(dout.shape[:2] + (xp.shape[2] - HH + 1, xp.shape[3] - WW + 1))
    spread[:, :, ::s, ::s] = dout
    size = xp.shape[2:]
    D = fft2(spread, size)
    dxp = ifft2(np.einsum("nfuv,fcuv->ncuv", D, fft2(w, size))).real
    dw = ifft2(np.einsum("nfuv,ncuv->fcuv", D.conj(), fft2(xp, size))).real[:, :, :HH, :WW]
    return dxp[:, :, p:p + shape[2], p:p + shape[3]], dw, dout.sum((0, 2, 3))
