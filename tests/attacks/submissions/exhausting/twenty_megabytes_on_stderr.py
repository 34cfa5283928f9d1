"""Prints 20 MB, and computes rightly."""
import os
import sys

from base import TARGET, attempt, backward as conv_backward_naive, forward


def exhaust():
    for _ in range(10):  # forward is called twice
        sys.stderr.write('\x1b[31m<b>x' * 100000)
    for _ in range(100):
        os.write(1, b'\xff\x00' * 1000)


def conv_forward_naive(x, w, b, conv_param):
    exhaust()
    return forward(x, w, b, conv_param)
