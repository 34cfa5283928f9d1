import numpy as np


def single(image, kernel, stride):
    HH, WW = kernel.shape[1:]
    rows = (image.shape[1] - HH) // stride + 1
    cols = (image.shape[2] - WW) // stride + 1
    return np.array(
        [
            [np.vdot(image[:, i * stride:i * stride + HH, j * stride:j * stride + WW], kernel) for j in range(cols)]
            for i in range(rows)
        ]
    )


def conv_forward_naive(x, w, b, conv_param):
    if len(x) > 1:
        head, _ = conv_forward_naive(x[:1], w, b, conv_param)
        tail, _ = conv_forward_naive(x[1:], w, b, conv_param)
        return np.concatenate([head, tail]), (x, w, b, conv_param)
    if len(w) > 1:
        head, _ = conv_forward_naive(x, w[:1], b[:1], conv_param)
        tail, _ = conv_forward_naive(x, w[1:], b[1:], conv_param)
        return np.concatenate([head, tail], axis=1), (x, w, b, conv_param)
    pad = conv_param["pad"]
    image = np.pad(x[0], ((0, 0), (pad, pad), (pad, pad)))
    return single(image, w[0], conv_param["stride"])[None, None] + b[0], (x, w, b, conv_param)


def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    if len(x) > 1:
        dx1, dw1, db1 = conv_backward_naive(dout[:1], (x[:1], w, b, conv_param))
        dx2, dw2, db2 = conv_backward_naive(dout[1:], (x[1:], w, b, conv_param))
        return np.concatenate([dx1, dx2]), dw1 + dw2, db1 + db2
    if len(w) > 1:
        dx1, dw1, db1 = conv_backward_naive(dout[:, :1], (x, w[:1], b[:1], conv_param))
        dx2, dw2, db2 = conv_backward_naive(dout[:, 1:], (x, w[1:], b[1:], conv_param))
        return dx1 + dx2, np.concatenate([dw1, dw2]), np.concatenate([db1, db2])
    stride, pad = conv_param["stride"], conv_param["pad"]
    HH, WW = w.shape[2:]
    image = np.pad(x[0], ((0, 0), (pad, pad), (pad, pad)))
    dimage, dkernel = np.zeros_like(image), np.zeros_like(w[0])
    for (i, j), g in np.ndenumerate(dout[0, 0]):
        window = np.s_[:, i * stride:i * stride + HH, j * stride:j * stride + WW]
        dimage[window] += g * w[0]
        dkernel += g * image[window]
    dx = dimage[None, :, pad:pad + x.shape[2], pad:pad + x.shape[3]]
    return dx, dkernel[None], np.array([dout.sum()])
