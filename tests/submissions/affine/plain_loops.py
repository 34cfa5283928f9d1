import numpy as np


def affine_forward(x, w, b):
    N, (D, M) = x.shape[0], w.shape
    rows = x.reshape(N, D)
    out = np.zeros((N, M))
    for n in range(N):
        for m in range(M):
            total = b[m]
            for d in range(D):
                total += rows[n, d] * w[d, m]
            out[n, m] = total
    cache = (x, w, b)
    return out, cache


def affine_backward(dout, cache):
    x, w, b = cache
    rows = x.reshape(x.shape[0], -1)
    dx, dw, db = np.zeros(rows.shape), np.zeros(w.shape), np.zeros(b.shape)
    for n in range(dout.shape[0]):
        for m in range(dout.shape[1]):
            db[m] += dout[n, m]
            for d in range(w.shape[0]):
                dx[n, d] += w[d, m] * dout[n, m]
                dw[d, m] += rows[n, d] * dout[n, m]
    return dx.reshape(*x.shape), dw, db
