"""Takes all memory while it is loaded."""
from base import backward as conv_backward_naive, forward

KEPT = [bytes(1 << 20) for _ in range(1 << 14)]


def conv_forward_naive(x, w, b, conv_param):
    return KEPT and forward(x, w, b, conv_param)
