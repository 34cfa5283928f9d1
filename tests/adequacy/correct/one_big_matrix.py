import numpy as np

# A convolution is a matrix: build it once from the indices, then multiply.


def entries(C, H, W, HH, WW, stride, pad):
    """For each output pixel and each tap: which pixel of the flat image, or -1."""
    rows, cols = (H + 2 * pad - HH) // stride + 1, (W + 2 * pad - WW) // stride + 1
    table = -np.ones((rows * cols, C * HH * WW), dtype=int)
    for place in range(rows * cols):
        i, j = divmod(place, cols)
        for tap in range(C * HH * WW):
            c, rest = divmod(tap, HH * WW)
            u, v = divmod(rest, WW)
            y, z = i * stride + u - pad, j * stride + v - pad
            if 0 <= y < H and 0 <= z < W:
                table[place, tap] = (c * H + y) * W + z
    return table, rows, cols


def conv_forward_naive(x, w, b, conv_param):
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    table, rows, cols = entries(C, H, W, HH, WW, conv_param["stride"], conv_param["pad"])
    flat = np.append(x.reshape(N, -1), np.zeros((N, 1)), axis=1)  # -1 is the zero at the end
    out = flat[:, table] @ w.reshape(F, -1).T + b
    return out.transpose(0, 2, 1).reshape(N, F, rows, cols), (x, w, flat, table)


def conv_backward_naive(dout, cache):
    x, w, flat, table = cache
    N, F = dout.shape[:2]
    g = dout.reshape(N, F, -1)
    dw = np.einsum("nfp,npt->ft", g, flat[:, table]).reshape(w.shape)
    shares = np.einsum("nfp,ft->npt", g, w.reshape(F, -1))
    dx = np.zeros((N, flat.shape[1]))
    for n in range(N):
        dx[n] = np.bincount(np.where(table < 0, flat.shape[1] - 1, table).ravel(), shares[n].ravel(), flat.shape[1])
    return dx[:, :-1].reshape(x.shape), dw, g.sum((0, 2))
