import numpy as np

big = np.longdouble


def conv_forward_naive(x, w, b, conv_param):
    s, p = conv_param["stride"], conv_param["pad"]
    (N, C, H, W), (F, _, HH, WW) = x.shape, w.shape
    xp = np.pad(x.astype(big), ((0, 0), (0, 0), (p, p), (p, p)))
    out = np.zeros((N, F, (H + 2 * p - HH) // s + 1, (W + 2 * p - WW) // s + 1), dtype=big)
    for n, f, i, j in np.ndindex(*out.shape):
        out[n, f, i, j] = (xp[n, :, i * s:i * s + HH, j * s:j * s + WW] * w[f].astype(big)).sum() + b[f]
    return out, (xp, w, b, s, p)


def conv_backward_naive(dout, cache):
    xp, w, b, s, p = cache
    HH, WW = w.shape[2:]
    dxp, dw, db = np.zeros_like(xp), np.zeros(w.shape, big), np.zeros(b.shape, big)
    for n, f, i, j in np.ndindex(*dout.shape):
        g = big(dout[n, f, i, j])
        db[f] += g
        dw[f] += g * xp[n, :, i * s:i * s + HH, j * s:j * s + WW]
        dxp[n, :, i * s:i * s + HH, j * s:j * s + WW] += g * w[f]
    return dxp[:, :, p:xp.shape[2] - p, p:xp.shape[3] - p], dw, db
