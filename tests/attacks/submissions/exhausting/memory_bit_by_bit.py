"""Takes memory until there is no more, and goes on."""
from base import TARGET, attempt, backward as conv_backward_naive, forward

KEPT = []


def exhaust():
    while True:
        try:
            KEPT.append(bytes(1 << 20))
        except MemoryError:
            KEPT.append(object())


def conv_forward_naive(x, w, b, conv_param):
    exhaust()
    return forward(x, w, b, conv_param)
