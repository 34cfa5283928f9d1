import numpy as np


def conv_forward_naive(x, w, b, conv_param):
    s, p = conv_param["stride"], conv_param["pad"]
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    xp = np.pad(x.astype(np.float32), ((0, 0), (0, 0), (p, p), (p, p)))
    wf = w.astype(np.float32).reshape(F, -1)
    out = np.zeros((N, F, 1 + (H + 2 * p - HH) // s, 1 + (W + 2 * p - WW) // s), dtype=np.float32)
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            out[:, :, i, j] = xp[:, :, i * s:i * s + HH, j * s:j * s + WW].reshape(N, -1) @ wf.T
    return out + b.astype(np.float32)[:, None, None], (xp, x.shape, w, s, p)


def conv_backward_naive(dout, cache):
    xp, (N, C, H, W), w, s, p = cache
    F, _, HH, WW = w.shape
    dout = dout.astype(np.float32)
    wf = w.astype(np.float32).reshape(F, -1)
    dxp, dwf = np.zeros_like(xp), np.zeros_like(wf)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            rows, cols = slice(i * s, i * s + HH), slice(j * s, j * s + WW)
            dwf += dout[:, :, i, j].T @ xp[:, :, rows, cols].reshape(N, -1)
            dxp[:, :, rows, cols] += (dout[:, :, i, j] @ wf).reshape(N, C, HH, WW)
    return dxp[:, :, p:p + H, p:p + W], dwf.reshape(w.shape), dout.sum((0, 2, 3))
