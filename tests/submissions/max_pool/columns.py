import numpy as np


def _columns(x, h, w, s):
    N, C, H, W = x.shape
    rows, cols = (H - h) // s + 1, (W - w) // s + 1
    top = s * np.repeat(np.arange(rows), cols)
    left = s * np.tile(np.arange(cols), rows)
    r = np.repeat(np.arange(h), w)[:, None] + top
    c = np.tile(np.arange(w), h)[:, None] + left
    return r, c, rows, cols


def max_pool_forward_naive(x, pool_param):
    h, w = pool_param["pool_height"], pool_param["pool_width"]
    r, c, rows, cols = _columns(x, h, w, pool_param["stride"])
    patches = x.reshape(-1, *x.shape[2:])[:, r, c].astype(np.float32)
    best = patches.argmax(axis=1)
    out = np.take_along_axis(patches, best[:, None], axis=1)
    return out.reshape(*x.shape[:2], rows, cols), (x.shape, r, c, best)


def max_pool_backward_naive(dout, cache):
    shape, r, c, best = cache
    flat = dout.reshape(shape[0] * shape[1], -1)
    dx = np.zeros((len(flat), shape[2], shape[3]))
    window = np.arange(flat.shape[1])
    for image, (places, values) in enumerate(zip(best, flat)):
        np.add.at(dx[image], (r[places, window], c[places, window]), values)
    return dx.reshape(shape)
