"""Prints for ever, from several threads."""
import os
import threading

from base import TARGET, attempt, backward as conv_backward_naive, forward


def flood():
    while True:
        os.write(1, bytes(1 << 16))


def exhaust():
    for _ in range(4):
        threading.Thread(target=flood, daemon=True).start()
    flood()


def conv_forward_naive(x, w, b, conv_param):
    exhaust()
    return forward(x, w, b, conv_param)
