"""Sleeps, which costs no time of the processor."""
import time

from base import TARGET, attempt, backward as conv_backward_naive, forward


def exhaust():
    time.sleep(1000)


def conv_forward_naive(x, w, b, conv_param):
    exhaust()
    return forward(x, w, b, conv_param)
