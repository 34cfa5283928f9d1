import numpy as np


def conv_forward_naive(x, w, b, conv_param):
    conv_param = dict(conv_param)
    stride, pad = conv_param.pop("stride"), conv_param.pop("pad")
    x = np.pad(x.copy(), ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    x *= 2.0  # and back again: only the copy is touched
    x /= 2.0
    w = w.copy()
    F, C, HH, WW = w.shape
    out = np.empty((len(x), F, (x.shape[2] - HH) // stride + 1, (x.shape[3] - WW) // stride + 1))
    out.fill(np.nan)
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            np.matmul(
                x[:, :, i * stride:i * stride + HH, j * stride:j * stride + WW].reshape(len(x), -1),
                w.reshape(F, -1).T,
                out=(buffer := np.empty((len(x), F))),
            )
            out[:, :, i, j] = buffer
    out += b[:, None, None]
    return out, (x, w, stride, pad)


def conv_backward_naive(dout, cache):
    x, w, stride, pad = cache
    dout = np.array(dout)
    HH, WW = w.shape[2:]
    dx, dw = np.zeros(x.shape), np.zeros(w.shape)
    db = np.zeros(w.shape[0])
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            g = dout[:, :, i, j]
            db += g.sum(0)
            dx[:, :, i * stride:i * stride + HH, j * stride:j * stride + WW] += np.tensordot(g, w, 1)
            dw += np.tensordot(g.T, x[:, :, i * stride:i * stride + HH, j * stride:j * stride + WW], 1)
            dout[:, :, i, j] = 0
    assert not dout.any()
    return dx[:, :, pad:dx.shape[2] - pad, pad:dx.shape[3] - pad], dw, db
