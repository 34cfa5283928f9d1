import numpy as np


def conv_forward_naive(x, w, b, conv_param):
    s, p = conv_param["stride"], conv_param["pad"]
    [N, C, H, W], [F, _, HH, WW] = x.shape, w.shape
    xp = np.pad(x, [[0, 0], [0, 0], [p, p], [p, p]])
    out = [
        [
            [
                [
                    float((xp[n, :, i:i + HH, j:j + WW] * w[f]).sum() + b[f])
                    for j in range(0, W + 2 * p - WW + 1, s)
                ]
                for i in range(0, H + 2 * p - HH + 1, s)
            ]
            for f in range(F)
        ]
        for n in range(N)
    ]
    return [np.array(out), [x, w, b, conv_param]]


def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    s, p = conv_param["stride"], conv_param["pad"]
    [N, C, H, W], [F, _, HH, WW] = x.shape, w.shape
    xp = np.pad(x, [[0, 0], [0, 0], [p, p], [p, p]])
    dxp, dw = np.zeros_like(xp), np.zeros_like(w)
    for i, j in [(i, j) for i in range(dout.shape[2]) for j in range(dout.shape[3])]:
        g = dout[:, :, i, j]
        rows, cols = slice(i * s, i * s + HH), slice(j * s, j * s + WW)
        dw = dw + np.einsum("nf,nchw->fchw", g, xp[:, :, rows, cols])
        dxp[:, :, rows, cols] = dxp[:, :, rows, cols] + np.einsum("nf,fchw->nchw", g, w)
    return [dxp[:, :, p:p + H, p:p + W], dw, np.array([d.sum() for d in dout.swapaxes(0, 1)])]
