"""Leaves a structure so deep that nobody can take it apart."""
from base import TARGET, attempt, backward as conv_backward_naive, forward


def exhaust():
    global DEEP
    DEEP = []
    for _ in range(10 ** 6):
        DEEP = [DEEP]
    DEEP = None


def conv_forward_naive(x, w, b, conv_param):
    exhaust()
    return forward(x, w, b, conv_param)
