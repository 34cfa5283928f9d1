"""No convolution at all: whatever it gains, an attack has gained it."""


def forward(x, w, b, conv_param):
    return 'nothing', (x, w, b, conv_param)


def backward(dout, cache):
    return 'nothing', 'at', 'all'
