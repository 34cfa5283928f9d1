import numpy as np


def conv_forward_naive(x, w, b, conv_param):
    s, p = conv_param["stride"], conv_param["pad"]
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    Ho, Wo = 1 + (H + 2 * p - HH) // s, 1 + (W + 2 * p - WW) // s
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    out = np.zeros((N, F, Ho, Wo)) + b.reshape(1, F, 1, 1)
    for u in range(HH):
        for v in range(WW):
            shifted = xp[:, :, u:u + s * Ho:s, v:v + s * Wo:s][:, :, :Ho, :Wo]
            out += np.einsum("nchw,fc->nfhw", shifted, w[:, :, u, v])
    return out, dict(xp=xp, w=w, s=s, p=p, shape=x.shape)


def conv_backward_naive(dout, cache):
    xp, w, s, p = cache["xp"], cache["w"], cache["s"], cache["p"]
    N, C, H, W = cache["shape"]
    Ho, Wo = dout.shape[2:]
    dxp, dw = np.zeros_like(xp), np.empty_like(w)
    for u in range(w.shape[2]):
        for v in range(w.shape[3]):
            rows = slice(u, u + s * (Ho - 1) + 1, s)
            cols = slice(v, v + s * (Wo - 1) + 1, s)
            dw[:, :, u, v] = np.einsum("nfhw,nchw->fc", dout, xp[:, :, rows, cols])
            dxp[:, :, rows, cols] += np.einsum("nfhw,fc->nchw", dout, w[:, :, u, v])
    return dxp[:, :, p:H + p, p:W + p], dw, dout.sum(axis=3).sum(axis=2).sum(axis=0)
