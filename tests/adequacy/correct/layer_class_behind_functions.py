import numpy as np


class Conv:
    def __init__(self, w, b, stride=1, pad=0):
        self.w, self.b = w, b
        self.stride, self.pad = stride, pad

    def _places(self, shape):
        for i in range(shape[2]):
            for j in range(shape[3]):
                a, c = i * self.stride, j * self.stride
                yield i, j, np.s_[:, :, a:a + self.w.shape[2], c:c + self.w.shape[3]]

    def forward(self, x):
        pad = self.pad
        self.padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
        size = [(n - k) // self.stride + 1 for n, k in zip(self.padded.shape[2:], self.w.shape[2:])]
        out = np.zeros((len(x), len(self.w), *size))
        for i, j, place in self._places(out.shape):
            out[:, :, i, j] = (self.padded[place][:, None] * self.w).sum((2, 3, 4)) + self.b
        return out

    def backward(self, dout):
        self.db = dout.sum((0, 2, 3))
        self.dw = np.zeros_like(self.w)
        grad = np.zeros_like(self.padded)
        for i, j, place in self._places(dout.shape):
            g = dout[:, :, i, j][:, :, None, None, None]
            self.dw += (g * self.padded[place][:, None]).sum(0)
            grad[place] += (g * self.w).sum(1)
        pad = self.pad
        return grad[:, :, pad:grad.shape[2] - pad, pad:grad.shape[3] - pad]


def conv_forward_naive(x, w, b, conv_param):
    layer = Conv(w, b, **conv_param)
    return layer.forward(x), layer


def conv_backward_naive(dout, layer):
    dx = layer.backward(dout)
    return dx, layer.dw, layer.db
