import numpy as np

# Convolution theorem: a correlation is a product with the conjugate spectrum.
# I only use sizes big enough that nothing wraps around.


def correlate(a, k):
    """Slide k over the last two axes of a (only where it fits), stride 1."""
    Ha, Wa = a.shape[-2:]
    Hk, Wk = k.shape[-2:]
    A = np.fft.rfft2(a, s=(Ha, Wa))
    K = np.fft.rfft2(k, s=(Ha, Wa))
    full = np.fft.irfft2(A * np.conj(K), s=(Ha, Wa))
    return full[..., :Ha - Hk + 1, :Wa - Wk + 1]


def convolve_full(a, k):
    """Full convolution (flipped kernel) over the last two axes."""
    size = (a.shape[-2] + k.shape[-2] - 1, a.shape[-1] + k.shape[-1] - 1)
    return np.fft.irfft2(np.fft.rfft2(a, s=size) * np.fft.rfft2(k, s=size), s=size)


def conv_forward_naive(x, w, b, conv_param):
    stride, pad = conv_param['stride'], conv_param['pad']
    xp = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    # (N, 1, C, ...) with (1, F, C, ...), then sum over the channels
    out = correlate(xp[:, None], w[None]).sum(axis=2)
    out = out[:, :, ::stride, ::stride] + b[None, :, None, None]
    return out, (x, w, b, conv_param)


def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    stride, pad = conv_param['stride'], conv_param['pad']
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    xp = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))

    # put stride - 1 zeros between the numbers of dout: then it is a stride-1 layer
    H1, W1 = xp.shape[2] - HH + 1, xp.shape[3] - WW + 1
    d = np.zeros((N, F, H1, W1))
    d[:, :, ::stride, ::stride] = dout

    db = dout.sum(axis=(0, 2, 3))
    dw = correlate(xp[:, None], d[:, :, None]).sum(axis=0)
    dxp = convolve_full(d[:, :, None], w[None]).sum(axis=1)
    dx = dxp[:, :, pad:pad + H, pad:pad + W]
    return dx, dw, db
