import numpy as np

# "Convolution" as in the maths lecture: the kernel is turned by 180 degrees.
# The gradients belong to this forward, so they are consistent with it.


def conv_forward_naive(x, w, b, conv_param):
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    stride, pad = conv_param['stride'], conv_param['pad']
    H_out = (H + 2 * pad - HH) // stride + 1
    W_out = (W + 2 * pad - WW) // stride + 1
    x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode='constant')
    kernel = w[:, :, ::-1, ::-1]
    out = np.zeros((N, F, H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            window = x_pad[:, None, :, i * stride:i * stride + HH, j * stride:j * stride + WW]
            out[:, :, i, j] = (window * kernel[None]).sum(axis=(2, 3, 4)) + b
    return out, (x_pad, x.shape, kernel, stride, pad)


def conv_backward_naive(dout, cache):
    x_pad, x_shape, kernel, stride, pad = cache
    N, C, H, W = x_shape
    F, C, HH, WW = kernel.shape
    _, _, H_out, W_out = dout.shape
    dx_pad = np.zeros_like(x_pad)
    dkernel = np.zeros_like(kernel)
    for i in range(H_out):
        for j in range(W_out):
            rows = slice(i * stride, i * stride + HH)
            cols = slice(j * stride, j * stride + WW)
            g = dout[:, :, i, j]
            dx_pad[:, :, rows, cols] += np.einsum('nf,fchw->nchw', g, kernel)
            dkernel += np.einsum('nf,nchw->fchw', g, x_pad[:, :, rows, cols])
    dw = dkernel[:, :, ::-1, ::-1]
    db = dout.sum(axis=(0, 2, 3))
    dx = dx_pad[:, :, pad:pad + H, pad:pad + W]
    return dx, dw, db
