import numpy as np


def correlate(x, w, stride):
    F, C, HH, WW = w.shape
    rows, cols = (x.shape[2] - HH) // stride + 1, (x.shape[3] - WW) // stride + 1
    out = np.zeros((len(x), F, rows, cols))
    for i in range(rows):
        for j in range(cols):
            out[:, :, i, j] = np.tensordot(
                x[:, :, i * stride:i * stride + HH, j * stride:j * stride + WW], w, ((1, 2, 3), (1, 2, 3))
            )
    return out


def conv_forward_naive(x, w, b, conv_param):
    p = conv_param["pad"]
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    return correlate(xp, w, conv_param["stride"]) + b.reshape(-1, 1, 1), (x, w, b, conv_param)


def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    s, p = conv_param["stride"], conv_param["pad"]
    HH, WW = w.shape[2:]
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    # zeros between the numbers of dout, and behind them where sizes do not divide
    dilated = np.zeros((*dout.shape[:2], xp.shape[2] - HH + 1, xp.shape[3] - WW + 1))
    dilated[:, :, :(dout.shape[2] - 1) * s + 1:s, :(dout.shape[3] - 1) * s + 1:s] = dout
    framed = np.pad(dilated, ((0, 0), (0, 0), (HH - 1, HH - 1), (WW - 1, WW - 1)))
    turned = np.rot90(w, 2, axes=(2, 3)).transpose(1, 0, 2, 3)
    dxp = correlate(framed, turned, 1)
    dw = correlate(xp.transpose(1, 0, 2, 3), dilated.transpose(1, 0, 2, 3), 1).transpose(1, 0, 2, 3)
    return dxp[:, :, p:p + x.shape[2], p:p + x.shape[3]], dw, dout.sum((0, 2, 3))
