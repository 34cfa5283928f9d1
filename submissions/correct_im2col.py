import numpy as np


def get_indices(x_shape, HH, WW, stride, pad):
    """Row, column and channel of every number in the big im2col matrix."""
    N, C, H, W = x_shape
    H_out = (H + 2 * pad - HH) // stride + 1
    W_out = (W + 2 * pad - WW) // stride + 1

    # inside of one window
    i0 = np.tile(np.repeat(np.arange(HH), WW), C)
    j0 = np.tile(np.arange(WW), HH * C)
    # where the windows start
    i1 = stride * np.repeat(np.arange(H_out), W_out)
    j1 = stride * np.tile(np.arange(W_out), H_out)

    i = i0.reshape(-1, 1) + i1.reshape(1, -1)
    j = j0.reshape(-1, 1) + j1.reshape(1, -1)
    c = np.repeat(np.arange(C), HH * WW).reshape(-1, 1)
    return c, i, j


def im2col(x, HH, WW, stride, pad):
    x_padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode='constant')
    c, i, j = get_indices(x.shape, HH, WW, stride, pad)
    cols = x_padded[:, c, i, j]            # (N, C*HH*WW, H_out*W_out)
    return cols


def col2im(cols, x_shape, HH, WW, stride, pad):
    N, C, H, W = x_shape
    x_padded = np.zeros((N, C, H + 2 * pad, W + 2 * pad), dtype=cols.dtype)
    c, i, j = get_indices(x_shape, HH, WW, stride, pad)
    np.add.at(x_padded, (slice(None), c, i, j), cols)   # windows overlap, so plain += loses some
    return x_padded[:, :, pad:H + pad, pad:W + pad]


def conv_forward_naive(x, w, b, conv_param):
    stride, pad = conv_param['stride'], conv_param['pad']
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    H_out = (H + 2 * pad - HH) // stride + 1
    W_out = (W + 2 * pad - WW) // stride + 1

    cols = im2col(x, HH, WW, stride, pad)
    out = w.reshape(F, -1) @ cols + b.reshape(-1, 1)
    out = out.reshape(N, F, H_out, W_out)

    return out, (x.shape, w, cols, conv_param)


def conv_backward_naive(dout, cache):
    x_shape, w, cols, conv_param = cache
    stride, pad = conv_param['stride'], conv_param['pad']
    F, C, HH, WW = w.shape
    N = dout.shape[0]

    dout_flat = dout.reshape(N, F, -1)
    db = dout.sum(axis=(0, 2, 3))
    dw = np.einsum('nfl,nkl->fk', dout_flat, cols).reshape(w.shape)
    dcols = w.reshape(F, -1).T @ dout_flat
    dx = col2im(dcols, x_shape, HH, WW, stride, pad)
    return dx, dw, db
