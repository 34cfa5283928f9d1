"""Right programs in the styles of second-year students."""

from __future__ import annotations

from typing import Final

FOUR_LOOPS: Final = '''\
import numpy as np

def conv_forward_naive(x, w, b, conv_param):
    """A naive implementation of the forward pass for a convolutional layer."""
    pad = conv_param['pad']
    stride = conv_param['stride']
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    H_out = 1 + (H + 2 * pad - HH) // stride
    W_out = 1 + (W + 2 * pad - WW) // stride
    out = np.zeros((N, F, H_out, W_out))
    x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode='constant')
    for n in range(N):
        for f in range(F):
            for i in range(H_out):
                for j in range(W_out):
                    window = x_pad[n, :, i*stride:i*stride+HH, j*stride:j*stride+WW]
                    out[n, f, i, j] = np.sum(window * w[f]) + b[f]
    cache = (x, w, b, conv_param)
    return out, cache

def conv_backward_naive(dout, cache):
    """A naive implementation of the backward pass for a convolutional layer."""
    x, w, b, conv_param = cache
    pad = conv_param['pad']
    stride = conv_param['stride']
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    N, F, H_out, W_out = dout.shape
    x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode='constant')
    dx_pad = np.zeros_like(x_pad)
    dw = np.zeros_like(w)
    db = np.zeros_like(b)
    for n in range(N):
        for f in range(F):
            for i in range(H_out):
                for j in range(W_out):
                    g = dout[n, f, i, j]
                    r, c = i*stride, j*stride
                    db[f] += g
                    dw[f] += g * x_pad[n, :, r:r+HH, c:c+WW]
                    dx_pad[n, :, r:r+HH, c:c+WW] += g * w[f]
    dx = dx_pad[:, :, pad:pad+H, pad:pad+W]
    return dx, dw, db
'''

# Its cache is its own, and not the documented one.
SEVEN_LOOPS: Final = """\
from numpy import zeros, zeros_like

def conv_forward_naive(x, w, b, conv_param):
    s = conv_param["stride"]
    p = conv_param["pad"]
    (num, chan, height, width) = x.shape
    (filt, _, kh, kw) = w.shape
    oh = int((height + 2*p - kh) / s) + 1
    ow = int((width + 2*p - kw) / s) + 1
    padded = zeros((num, chan, height + 2*p, width + 2*p))
    padded[:, :, p:p+height, p:p+width] = x
    result = zeros((num, filt, oh, ow))
    for n in range(num):
        for f in range(filt):
            for r in range(oh):
                for c in range(ow):
                    total = 0.0
                    for k in range(chan):
                        for u in range(kh):
                            for v in range(kw):
                                total += padded[n, k, r*s+u, c*s+v] * w[f, k, u, v]
                    result[n, f, r, c] = total + b[f]
    return result, (padded, w, b, s, p)

def conv_backward_naive(dout, cache):
    padded, w, b, s, p = cache
    (num, chan, ph, pw) = padded.shape
    (filt, _, kh, kw) = w.shape
    (_, _, oh, ow) = dout.shape
    dpadded = zeros_like(padded)
    dw = zeros_like(w)
    db = zeros_like(b)
    for n in range(num):
        for f in range(filt):
            for r in range(oh):
                for c in range(ow):
                    d = dout[n, f, r, c]
                    db[f] += d
                    for k in range(chan):
                        for u in range(kh):
                            for v in range(kw):
                                dw[f, k, u, v] += d * padded[n, k, r*s+u, c*s+v]
                                dpadded[n, k, r*s+u, c*s+v] += d * w[f, k, u, v]
    dx = dpadded[:, :, p:ph-p, p:pw-p]
    return dx, dw, db
"""

# It walks the padded image, and its cache holds that one.
WHILE_LOOPS: Final = """\
import numpy as np

def pad_with_zeros(x, pad):
    N, C, H, W = x.shape
    big = np.zeros((N, C, H + 2*pad, W + 2*pad))
    big[:, :, pad:H+pad, pad:W+pad] = x
    return big

def conv_forward_naive(x, w, b, conv_param):
    stride, pad = conv_param['stride'], conv_param['pad']
    x_p = pad_with_zeros(x, pad)
    N, C, H, W = x_p.shape
    F, _, HH, WW = w.shape
    rows = []
    top = 0
    while top + HH <= H:
        row = []
        left = 0
        while left + WW <= W:
            piece = x_p[:, :, top:top+HH, left:left+WW].reshape(N, -1)
            row.append(piece.dot(w.reshape(F, -1).T) + b)
            left += stride
        rows.append(row)
        top += stride
    out = np.array(rows)                # (H', W', N, F)
    out = out.transpose(2, 3, 0, 1)
    return out, (x_p, w, b, conv_param)

def conv_backward_naive(dout, cache):
    x_p, w, b, conv_param = cache
    stride, pad = conv_param['stride'], conv_param['pad']
    N, C, H, W = x_p.shape
    F, _, HH, WW = w.shape
    dx_p, dw, db = np.zeros(x_p.shape), np.zeros(w.shape), np.zeros(b.shape)
    r = 0
    for top in range(0, H - HH + 1, stride):
        c = 0
        for left in range(0, W - WW + 1, stride):
            piece = x_p[:, :, top:top+HH, left:left+WW].reshape(N, -1)
            d = dout[:, :, r, c]
            dw += d.T.dot(piece).reshape(w.shape)
            db += d.sum(axis=0)
            back = d.dot(w.reshape(F, -1)).reshape(N, C, HH, WW)
            dx_p[:, :, top:top+HH, left:left+WW] += back
            c += 1
        r += 1
    dx = dx_p[:, :, pad:H-pad, pad:W-pad]
    return dx, dw, db
"""

# One product for each place in the kernel; backward is a convolution of its own.
BY_TAPS: Final = """\
import numpy as np

def conv_forward_naive(x, w, b, conv_param):
    s, p = conv_param['stride'], conv_param['pad']
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    Ho, Wo = (H + 2*p - HH)//s + 1, (W + 2*p - WW)//s + 1
    xp = np.pad(x, ((0,0),(0,0),(p,p),(p,p)), 'constant', constant_values=0)
    out = np.zeros((N, F, Ho, Wo))
    for hh in range(HH):
        for ww in range(WW):
            part = xp[:, :, hh:hh+s*Ho:s, ww:ww+s*Wo:s]
            out += np.einsum('nchw,fc->nfhw', part, w[:, :, hh, ww])
    out += b.reshape(1, F, 1, 1)
    return out, (x, w, b, conv_param)

def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    s, p = conv_param['stride'], conv_param['pad']
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    N, F, Ho, Wo = dout.shape
    Hp, Wp = H + 2*p, W + 2*p
    xp = np.pad(x, ((0,0),(0,0),(p,p),(p,p)), 'constant', constant_values=0)
    # dilate dout by the stride, then a full convolution with the flipped kernel
    big = np.zeros((N, F, Hp - HH + 1, Wp - WW + 1))
    big[:, :, ::s, ::s] = dout
    dw = np.zeros(w.shape)
    for i in range(HH):
        for j in range(WW):
            part = xp[:, :, i:i+Hp-HH+1, j:j+Wp-WW+1]
            dw[:, :, i, j] = np.einsum('nfhw,nchw->fc', big, part)
    full = np.pad(big, ((0,0),(0,0),(HH-1,HH-1),(WW-1,WW-1)))
    wf = w[:, :, ::-1, ::-1]
    dxp = np.zeros(xp.shape)
    for i in range(Hp):
        for j in range(Wp):
            seen = full[:, :, i:i+HH, j:j+WW]
            dxp[:, :, i, j] = np.einsum('nfhw,fchw->nc', seen, wf)
    dx = dxp[:, :, p:p+H, p:p+W]
    db = dout.sum(axis=0).sum(axis=1).sum(axis=1)
    return dx, dw, db
"""

STYLES: Final = (FOUR_LOOPS, SEVEN_LOOPS, WHILE_LOOPS, BY_TAPS)
