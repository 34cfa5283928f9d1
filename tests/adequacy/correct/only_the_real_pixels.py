import numpy as np

# No padded copy at all: the window is cut to the image, and so is the kernel.


def overlap(start, kernel, size):
    first, last = max(start, 0), min(start + kernel, size)
    return slice(first, max(first, last)), slice(first - start, max(first, last) - start)


def conv_forward_naive(x, w, b, conv_param):
    stride, pad = conv_param["stride"], conv_param["pad"]
    N, _, H, W = x.shape
    F, _, HH, WW = w.shape
    out = np.zeros((N, F, (H + 2 * pad - HH) // stride + 1, (W + 2 * pad - WW) // stride + 1))
    for i in range(out.shape[2]):
        rows, high = overlap(i * stride - pad, HH, H)
        for j in range(out.shape[3]):
            cols, wide = overlap(j * stride - pad, WW, W)
            out[:, :, i, j] = np.einsum("nchw,fchw->nf", x[:, :, rows, cols], w[:, :, high, wide]) + b
    return out, (x, w, stride, pad)


def conv_backward_naive(dout, cache):
    x, w, stride, pad = cache
    dx, dw = np.zeros_like(x), np.zeros_like(w)
    for i in range(dout.shape[2]):
        rows, high = overlap(i * stride - pad, w.shape[2], x.shape[2])
        for j in range(dout.shape[3]):
            cols, wide = overlap(j * stride - pad, w.shape[3], x.shape[3])
            dx[:, :, rows, cols] += np.einsum("nf,fchw->nchw", dout[:, :, i, j], w[:, :, high, wide])
            dw[:, :, high, wide] += np.einsum("nf,nchw->fchw", dout[:, :, i, j], x[:, :, rows, cols])
    return dx, dw, dout.sum((0, 2, 3))
