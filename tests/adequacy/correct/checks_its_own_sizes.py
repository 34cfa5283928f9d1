import numpy as np


def out_shape(x, w, stride, pad):
    assert x.ndim == 4 and w.ndim == 4
    assert x.shape[1] == w.shape[1], "channels of x and w differ"
    assert x.shape[2] + 2 * pad >= w.shape[2] and x.shape[3] + 2 * pad >= w.shape[3]
    return (
        x.shape[0],
        w.shape[0],
        1 + (x.shape[2] + 2 * pad - w.shape[2]) // stride,
        1 + (x.shape[3] + 2 * pad - w.shape[3]) // stride,
    )


def conv_forward_naive(x: np.ndarray, w: np.ndarray, b: np.ndarray, conv_param: dict) -> tuple:
    stride = conv_param.get("stride", 1)
    pad = conv_param.get("pad", 0)
    out = np.zeros(out_shape(x, w, stride, pad), dtype=np.result_type(x, w, b))
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode="constant", constant_values=0)
    for (n, f, i, j), _ in np.ndenumerate(out):
        top, left = i * stride, j * stride
        field = padded[n][:, top:top + w.shape[2], left:left + w.shape[3]]
        assert field.shape == w[f].shape
        out[n, f, i, j] = np.dot(field.flatten(), w[f].flatten()) + b[f]
    return out, (x, w, b, conv_param)


def conv_backward_naive(dout: np.ndarray, cache: tuple) -> tuple:
    x, w, b, conv_param = cache
    stride, pad = conv_param.get("stride", 1), conv_param.get("pad", 0)
    assert dout.shape == out_shape(x, w, stride, pad)
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode="constant", constant_values=0)
    dpadded, dw, db = np.zeros_like(padded), np.zeros_like(w), np.zeros_like(b)
    for (n, f, i, j), g in np.ndenumerate(dout):
        top, left = i * stride, j * stride
        dw[f] += g * padded[n, :, top:top + w.shape[2], left:left + w.shape[3]]
        dpadded[n, :, top:top + w.shape[2], left:left + w.shape[3]] += g * w[f]
        db[f] += g
    dx = dpadded[:, :, pad:dpadded.shape[2] - pad, pad:dpadded.shape[3] - pad]
    assert dx.shape == x.shape and dw.shape == w.shape and db.shape == b.shape
    return dx, dw, db
